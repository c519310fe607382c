/** All 25 steps of the acceptance script on a telephone, in one installation. */

import { describe } from "vitest";
import { PHONE } from "./browser.ts";
import { walk } from "./newcomer/walk.ts";

describe("a newcomer on a telephone", () => walk("telephone", PHONE));
