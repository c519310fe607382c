/** Verifying: an export of the sample ledger, changed and held to the verifier. */

import { type Report } from "../src/core/ledger/report.ts";
import { endLines, sampleExport, sampleSigner } from "../src/core/ledger/sample-ledger.ts";
import { type VerifierOptions, verifier } from "../src/core/ledger/verify.ts";

export const signer = sampleSigner();

export function verify(text: string | Uint8Array, options: VerifierOptions = {}): Report {
  const checking = verifier(options);
  checking.write(typeof text === "string" ? Buffer.from(text) : text);
  return checking.end();
}

export const codes = (report: Report): string[] => report.problems.map(({ code }) => code);

/** The sample's lines, changed by someone who has the key and signs the result anew. */
export function resigned(
  change: (lines: string[]) => string[],
  options: VerifierOptions = {},
): Report {
  return verify(endLines(change(sampleExport().slice(0, -1))).join(""), options);
}

export const replaceLine = (at: number, from: string | RegExp, to: string) => (lines: string[]) =>
  lines.map((line, index) => (index === at ? line.replace(from, to) : line));

/** Header and two checkpoints stand before the entries. */
export const lineOf = (seq: number): number => seq + 3;
