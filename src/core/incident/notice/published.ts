/**
 * Published: a notice that is mailed to nobody, published or handed over by a person, and
 * where; and the people whose data it is, named by their addresses.
 *
 * We publish nothing by ourselves: somebody puts the approved text where it belongs, and
 * says where that is. What was approved is what is said to stand there, by its hash.
 */

import type { Context } from "../../context.ts";
import { readerOf } from "../../notice/audience.ts";
import { blocking, type DraftRecipient, RECIPIENTS_MAX } from "../../notice/draft.ts";
import { rowsIn } from "../../party/pasted.ts";
import { ok, type Problem, refuse, refuseAll, type Result } from "../../problem.ts";
import { NOTE_CHARACTERS_MAX, textProblem } from "../../text.ts";
import type { Instant } from "../../time/instant.ts";
import { futureProblem } from "../../when.ts";
import { inParts } from "./correcting.ts";
import { editable, type RecipientsDropped, type RecipientsNamed } from "./drafting.ts";
import { incidentObligations } from "../owed/obligation.ts";
import type { Incident } from "../state.ts";
import { metByDraft, momentOf, tellable } from "./telling.ts";

export type NoticePublished = {
  readonly type: "NoticePublished";
  readonly draft: string;
  readonly hash: string;
  readonly how: "published" | "handed-over";
  /** An address, a newspaper, a customer of ours. */
  readonly where: string;
  readonly happenedAt: Instant;
  readonly meets: readonly { readonly moment: string; readonly recipient: string }[];
};
export type RecordPublished = {
  readonly type: "RecordPublished";
  readonly draft: string;
  readonly hash: string;
  readonly how: "published" | "handed-over";
  readonly where: string;
  readonly happenedAt?: Instant;
};
export type NamePeople = {
  readonly type: "NamePeople";
  readonly draft: string;
  /** Names and mail addresses, one person a line. */
  readonly list: string;
  readonly language?: string;
};

/**
 * Records that an approved text stands where everybody, or whoever is concerned, reads it.
 * Refuses with `notice-draft-unknown`, `notice-draft-leaving`, `notice-draft-changed`,
 * `notice-mailed`, `notice-draft-unapproved`, `instant-in-future`, `text-missing`.
 */
export function recordPublished(
  incident: Incident,
  { draft: id, hash, how, where, happenedAt }: RecordPublished,
  context: Context,
): Result<readonly NoticePublished[]> {
  const held = editable(incident, id);
  if (!held.ok) return held;
  const draft = held.value;
  if (!draft.recipients.some((one) => one.id === readerOf(draft.content.to)?.id)) {
    return refuse("notice-mailed", "This one goes by mail to each: send it.", "/draft");
  }
  const now = context.letters?.hash(incident, draft, context) ?? hash;
  if (now !== hash || (draft.hash !== undefined && draft.hash !== hash)) {
    const message = "It has changed since you read it: read it again, to the end.";
    return refuse("notice-draft-changed", message, "/hash");
  }
  if (draft.state !== "approved") {
    return refuse("notice-draft-unapproved", "Nobody has approved it yet: read it back first.");
  }
  const problems: Problem[] = [
    ...blocking(context.letters?.findings(incident, draft, context) ?? [], draft.overridden ?? []),
    textProblem(where, NOTE_CHARACTERS_MAX, "/where", "Say where it stands, or who tells them."),
    futureProblem(happenedAt, context.at, "/happenedAt"),
  ]
    .filter((problem) => problem !== undefined)
    .map(({ code, message, at }) => ({ code, message, ...(at === undefined ? {} : { at }) }));
  const owed = incidentObligations(incident, context.policy);
  const met = metByDraft(draft, tellable(incident, owed));
  return refuseAll(problems, [
    {
      type: "NoticePublished",
      draft: id,
      hash,
      how,
      where,
      happenedAt: happenedAt ?? context.at,
      meets: met.map((one) => ({ moment: momentOf(one), recipient: one.recipient.id })),
    },
  ]);
}

/**
 * Names people by their addresses, in place of a text that is published to them.
 * Refuses with `notice-draft-unknown`, `notice-draft-leaving`, `audience-other`, `people-missing`,
 * `address-missing`, `too-many`.
 */
export function namePeople(
  incident: Incident,
  { draft: id, list, language }: NamePeople,
): Result<readonly (RecipientsNamed | RecipientsDropped)[]> {
  const held = editable(incident, id);
  if (!held.ok) return held;
  const { content, recipients } = held.value;
  if (content.to !== "data-subjects") {
    const message = "Only a notice to the people concerned names them by address.";
    return refuse("audience-other", message, "/draft");
  }
  const rows = rowsIn(list);
  if (rows.length === 0) {
    return refuse("people-missing", "Paste names and mail addresses, one person a line.", "/list");
  }
  const before = new Map(recipients.map((one) => [one.to.mail.toLowerCase(), one.id]));
  let next =
    1 + Math.max(0, ...recipients.map((one) => Number(one.id.replace("person:", "")) || 0));
  const problems: Problem[] = [];
  const people = new Map<string, DraftRecipient>();
  for (const { line, text } of rows) {
    const person = personIn(text);
    if (person === undefined) {
      const message = `Line ${line}, “${text.trim().slice(0, 60)}”, has no mail address, or several: one person a line.`;
      problems.push({ code: "address-missing", message, at: `/list/${line}` });
      continue;
    }
    const key = person.mail.toLowerCase();
    if (people.has(key)) continue;
    const { name = person.mail } = person;
    people.set(key, {
      id: before.get(key) ?? `person:${next++}`,
      name,
      to: person,
      ...(language === undefined ? {} : { language }),
    });
  }
  const reader = readerOf(content.to)?.id;
  const named = [...people.values()];
  if (recipients.length + named.length > RECIPIENTS_MAX) {
    const message = `A notice reaches at most ${RECIPIENTS_MAX} people here.`;
    problems.push({ code: "too-many", message, at: "/list" });
  }
  const parts = recipients
    .filter((one) => one.id === reader)
    .map((one) => ({ type: "RecipientsDropped" as const, draft: id, recipients: [one.id] }));
  return problems.length > 0
    ? refuseAll(problems.slice(0, 50), [])
    : ok([...parts, ...inParts(id, named)]);
}

/** A name and an address are no longer; an address is looked for from every character on. */
const PERSON_CHARACTERS_MAX = 600;

/** `Jo Smith <jo@x.example>`, `Jo Smith, jo@x.example`, `jo@x.example`; undefined for none or two. */
function personIn(text: string): { readonly name?: string; readonly mail: string } | undefined {
  if (text.length > PERSON_CHARACTERS_MAX) return undefined;
  const found = text.match(
    /[^\s@,;<>"()[\]{}:|\\]+@[^\s@,;<>"()[\]{}:|\\]+\.[^\s@,;<>"()[\]{}:|\\]+/g,
  );
  const [mail] = found ?? [];
  if (mail === undefined || found?.length !== 1) return undefined;
  const name = text
    .replace(mail, "")
    .replace(/[<>"{}[\]|;,\t]+/g, " ")
    .replace(/\b(?:name|mail|email)\b\s*:/gi, "")
    .replace(/\s+/g, " ")
    .replace(/^[\s:]+|[\s:]+$/g, "");
  return name === "" ? { mail } : { name, mail };
}
