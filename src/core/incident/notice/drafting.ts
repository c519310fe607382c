/**
 * Drafting: a notice is written in the incident, saved as it goes, and names whom it
 * is for.
 *
 * Each save is an entry, so no word of it is lost and nobody writes over another: a
 * save says which revision it was made on. Whoever saves it last is its author, and it
 * carries their name. Contacts are taken as they are when a recipient is named; naming
 * them again takes them as they are then.
 */

import type { Context } from "../../context.ts";
import { isUnattended } from "../../mailbox.ts";
import { fitsAudience } from "../../notice/audience.ts";
import {
  DRAFT_CHARACTERS_MAX,
  type DraftContent,
  type DraftRecipient,
  type DraftState,
  OWN_WORDS_MAX,
  RECIPIENTS_AT_ONCE_MAX,
  RECIPIENTS_MAX,
  SLOT_CHARACTERS_MAX,
  SLOTS_MAX,
  STEP_CHARACTERS_MAX,
  STEPS_MAX,
} from "../../notice/draft.ts";
import type { Addressee } from "../../notice/notice.ts";
import { ok, type Problem, refuse, refuseAll, type Result } from "../../problem.ts";
import type { Recorded } from "../../recorded.ts";
import { NOTE_CHARACTERS_MAX, textProblem, TITLE_CHARACTERS_MAX, tooLong } from "../../text.ts";
import { correctionProblems, inParts, readersOf, whoGot } from "./correcting.ts";
import { customerId, draftOf, type Incident, reporterId, type TouchedCustomer } from "../state.ts";

export type NoticeDrafted = {
  readonly type: "NoticeDrafted";
  readonly draft: string;
  readonly content: DraftContent;
  /** The account whose name it carries, and how they were called. */
  readonly author: string;
  readonly from: Addressee;
};
export type RecipientsNamed = {
  readonly type: "RecipientsNamed";
  readonly draft: string;
  readonly recipients: readonly DraftRecipient[];
};
export type RecipientsDropped = {
  readonly type: "RecipientsDropped";
  readonly draft: string;
  readonly recipients: readonly string[];
  /** Why they do not hear that what they read was wrong. */
  readonly reason?: string;
};
export type NoticeDiscarded = {
  readonly type: "NoticeDiscarded";
  readonly draft: string;
  readonly reason: string;
};
export type DraftingEvent = NoticeDrafted | RecipientsNamed | RecipientsDropped | NoticeDiscarded;

export type DraftNotice = {
  readonly type: "DraftNotice";
  /** Absent for a new one. */
  readonly draft?: string;
  /** The revision that was read before it was changed. */
  readonly revision?: number;
} & DraftContent;
export type NameRecipients = {
  readonly type: "NameRecipients";
  readonly draft: string;
  readonly recipients: readonly {
    readonly customer?: string;
    /** The signal whose reporter it is. */
    readonly reporter?: string;
    /** Whom to write to there, if not to their contact for security. */
    readonly to?: Addressee;
    readonly words?: Readonly<Record<string, string>>;
  }[];
};
export type DropRecipients = {
  readonly type: "DropRecipients";
  readonly draft: string;
  /** Customers; of others their ids as recipients. */
  readonly recipients: readonly string[];
  /** Needed where a correction leaves out who got the wrong version. */
  readonly reason?: string;
};
export type DiscardNotice = {
  readonly type: "DiscardNotice";
  readonly draft: string;
  readonly reason: string;
};

/**
 * Saves a draft, a new one or the next revision.
 * Refuses with `notice-draft-unknown`, `notice-draft-leaving`, `notice-draft-changed`, `author-missing`,
 * `slot-twice`, `too-many`, `text-too-long`.
 */
export function draftNotice(
  incident: Incident,
  { type: _, draft: id, revision, ...content }: DraftNotice,
  { person, policy: { policy } }: Context,
): Result<readonly (NoticeDrafted | RecipientsNamed | RecipientsDropped)[]> {
  const held = id === undefined ? undefined : editable(incident, id);
  if (held && !held.ok) return held;
  if (!person) {
    const message =
      "A notice is written by a person: sign in with your own account, or use a token that you made in your own name (scope as-person).";
    return refuse("author-missing", message);
  }
  if (held && revision !== undefined && revision !== held.value.revision) {
    const message = `Somebody saved this meanwhile: it is at revision ${held.value.revision}, and you changed ${revision}. Look at theirs, then save yours.`;
    return refuse("notice-draft-changed", message, "/revision");
  }
  const known = policy.elements?.map((element) => element.id) ?? [];
  const draft = id ?? `D-${Object.keys(incident.drafts).length + 1}`;
  return refuseAll(
    [...contentProblems(content, known), ...correctionProblems(incident, content, draft)],
    [
      {
        type: "NoticeDrafted",
        draft,
        content,
        author: person.id,
        from: { name: person.name, mail: person.mail },
      },
      ...readersOf(incident, content, draft),
    ],
  );
}

