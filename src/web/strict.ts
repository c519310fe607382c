/**
 * Strict: schemas are checked without compiling code, because the page's content
 * security policy forbids that, as it should. First of all imports, so that no
 * schema has tried before.
 */

import { config } from "zod";

config({ jitless: true });
