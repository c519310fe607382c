/**
 * Strict: schemas are checked without compiling code, because the page's content
 * security policy forbids that, as it should. Imported before any schema, so that
 * none has tried before.
 */

import { config } from "zod";

config({ jitless: true });
