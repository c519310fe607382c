/** The version of the program, written in by the build; a run from source says so. */

declare const DUE_VERSION: string | undefined;

export const VERSION: string = typeof DUE_VERSION === "string" ? DUE_VERSION : "0.0.0-source";

/**
 * Another one wherever what is owed, shown or woken may be counted otherwise: a digest of these
 * sources, written in by the build. Undefined in a run from source.
 */
declare const DUE_COUNTS: string | undefined;

export const COUNTS: string | undefined = typeof DUE_COUNTS === "string" ? DUE_COUNTS : undefined;
