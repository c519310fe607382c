/**
 * What the entries of an export must keep among themselves, one after the other.
 *
 * Ids are unique; a subject's versions count up by one; every disclosed value fits
 * its commitment; every missing one has an erasure entry after it on the same
 * subject, or the file's scope says that values are withheld. A clock that stepped
 * back is a note: clocks do. The tree, the checkpoints and the signatures are not
 * looked at here (verify.ts).
 *
 * Memory grows with the number of entries and of values not shown, and with nothing
 * else; no string is built for an entry that withholds nothing.
 */

import type { Found } from "./canonical.ts";
import type { EntryLine, Shown } from "./entry-line.ts";
import { ERASED, parseErasure } from "./erasure.ts";
import type { Scope } from "./export.ts";
import { FieldCheck } from "./field-check.ts";
import type { Findings } from "./findings.ts";
import { ascii, scanLiteral, unescapeInto } from "./json-string.ts";
import type { FieldCounts } from "./report.ts";
import { roster } from "./roster.ts";
import { ENTRY_BYTES_MAX, ID_LETTERS, scanEntry, unseen } from "./scan.ts";
import type { Sha256 } from "./sha256.ts";
import { parseUtf8 } from "./utf8.ts";

/** Where an entry stands in the file. */
export type Place = { readonly seq: number; readonly line: number };

/** What the file's header says, as far as it could be read. */
export type Claims = { readonly scope: Scope; readonly exportedAt: number };

const ERASED_TYPE = ascii(ERASED);

export class EntryCheck {
  private readonly findings: Findings;
  private readonly fieldCheck: FieldCheck;
  private readonly seen = unseen();
  private readonly ids = roster();
  private readonly subjectNames = roster();
  private readonly typeNames = roster();
  /** By the number of the subject: the version its last entry had. */
  private readonly versions: number[] = [];
  /** By the number of the type. */
  private readonly typeCounts: number[] = [];
  /** Values not shown, by subject, entry and path: where their entry stands. */
  private readonly missing = new Map<string, number>();
  /** Those of `missing` that an erasure speaks of. */
  private readonly erased = new Set<string>();
  private lastAt = 0;
  private matches = 0;
  private broken = 0;

  constructor(findings: Findings, sha256: Sha256) {
    this.findings = findings;
    this.fieldCheck = new FieldCheck(sha256);
  }

  /** Takes the next entry: its line is taken apart into `line`, and lies in `bytes`. */
  check(line: EntryLine, bytes: Uint8Array, place: Place, claims: Claims): void {
    const { entryFrom, entryTo, shown } = line;
    if (entryTo - entryFrom > ENTRY_BYTES_MAX) {
      const message = `The entry has ${entryTo - entryFrom} bytes; at most ${ENTRY_BYTES_MAX} may be.`;
      return this.problem("entry-too-large", message, place);
    }
    const end = scanEntry(bytes, entryFrom, this.seen);
    if (end !== entryTo) {
      const at = (end < 0 ? ~end : end) - entryFrom;
      return this.problem("entry-malformed", `Not an entry: byte ${at} cannot stand there.`, place);
    }
    this.checkId(bytes, place);
    this.checkVersion(bytes, place, claims);
    this.countType(bytes);
    this.checkAt(place, claims);
    if (shown.length > 0 || this.seen.trail.found.length > 0) this.checkFields(shown, bytes, place);
    if (this.isErasure(bytes)) this.erase(bytes, place, claims);
  }

  /** Says what is still missing; called once, after the last entry. */
  end(scope: Scope): void {
    if (scope !== "whole") return;
    for (const [key, seq] of this.missing) {
      if (this.erased.has(key)) continue;
      // Neither subjects nor ids hold spaces; a path may.
      const path = key.slice(key.indexOf(" ", key.indexOf(" ") + 1) + 1);
      const message = `The text at ${path} is missing, and no entry says that it was erased.`;
      this.findings.problem({ code: "field-missing", message, seq });
    }
  }

  fields(scope: Scope): FieldCounts {
    const open = this.missing.size - this.erased.size;
    const isWhole = scope === "whole";
    return {
      matches: this.matches,
      erased: this.erased.size,
      withheld: isWhole ? 0 : open,
      broken: this.broken + (isWhole ? open : 0),
    };
  }

  get subjects(): number {
    return this.subjectNames.size;
  }

  types(): Record<string, number> {
    return Object.fromEntries(
      this.typeCounts.map((count, number) => [this.typeNames.text(number), count]),
    );
  }

  private checkId(bytes: Uint8Array, place: Place): void {
    const { idFrom } = this.seen;
    const before = this.ids.size;
    this.ids.numberOf(bytes, idFrom, idFrom + ID_LETTERS);
    if (this.ids.size > before) return;
    this.problem("id-repeated", `The id ${this.entryId(bytes)} was used before.`, place);
  }

