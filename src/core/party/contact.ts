/**
 * Contact: a person at a party whom we can reach, and when somebody last checked
 * that this is so.
 *
 * One of them is written to first and one when it is about security; the first
 * contact is both until another is named. A changed mail address is a contact that
 * nobody has verified yet, whatever was verified before.
 */

import type { BareContext } from "../context.ts";
import { type Problem, refuse, refuseAll, type Result } from "../problem.ts";
import type { Recorded } from "../recorded.ts";
import { TITLE_CHARACTERS_MAX, textProblem, tooLong } from "../text.ts";
import { parseDay } from "../time/day.ts";
import { type Instant, DAY_MS, plus } from "../time/instant.ts";
import { localDate } from "../time/wall-time.ts";
import { isZoneName, zoneProblem } from "../time/zone-name.ts";
import { type ContactKey, keyProblem } from "./contact-key.ts";

/** What is known of the person. */
export type Contact = {
  readonly name: string;
  readonly mail: string;
  readonly phone?: string;
  /** A language tag, like `de` or `pt-BR`. */
  readonly language?: string;
  readonly zone?: string;
};
type Marks = { readonly primary?: boolean; readonly security?: boolean };
type Encryption = {
  /** The key by which mail to them is encrypted. */
  readonly key?: ContactKey;
  /** That it is encrypted was agreed with them. */
  readonly encrypt?: boolean;
};

export type ContactAdded = Contact &
  Marks &
  Encryption & {
    readonly type: "ContactAdded";
    /** `ct-2`. */
    readonly contact: string;
    /** `YYYY-MM-DD`. */
    readonly verifiedOn?: string;
  };
export type ContactChanged = Partial<Contact> &
  Marks &
  Encryption & { readonly type: "ContactChanged"; readonly contact: string };
export type ContactRemoved = { readonly type: "ContactRemoved"; readonly contact: string };
export type ContactVerified = {
  readonly type: "ContactVerified";
  readonly contact: string;
  readonly verifiedOn: string;
};
/** A mail to it came back for good: nobody reads it there. */
export type ContactBounced = { readonly type: "ContactBounced"; readonly contact: string };
export type ContactEvent =
  | ContactAdded
  | ContactChanged
  | ContactRemoved
  | ContactVerified
  | ContactBounced;

export type AddContact = Contact &
  Marks &
  Encryption & { readonly type: "AddContact"; readonly verifiedOn?: string };
export type ChangeContact = Partial<Contact> &
  Marks &
  Encryption & { readonly type: "ChangeContact"; readonly contact: string };
export type RemoveContact = { readonly type: "RemoveContact"; readonly contact: string };
export type VerifyContact = {
  readonly type: "VerifyContact";
  readonly contact: string;
  /** Today where it is not said. */
  readonly verifiedOn?: string;
};
/** Sent by whoever has read the bounce; nobody types it. */
export type RecordBounce = { readonly type: "RecordBounce"; readonly mail: string };
export type ContactCommand =
  | AddContact
  | ChangeContact
  | RemoveContact
  | VerifyContact
  | RecordBounce;

export type ContactState = {
  readonly id: string;
  name: string;
  mail: string;
  phone?: string;
  language?: string;
  zone?: string;
  readonly addedAt: Instant;
  /** `YYYY-MM-DD`; absent while nobody has. */
  verifiedOn?: string;
  /** Since when mail to it comes back; over when its address is changed or verified again. */
  bouncedAt?: Instant;
  /** Gone when the address is another: it may be somebody else's. */
  key?: ContactKey;
  encrypt?: boolean;
};

/** The part of a party's state that is about its contacts. */
export type Contacts = {
  contacts: ContactState[];
  /** How many were ever added: a removed one keeps its number. */
  contactsNumbered: number;
  /** The contact to write to first, where one was named. */
  primary?: string;
  /** The contact for what is about security, where one was named. */
  security?: string;
};

export const noContacts = (): Contacts => ({ contacts: [], contactsNumbered: 0 });

export const CONTACTS_MAX = 200;

/** Whom to write to first; undefined where nobody can be written to. */
export const primaryContact = ({ contacts, primary }: Contacts): ContactState | undefined =>
  contacts.find(({ id }) => id === primary) ?? contacts[0];

/** Whom to write to when it is about security. */
export const securityContact = (party: Contacts): ContactState | undefined =>
  party.contacts.find(({ id }) => id === party.security) ?? primaryContact(party);

/**
 * Refuses with `contact-unknown`, `contact-unchanged`, `too-many`, `mail-invalid`,
 * `language-unknown`, `zone-unknown`, `date-invalid`, `date-in-future`, `text-missing`,
 * `text-too-long`, `pgp-key-unusable`, `pgp-key-expired`.
 */
export function decideContact(
  party: Contacts,
  command: ContactCommand,
  context: BareContext,
): Result<readonly ContactEvent[]> {
  if (command.type === "AddContact") return add(party, command, context);
  if (command.type === "RecordBounce") return { ok: true, value: bounces(party, command) };
  const held = party.contacts.find(({ id }) => id === command.contact);
  if (!held) {
    return refuse("contact-unknown", `There is no contact ${command.contact} here.`, "/contact");
  }
  switch (command.type) {
    case "ChangeContact": {
      const { type: _, contact, ...fields } = command;
      if (Object.keys(fields).length === 0) {
        return refuse("contact-unchanged", "Nothing would change.");
      }
      const wrongKey = keyProblem(fields.key, context.at);
      return refuseAll(
        [...contactProblems(fields), ...(wrongKey ? [wrongKey] : [])],
        [{ ...fields, type: "ContactChanged", contact }],
      );
    }
    case "RemoveContact":
      return { ok: true, value: [{ type: "ContactRemoved", contact: held.id }] };
    case "VerifyContact": {
      const verifiedOn = command.verifiedOn ?? localDate(context.at, context.zone);
      const wrong = dayProblem(verifiedOn, "/verifiedOn", context);
      return refuseAll(wrong ? [wrong] : [], [
        { type: "ContactVerified", contact: held.id, verifiedOn },
      ]);
    }
  }
}

