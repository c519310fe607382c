/** Duty words: what is owed and to whom; the tape has the same. */

export { owedName } from "../../../core/tape/name.ts";
