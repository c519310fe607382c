/** The version of the program, written in by the build; a run from source says so. */

declare const DUE_VERSION: string | undefined;

export const VERSION: string = typeof DUE_VERSION === "string" ? DUE_VERSION : "0.0.0-source";
