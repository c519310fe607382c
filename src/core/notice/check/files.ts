/**
 * Files: what is attached and should not leave as it is.
 *
 * Looked at is what a file is called and what was found in its head when it was attached;
 * what stands inside is for whoever reads it back. All of it warns: a person may know better.
 */

import { endingOf, typeOf } from "../attachment.ts";
import type { Checked, NoticeFinding } from "./finding.ts";

/** What can run where it is opened; mail servers throw away most of these unseen. */
const RUNS = new Set(
  ".ade .app .apk .application .bat .chm .cmd .com .cpl .dll .dmg .docm .dotm .exe .hta .htm .html .img .iso .jar .js .jse .lnk .mht .mhtml .msc .msi .msp .one .pif .pptm .ps1 .py .reg .scr .sh .svg .svgz .vb .vbe .vbs .vhd .vhdx .wsf .wsh .xhtml .xlam .xll .xlsm .xltm .xml .xsl".split(
    " ",
  ),
);

/** Codes: `file-executable`, `file-author`, `file-placed`, `file-packed`. */
export function* fileChecks({ files = [] }: Checked): Iterable<NoticeFinding> {
  for (const { id, name, made = [], placed } of files) {
    const at = `/files/${id}`;
    const ending = endingOf(name);
    if (RUNS.has(ending)) {
      const message = `“${name}” is of a kind that can run (${ending}): many mail servers drop the whole mail. Send it as PDF or as plain text.`;
      yield { code: "file-executable", level: "warn", message, at, words: name };
    }
    if (made.length > 0) {
      const message = `“${name}” says who made it: ${made.map((one) => `“${one}”`).join(", ")}. Take that out, unless they may read it.`;
      yield { code: "file-author", level: "warn", message, at, words: name };
    }
    if (placed) {
      const message = `“${name}” is a picture that says where it was taken: save it without that.`;
      yield { code: "file-placed", level: "warn", message, at, words: name };
    }
    if (typeOf(name) === "application/zip") {
      const message = `Nobody looked into “${name}”: say what is in it to whoever reads this back.`;
      yield { code: "file-packed", level: "warn", message, at, words: name };
    }
  }
}