/** What is wrong with the fields that are there. `above` is where they stand in what was sent. */
export function contactProblems(fields: Partial<Contact>, above = ""): readonly Problem[] {
  const { name, mail, phone, language, zone } = fields;
  const problems: (Problem | undefined)[] = [];
  if (name !== undefined)
    problems.push(
      textProblem(name, TITLE_CHARACTERS_MAX, `${above}/name`, "Name a person to write to."),
    );
  if (mail !== undefined) problems.push(mailProblem(mail, `${above}/mail`));
  problems.push(tooLong(phone, PHONE_CHARACTERS_MAX, `${above}/phone`));
  if (language !== undefined) problems.push(languageProblem(language, `${above}/language`));
  if (zone !== undefined && !isZoneName(zone)) problems.push(zoneProblem(zone, `${above}/zone`));
  return problems.filter((problem) => problem !== undefined);
}

/** Keeps what a contact's event says. */
export function keepContact(party: Contacts, { event, at }: Recorded<ContactEvent>): void {
  const held = party.contacts.find(({ id }) => id === event.contact);
  switch (event.type) {
    case "ContactAdded": {
      const { type: _, contact, primary, security, ...fields } = event;
      party.contactsNumbered += 1;
      party.contacts.push({ id: contact, addedAt: at, ...fields });
      return mark(party, contact, { ...own(primary, "primary"), ...own(security, "security") });
    }
    case "ContactChanged": {
      const { type: _, contact, primary, security, ...fields } = event;
      if (!held) return;
      if (fields.mail !== undefined && fields.mail !== held.mail) {
        delete held.verifiedOn;
        delete held.bouncedAt;
        delete held.key;
      }
      Object.assign(held, fields);
      return mark(party, contact, { ...own(primary, "primary"), ...own(security, "security") });
    }
    case "ContactRemoved":
      party.contacts = party.contacts.filter(({ id }) => id !== event.contact);
      if (party.primary === event.contact) delete party.primary;
      if (party.security === event.contact) delete party.security;
      return;
    case "ContactVerified":
      if (!held) return;
      held.verifiedOn = event.verifiedOn;
      delete held.bouncedAt;
      return;
    case "ContactBounced":
      if (held) held.bouncedAt = at;
  }
}

/** A date that people give for something that has happened. */
export function dayProblem(
  day: string | undefined,
  at: string,
  { at: now, zone }: Pick<BareContext, "at" | "zone">,
): Problem | undefined {
  if (day === undefined) return undefined;
  if (parseDay(day) === undefined) {
    const message = `${day.slice(0, 40)} is no date of the calendar: write it as 2026-11-20.`;
    return { code: "date-invalid", message, at };
  }
  // Somebody east of us is a day ahead.
  if (day <= localDate(plus(now, DAY_MS), zone)) return undefined;
  return { code: "date-in-future", message: `${day} has not come yet: give a past date.`, at };
}

const bounces = ({ contacts }: Contacts, { mail }: RecordBounce): readonly ContactBounced[] =>
  contacts
    .filter((one) => one.mail.toLowerCase() === mail.toLowerCase() && one.bouncedAt === undefined)
    .map(({ id }) => ({ type: "ContactBounced", contact: id }));

const PHONE_CHARACTERS_MAX = 60;

function add(
  party: Contacts,
  { type: _, ...fields }: AddContact,
  context: BareContext,
): Result<readonly ContactEvent[]> {
  if (party.contacts.length >= CONTACTS_MAX) {
    return refuse("too-many", `A party has at most ${CONTACTS_MAX} contacts: remove one first.`);
  }
  const problems = [
    ...contactProblems(fields),
    ...[
      dayProblem(fields.verifiedOn, "/verifiedOn", context),
      keyProblem(fields.key, context.at),
    ].filter((problem) => problem !== undefined),
  ];
  const contact = `ct-${party.contactsNumbered + 1}`;
  return refuseAll(problems, [{ ...fields, type: "ContactAdded", contact }]);
}

function mailProblem(mail: string, at: string): Problem | undefined {
  if (/^[^\s@]+@[^\s@]+$/.test(mail)) return undefined;
  return { code: "mail-invalid", message: "Give a mail address, like a@b.example.", at };
}

function languageProblem(language: string, at: string): Problem | undefined {
  if (/^[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-(?:[A-Z]{2}|\d{3}))?$/.test(language)) return undefined;
  const message = `"${language.slice(0, 40)}" is not a language: write its tag, like "de" or "pt-BR".`;
  return { code: "language-unknown", message, at };
}

const own = <K extends keyof Marks>(value: boolean | undefined, mark: K): Marks =>
  value === undefined ? {} : { [mark]: value };

function mark(party: Contacts, contact: string, marks: Marks): void {
  for (const of of ["primary", "security"] as const) {
    if (marks[of] === true) party[of] = contact;
    else if (marks[of] === false && party[of] === contact) delete party[of];
  }
}