  private checkVersion(bytes: Uint8Array, place: Place, { scope }: Claims): void {
    const { subjectFrom, subjectTo, version } = this.seen;
    const subject = this.subjectNames.numberOf(bytes, subjectFrom, subjectTo);
    const last = this.versions[subject] ?? 0;
    this.versions[subject] = version;
    // Where whole entries are withheld a subject may show gaps, but never a step back.
    if (version === last + 1 || (scope === "extract" && version > last)) return;
    const name = this.subjectNames.text(subject);
    const message = `${name} goes from version ${last} to ${version}; ${last + 1} must follow.`;
    this.problem("version-broken", message, place);
  }

  private countType(bytes: Uint8Array): void {
    const type = this.typeNames.numberOf(bytes, this.seen.typeFrom, this.seen.typeTo);
    this.typeCounts[type] = (this.typeCounts[type] ?? 0) + 1;
  }

  private checkAt({ seq, line }: Place, { exportedAt }: Claims): void {
    const { at } = this.seen;
    if (at < this.lastAt) {
      const message = `The clock stepped back by ${this.lastAt - at} ms before this entry.`;
      this.findings.note({ code: "clock-stepped-back", message, seq, line });
    }
    if (at > exportedAt) {
      const message = "Recorded later than the file says it was exported.";
      this.findings.note({ code: "recorded-after-export", message, seq, line });
    }
    this.lastAt = at;
  }

  /** Values are shown in the entry's order, so both lists are walked once. */
  private checkFields(shown: readonly Shown[], bytes: Uint8Array, place: Place): void {
    const { trail } = this.seen;
    let next = 0;
    for (const found of trail.found) {
      const value = shown[next];
      if (value !== undefined && this.fieldCheck.isOf(bytes, value, trail, found)) {
        next += 1;
        this.checkField(bytes, value, found, place);
      } else {
        const path = textOf(trail.paths, found.pathFrom, found.pathTo);
        this.missing.set(this.key(bytes, this.entryId(bytes), path), place.seq);
      }
    }
    for (const { pathFrom, pathTo } of shown.slice(next)) {
      const path = textOf(bytes, pathFrom, pathTo);
      const message = `A text is shown for ${path}, where this entry withholds none.`;
      this.problem("disclosure-misplaced", message, place);
    }
  }

  private checkField(bytes: Uint8Array, shown: Shown, found: Found, place: Place): void {
    if (this.fieldCheck.matches(bytes, shown, found, this.seen.idFrom)) {
      this.matches += 1;
      return;
    }
    this.broken += 1;
    const path = textOf(bytes, shown.pathFrom, shown.pathTo);
    const message = `The text shown for ${path} is not the one this entry was sealed with.`;
    this.problem("commitment-broken", message, place);
  }

  private isErasure(bytes: Uint8Array): boolean {
    const { typeFrom, typeTo } = this.seen;
    return scanLiteral(bytes, typeFrom, ERASED_TYPE) === typeTo;
  }

  private erase(bytes: Uint8Array, place: Place, { scope }: Claims): void {
    const { dataFrom, dataTo } = this.seen;
    const data = parseUtf8(bytes.subarray(dataFrom, dataTo)) as string;
    const erasure = parseErasure(JSON.parse(data));
    if (!erasure.ok) {
      return this.problem("erasure-malformed", erasure.problems[0].message, place);
    }
    for (const path of erasure.value.paths) {
      const key = this.key(bytes, erasure.value.entry, path);
      const isMissing = this.missing.has(key);
      if (isMissing) this.erased.add(key);
      // An extract may withhold the very entry, and then its fields are not known here.
      if (isMissing || scope === "extract") continue;
      this.problem("erasure-unmatched", notGone(erasure.value.entry, path), place);
    }
  }

  private entryId(bytes: Uint8Array): string {
    return textOf(bytes, this.seen.idFrom, this.seen.idFrom + ID_LETTERS);
  }

  private key(bytes: Uint8Array, entryId: string, path: string): string {
    return `${textOf(bytes, this.seen.subjectFrom, this.seen.subjectTo)} ${entryId} ${path}`;
  }

  private problem(code: string, message: string, { seq, line }: Place): void {
    this.findings.problem({ code, message, seq, line });
  }
}

const notGone = (entry: string, path: string): string =>
  `Says that ${path} of entry ${entry} was erased, but no text is missing there: ` +
  "it still stands in this file, or the entry before this one on the same subject never had it.";

/** What scanned letters mean: a name, or a path escaped as in a JSON string. */
function textOf(bytes: Uint8Array, from: number, to: number): string {
  const meant = new Uint8Array(to - from);
  return parseUtf8(meant.subarray(0, unescapeInto(bytes, from, to, meant, 0))) as string;
}