/**
 * Names whom it is for, with the words that are for them alone.
 * Refuses with `notice-draft-unknown`, `notice-draft-leaving`, `customer-not-touched`,
 * `contact-missing`, `too-many`, `text-too-long`.
 */
export function nameRecipients(
  incident: Incident,
  { draft: id, recipients }: NameRecipients,
  { beside }: Context,
): Result<readonly RecipientsNamed[]> {
  const held = editable(incident, id);
  if (!held.ok) return held;
  const after = new Set(held.value.recipients.map((recipient) => recipient.id));
  for (const { customer, reporter } of recipients)
    after.add(customer === undefined ? reporterId(reporter ?? "") : customerId(customer));
  const isTooMany = recipients.length > RECIPIENTS_AT_ONCE_MAX || after.size > RECIPIENTS_MAX;
  const problems: Problem[] = isTooMany
    ? [
        {
          code: "too-many",
          message: `Name at most ${RECIPIENTS_AT_ONCE_MAX} at once, and ${RECIPIENTS_MAX} in all.`,
          at: "/recipients",
        },
      ]
    : [];
  const audience = held.value.content.to;
  const named = recipients.flatMap(({ customer, reporter, to, words }, index): DraftRecipient[] => {
    const at = `/recipients/${index}`;
    const wanted = customer === undefined ? reporterId(reporter ?? "") : customerId(customer);
    if (!fitsAudience(audience, wanted)) {
      const message = `${held.value.id} does not speak to them: choose whom it is to first.`;
      problems.push({ code: "audience-other", message, at });
      return [];
    }
    if (customer === undefined) {
      const known = beside?.telling?.reporters.find(({ id: one }) => one === wanted);
      const mail = to?.mail ?? known?.mail;
      if (mail !== undefined && known) {
        const { name = mail } = known;
        const addressed = to ?? { ...(known.name === undefined ? {} : { name }), mail };
        return [{ id: wanted, name, to: addressed, ...(words === undefined ? {} : { words }) }];
      }
      const message = "Whoever reported this left no mail address: answer on their case page.";
      problems.push({ code: "contact-missing", message, at });
      return [];
    }
    const touched = incident.customers.find((one) => one.id === customer);
    if (audience === "controllers" && touched && !isProcessor(touched)) {
      const message = `We are not the processor of ${customer}'s data here: record our role first.`;
      problems.push({ code: "role-other", message, at });
      return [];
    }
    if (!incident.customers.some((touched) => touched.id === customer)) {
      const message = `${customer} is not touched: record first that this incident concerns them.`;
      problems.push({ code: "customer-not-touched", message, at });
      return [];
    }
    const known = beside?.telling?.recipients.find((one) => one.customer === customer);
    const writeTo = to ?? known?.to;
    if (!known || !writeTo) {
      const message = `${known?.name ?? customer} has nobody to write to: add a contact first.`;
      problems.push({ code: "contact-missing", message, at });
      return [];
    }
    if (Object.keys(words ?? {}).length > OWN_WORDS_MAX) {
      const message = `One recipient has at most ${OWN_WORDS_MAX} words of their own.`;
      problems.push({ code: "too-many", message, at: `${at}/words` });
    }
    const long = tooLong(Object.values(words ?? {}).join(""), SLOT_CHARACTERS_MAX, `${at}/words`);
    if (long) problems.push(long);
    return [recipientOf(customer, known, writeTo, to !== undefined, words)];
  });
  return refuseAll(problems, inParts(id, named));
}

/** Whether we process data for them that they decide over. */
const isProcessor = ({ role, dataSets = [] }: TouchedCustomer): boolean =>
  role === "processor" || dataSets.some((set) => set.role === "processor");

/** Takes recipients out. Refuses with `notice-draft-unknown`, `notice-draft-leaving`, `recipient-unknown`. */
export function dropRecipients(
  incident: Incident,
  { draft: id, recipients, reason }: DropRecipients,
): Result<readonly RecipientsDropped[]> {
  const held = editable(incident, id);
  if (!held.ok) return held;
  const ids = recipients.map((one) => (one.includes(":") ? one : customerId(one)));
  const strange = ids.find((one) => !held.value.recipients.some((known) => known.id === one));
  if (strange !== undefined) {
    return refuse("recipient-unknown", `${strange} is no recipient of ${id}.`, "/recipients");
  }
  const { corrects } = held.value.content;
  const got = corrects === undefined ? [] : whoGot(incident, corrects);
  const left = got.find((one) => ids.includes(one.id));
  const why =
    left &&
    textProblem(
      reason,
      NOTE_CHARACTERS_MAX,
      "/reason",
      `${left.name} got what was wrong: say why they are not told what is right.`,
    );
  const said = reason === undefined ? {} : { reason };
  return refuseAll(why ? [why] : [], [
    { type: "RecipientsDropped", draft: id, recipients: ids, ...said },
  ]);
}

