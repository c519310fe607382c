import { describe, expect, test } from "vitest";
import { context } from "../policy/fennel.ts";
import type { Recorded } from "../recorded.ts";
import type { Instant } from "../time/instant.ts";
import { CONTACT_LINK, contactLetter } from "./contact-letter.ts";
import { type AskEvent, decideAsk, isAskEvent, keepAsk, noAsks } from "./contact-ask.ts";

const AT = Date.parse("2026-11-20T17:30:00Z") as Instant;
const CONTACT = { id: "ct-1", name: "Ute Brandt", mail: "ute@kestrel.example", addedAt: AT };

/** A customer whose contact was asked, and what they answer one after the other. */
function asked() {
  const party = {
    ...noAsks(),
    id: "cus_1",
    name: "Kestrel Bank",
    held: {},
    contacts: [CONTACT],
    contactsNumbered: 1,
  };
  party.asks["ct-1"] = { notice: "N-4TTK", digest: "d", at: AT, mail: CONTACT.mail };
  const answer = (note: string, more: { readonly answer?: "yes" } = {}) => {
    const command = {
      type: "AnswerContact",
      contact: "ct-1",
      answer: more.answer ?? "correct",
      note,
    } as const;
    const decided = decideAsk(party, command, context(AT));
    if (!decided.ok) return decided.problems.map(({ code }) => code);
    for (const event of decided.value)
      if (isAskEvent(event)) keepAsk(party, { event, at: AT, version: 1 } as Recorded<AskEvent>);
    return decided.value.map(({ type }) => type);
  };
  return answer;
}

describe("the letter to a contact", () => {
  const letterIn = (language: string | undefined) =>
    contactLetter({
      contact: { ...CONTACT, ...(language === undefined ? {} : { language }) },
      customer: "Kestrel Bank",
      from: { name: "Ana Keller", mail: "ana@fennel.example" },
      organisation: "Fennel",
      url: "https://ops.fennel.example",
    });

  test.each([
    ["de-CH", "de", "Ist das noch Ihr Sicherheitskontakt?", "Guten Tag Ute Brandt,"],
    ["fr", "fr", "Est-ce toujours votre contact de sécurité ?", "Bonjour Ute Brandt,"],
    ["es-MX", "es", "¿Sigue siendo este su contacto de seguridad?", "Buenos días, Ute Brandt:"],
    ["pt-BR", undefined, "Is this still your security contact?", "Dear Ute Brandt,"],
    [undefined, undefined, "Is this still your security contact?", "Dear Ute Brandt,"],
  ])("is in their language (%s)", (tag, language, subject, salutation) => {
    const letter = letterIn(tag);
    expect([letter.subject, letter.language]).toEqual([subject, language]);
    const [first, ...rest] = letter.body.split("\n\n");
    expect(first).toBe(salutation);
    // In every language with what is known, and with where to answer.
    expect(rest.join("\n\n")).toContain("Ute Brandt\nute@kestrel.example");
    expect(letter.body).toContain(`https://ops.fennel.example${CONTACT_LINK}`);
    expect(letter.body).toContain("Ana Keller, Fennel\nana@fennel.example");
    expect(letter.body).toMatch(/Kestrel Bank.*Fennel|Fennel.*Kestrel Bank/);
  });
});

describe("asking a contact", () => {
  const whyNot = (over: object, more: object = {}) => {
    const party = {
      ...noAsks(),
      id: "cus_1",
      name: "Kestrel Bank",
      held: {},
      contacts: [{ ...CONTACT, ...over }],
      contactsNumbered: 1,
    };
    const command = { type: "AskContact", contact: "ct-1" } as const;
    const decided = decideAsk(party, command, context(AT, { ownPage: () => "digest", ...more }));
    return decided.ok ? [] : decided.problems;
  };

  test("by a letter in the clear is refused where their mail leaves encrypted", () => {
    expect(whyNot({})).toEqual([]);
    expect(whyNot({ encrypt: true })).toEqual([
      {
        code: "contact-encrypted",
        message:
          "Mail to Ute Brandt leaves encrypted, and this letter cannot: call them, then mark them as verified.",
        at: "/contact",
      },
    ]);
  });

  test("needs the key that their own page is made with", () => {
    expect(whyNot({}, { ownPage: undefined })).toEqual([
      {
        code: "own-page-missing",
        message:
          "Their page needs the key that signs the record, and it is not here: put it back from a backup (see due doctor), or call them.",
      },
    ]);
  });
});

describe("an answer that nobody asked for", () => {
  const party = (over: object) => ({
    ...noAsks(),
    id: "cus_1",
    name: "Kestrel Bank",
    held: {},
    contacts: [CONTACT],
    contactsNumbered: 1,
    ...over,
  });
  const asks = {
    "ct-1": { notice: "N-4TTK", digest: "d", at: AT, mail: "before@kestrel.example" },
  };
  const yes = { type: "AnswerContact", contact: "ct-1", answer: "yes" } as const;
  const whyNot = (over: object) => {
    const decided = decideAsk(party(over), yes, context(AT));
    return decided.ok ? [] : decided.problems;
  };

  test("says nothing, nor does one of a contact who is none any more", () => {
    const message = "Nobody asked this contact, or they are none any more.";
    expect(whyNot({})).toEqual([{ code: "contact-not-asked", message }]);
    expect(whyNot({ asks, contacts: [] })).toEqual([{ code: "contact-not-asked", message }]);
  });

  test("is a yes to an address that was changed since the letter went to another", () => {
    const message = "The address was changed since: it is asked about anew.";
    expect(whyNot({ asks })).toEqual([{ code: "contact-not-asked", message }]);
  });
});

describe("a contact who was asked", () => {
  test("corrects, and wakes somebody; the same correction sent again is the same", () => {
    const answer = asked();
    expect(answer("Jonas has left.")).toEqual(["ContactAnswered", "PageRequested"]);
    expect(answer("Jonas has left.")).toEqual([]);
    expect(answer("Jonas left in May.")).toEqual(["ContactAnswered", "PageRequested"]);
  });

  test("wakes nobody without an end: after ten answers to one letter a mail is to be written", () => {
    const answer = asked();
    for (let i = 0; i < 9; i += 1) expect(answer(`Word ${i}`)).toHaveLength(2);
    expect(answer("", { answer: "yes" })).toEqual(["ContactAnswered", "ContactVerified"]);
    expect(answer("Word 10")).toEqual(["too-many"]);
    expect(answer("", { answer: "yes" })).toEqual(["too-many"]);
  });
});
