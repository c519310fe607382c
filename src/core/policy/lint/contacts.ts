/**
 * Addresses that nobody reads, and one for reports that stands in two ways.
 */

import { isUnattended } from "../../mailbox.ts";
import { absences } from "../absent.ts";
import { UNDECIDED } from "../clause.ts";
import { fixOf, replaced, rewritten } from "./fix.ts";
import type { Found } from "./finding.ts";
import { textsIn } from "./text.ts";
import type { PolicyDocument } from "../parse/parse.ts";
import { type Path, toPointer } from "../places.ts";

/** Bounded, so that a long word without an @ is not searched again from each of its letters. */
const MAIL = /[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9.-]{1,253}\.[A-Za-z]{2,63}/g;

/** `address-unattended` and `reporting-address-differs`. */
export function* contactChecks(document: PolicyDocument): Generator<Found> {
  for (const { text, path } of textsIn(document.policy, [])) {
    const seen = new Map<string, number>();
    for (const { 0: mail, index } of text.matchAll(MAIL)) {
      const nth = seen.get(mail) ?? 0;
      seen.set(mail, nth + 1);
      // "We never write from noreply@..." promises the right thing.
      if (!isUnattended(mail) || isDenied(text.slice(0, index))) continue;
      yield unattended({ mail, nth }, path, document);
    }
  }
  yield* differing(document);
}

const isDenied = (before: string): boolean =>
  /\b(?:never|not|no)\b[^.]*$/i.test(before.slice(-120));

type Mail = { readonly mail: string; readonly nth: number };

function unattended({ mail, nth }: Mail, path: Path, document: PolicyDocument): Found {
  const at = toPointer(path);
  const isReporting = path.join("/") === "reporting/email";
  const domain = mail.slice(mail.indexOf("@"));
  const fixes = isReporting
    ? [fixOf(`Write security${domain}`, replaced(document, at, `security${domain}`))]
    : absences(document, path);
  return {
    code: "address-unattended",
    level: "block",
    at,
    message: `Nobody reads ${mail}: name the mailbox of somebody who does.`,
    words: mail,
    nth,
    fixes,
  };
}

/** A section about reporting that names another address, and not the one that is declared. */
function* differing(document: PolicyDocument): Generator<Found> {
  const { sections, reporting } = document.policy;
  if (reporting.email === UNDECIDED) return;
  for (const [i, section] of sections.entries()) {
    if (!("text" in section) || !/report/i.test(`${section.id} ${section.title}`)) continue;
    const mails: readonly string[] = section.text.match(MAIL) ?? [];
    const [other] = mails.filter((mail) => !isUnattended(mail));
    if (other === undefined || mails.includes(reporting.email)) continue;
    const at = toPointer(["sections", i, "text"]);
    const message = `This names ${other}, and reports go to ${reporting.email}: name one of the two.`;
    const fixes = [
      fixOf(`Write ${reporting.email}`, rewritten(document, at, other, reporting.email)),
      fixOf(`Let reports go to ${other}`, replaced(document, "/reporting/email", other)),
    ];
    yield { code: "reporting-address-differs", level: "block", at, message, words: other, fixes };
  }
}