/** Puts a draft away. Refuses with `notice-draft-unknown`, `notice-draft-leaving`, `text-missing`, `text-too-long`. */
export function discardNotice(
  incident: Incident,
  { draft, reason }: DiscardNotice,
): Result<readonly NoticeDiscarded[]> {
  const held = editable(incident, draft);
  if (!held.ok) return held;
  const ask = "Say why this is not sent: somebody may ask later.";
  const unsaid = textProblem(reason, NOTE_CHARACTERS_MAX, "/reason", ask);
  return refuseAll(unsaid ? [unsaid] : [], [{ type: "NoticeDiscarded", draft, reason }]);
}

/** A draft that may still be changed. Refuses with `notice-draft-unknown`, `notice-draft-leaving`. */
export function editable(incident: Incident, id: string): Result<DraftState> {
  const draft = draftOf(incident, id);
  if (!draft) return refuse("notice-draft-unknown", `There is no draft ${id} here.`, "/draft");
  if (draft.state === "draft" || draft.state === "approved") return ok(draft);
  const message =
    draft.state === "holding"
      ? "It leaves in a moment: hold it back first, then change it."
      : `It is ${draft.state} and stays as it is: write an update or a correction.`;
  return refuse("notice-draft-leaving", message, "/draft");
}

/** Keeps what a draft is; any change of it voids what was approved. */
export function keepDrafting(
  { drafts }: Incident,
  event: DraftingEvent,
  { at }: Pick<Recorded<DraftingEvent>, "at">,
): void {
  if (event.type === "NoticeDrafted") {
    const { draft, content, author, from } = event;
    drafts[draft] ??= {
      id: draft,
      content,
      author,
      from,
      recipients: [],
      revision: 0,
      startedAt: at,
      changedAt: at,
      state: "draft",
    };
    changed(drafts[draft], at);
    drafts[draft].revision += 1;
    Object.assign(drafts[draft], { content, author, from });
    return;
  }
  const held = drafts[event.draft];
  if (!held) return;
  changed(held, at);
  if (event.type === "NoticeDiscarded") held.state = "discarded";
  else if (event.type === "RecipientsDropped") {
    held.recipients = held.recipients.filter(({ id }) => !event.recipients.includes(id));
    if (event.reason !== undefined) held.leftOut = [...(held.leftOut ?? []), ...event.recipients];
  } else {
    const named = new Map(event.recipients.map((recipient) => [recipient.id, recipient]));
    const before = new Set(held.recipients.map(({ id }) => id));
    held.recipients = [
      ...held.recipients.map((recipient) => named.get(recipient.id) ?? recipient),
      ...event.recipients.filter(({ id }) => !before.has(id)),
    ];
  }
}

/** After any edit nobody has approved it. */
export function changed(draft: DraftState, at: DraftState["changedAt"]): void {
  draft.changedAt = at;
  draft.state = "draft";
  delete draft.hash;
  delete draft.approvedBy;
  delete draft.alone;
}

type Known = NonNullable<NonNullable<Context["beside"]>["telling"]>["recipients"][number];

function recipientOf(
  customer: string,
  { name, language, zone, verifiedOn }: Known,
  to: Addressee,
  isOther: boolean,
  words: Readonly<Record<string, string>> | undefined,
): DraftRecipient {
  return {
    id: customerId(customer),
    name,
    to,
    ...(language === undefined ? {} : { language }),
    ...(zone === undefined ? {} : { zone }),
    // Another address than the contact's was verified by nobody.
    ...(verifiedOn === undefined || isOther || isUnattended(to.mail) ? {} : { verifiedOn }),
    ...(words === undefined ? {} : { words }),
  };
}

function contentProblems(content: DraftContent, known: readonly string[]): readonly Problem[] {
  const { subject, opening, slots, steps = [], signature } = content;
  const names = slots.map(({ element }) => element);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  const all = [subject, opening, signature, ...[...slots, ...steps].map(({ text }) => text)].join(
    "",
  );
  // What a law or a controller asks for stands beside the policy's own, with its name.
  const strange = slots.find(({ element, name }) => !known.includes(element) && name === undefined);
  return [
    tooLong(subject, TITLE_CHARACTERS_MAX, "/subject"),
    tooLong(all, DRAFT_CHARACTERS_MAX, "/slots"),
    ...slots.map(({ element, text }) => tooLong(text, SLOT_CHARACTERS_MAX, `/slots/${element}`)),
    ...steps.map(({ text }, index) =>
      textProblem(text, STEP_CHARACTERS_MAX, `/steps/${index}/text`, "Say what they are to do."),
    ),
    steps.length > STEPS_MAX
      ? { code: "too-many", message: `A notice asks for at most ${STEPS_MAX} steps.`, at: "/steps" }
      : undefined,
    slots.length > SLOTS_MAX
      ? { code: "too-many", message: `A notice has at most ${SLOTS_MAX} elements.`, at: "/slots" }
      : undefined,
    twice === undefined
      ? undefined
      : { code: "slot-twice", message: `${twice} stands here twice.`, at: `/slots/${twice}` },
    strange === undefined
      ? undefined
      : {
          code: "element-unknown",
          message: `${strange.element} is not an element of this policy: use one of ${known.join(", ")}, or give it a name.`,
          at: `/slots/${strange.element}`,
        },
  ].filter((problem) => problem !== undefined);
}
