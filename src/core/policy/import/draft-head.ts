/**
 * The head of a draft: version, dates, owner, cadence, reporting and the calendar.
 */

import type { Policy } from "../policy.ts";
import { ask, took, type Under, undecided } from "./draft-under.ts";
import { toDate, toWindows } from "./standing.ts";
import { shown, type Words } from "./words.ts";

export function versionOf(under: Under): string {
  const { version } = under.reading.standing;
  if (version) return took(under, "/version", version, version.text);
  under.notes.set("/version", "The text names no version: this is the first one here.");
  return "1";
}

export function effectiveOf(under: Under): string {
  const { effective, refreshed } = under.reading.standing;
  const date = effective && toDate(effective.text);
  if (effective && date) return took(under, "/effective", effective, date);
  if (refreshed)
    under.notes.set(
      "/effective",
      `The text was last changed on ${shown(refreshed.text)} (line ${refreshed.spots[0]?.line}); it does not say from when it applies.`,
    );
  return undecided(
    under,
    "/effective",
    "effective-missing",
    "The text does not say from when it applies: write a date.",
    refreshed,
  );
}

export function ownerOf(under: Under): Policy["owner"] {
  const { owner } = under.reading.standing;
  const holder = under.reading.roles.find(
    ({ holder: one }) => one && /^[A-Z][a-z]+ [A-Z]/.test(one.text),
  )?.holder;
  if (owner && !owner.isRole) {
    const [name = "", ...role] = shown(owner.name.text, 118).split(/,\s+/);
    const said = role.length === 0 ? {} : { role: role.join(", ") };
    return took(under, "/owner", owner.name, { name, ...said });
  }
  const role = owner && { role: shown(owner.name.text, 118) };
  const name = ask(
    under,
    "/owner/name",
    "owner-missing",
    "Who answers for this policy, by name?",
    owner?.name ?? holder,
  );
  if (holder)
    under.notes.set(
      "/owner/name",
      `The text names ${shown(holder.text, 60)} in the roles (line ${holder.spots[0]?.line}), and no owner of the policy.`,
    );
  if (owner) under.origins.set("/owner/role", owner.name);
  return { name, ...role };
}

export function cadenceOf(under: Under): Policy["cadence"] {
  const { review, afterIncident, announce, remediations, report } = under.reading.standing;
  const announced =
    announce && announce.text.length <= 300
      ? took(under, "/cadence/announce", announce, announce.text)
      : undefined;
  return {
    review: review
      ? took(under, "/cadence/review", review.words, review.target)
      : undecided(
          under,
          "/cadence/review",
          "review-cadence-missing",
          "The text does not say how often it is reviewed: write a target, like 12 months.",
        ),
    afterMaterialIncident: took(
      under,
      "/cadence/afterMaterialIncident",
      afterIncident,
      afterIncident !== undefined,
    ),
    announce:
      announced ??
      ask(
        under,
        "/cadence/announce",
        "announce-missing",
        "How do subscribers hear of a change of substance?",
        announce,
      ),
    ...(remediations
      ? {
          remediations: took(
            under,
            "/cadence/remediations",
            remediations.words,
            remediations.target,
          ),
        }
      : {}),
    ...(report === undefined
      ? {}
      : {
          transparencyReport: report.cadence
            ? took(under, "/cadence/transparencyReport", report.words, report.cadence.target)
            : {
                absent: ask(
                  under,
                  "/cadence/transparencyReport/absent",
                  "report-cadence-missing",
                  "How often does the transparency report appear?",
                  report.words,
                ),
              },
        }),
  };
}

export function reportingOf(under: Under): Policy["reporting"] {
  const { reportTo, fingerprint, keyUrl, subject, include, safeHarbour, bounty, statusPage } =
    under.reading.standing;
  const blanks = under.reading.blanks;
  const near = (pattern: RegExp): Words | undefined =>
    blanks.find(({ written }) => pattern.test(written))?.words;
  const text = (
    at: string,
    words: Words | undefined,
    code: string,
    question: string,
    beside?: Words,
  ) =>
    words && words.text.length <= 4_000
      ? took(under, at, words, words.text)
      : { absent: ask(under, `${at}/absent`, code, question, beside) };
  return {
    email: reportTo
      ? took(under, "/reporting/email", reportTo, reportTo.text)
      : undecided(
          under,
          "/reporting/email",
          "reporting-address-missing",
          "The text gives no address to which anybody can report something: write one that is read.",
          near(/@|address|e-?mail/i),
        ),
    pgp:
      fingerprint && keyUrl
        ? took(under, "/reporting/pgp", fingerprint, {
            fingerprint: fingerprint.text,
            url: keyUrl.text,
          })
        : {
            absent: ask(
              under,
              "/reporting/pgp/absent",
              "pgp-missing",
              fingerprint
                ? "Where is the key for encrypted reports published?"
                : "Is there a key for encrypted reports, or none?",
              near(/key|pgp|finger/i) ?? fingerprint,
            ),
          },
    ...(subject === undefined
      ? {}
      : { subject: took(under, "/reporting/subject", subject, subject.text) }),
    include:
      include.length > 0
        ? include.map((words, i) =>
            took(under, `/reporting/include/${i}`, words, shown(words.text, 298)),
          )
        : [
            ask(
              under,
              "/reporting/include/0",
              "report-contents-missing",
              "What should a report contain?",
            ),
          ],
    safeHarbour: text(
      "/reporting/safeHarbour",
      safeHarbour,
      "safe-harbour-missing",
      "What may research in good faith rely on?",
    ),
    bounty: text(
      "/reporting/bounty",
      bounty,
      "bounty-missing",
      "Is there a bounty, or none?",
      near(/bount|confirm policy/i),
    ),
    ...(statusPage
      ? { statusPage: took(under, "/reporting/statusPage", statusPage, statusPage.text) }
      : {}),
  };
}

export function calendarOf(under: Under) {
  const { zone, hours } = under.reading.standing;
  const windows = hours && toWindows(hours.text);
  if (hours) under.origins.set("/calendars/0/windows", hours);
  if (zone) under.origins.set("/calendars/0/zone", zone);
  return {
    id: "business",
    name: "Business days",
    zone: zone?.text ?? "undecided",
    windows: windows ?? {},
  };
}
