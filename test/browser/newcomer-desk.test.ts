/** All 25 steps of the acceptance script at a desk, in one installation. */

import { describe } from "vitest";
import { DESKTOP } from "./browser.ts";
import { walk } from "./newcomer/walk.ts";

describe("a newcomer at a desk", () => walk("desk", DESKTOP));
