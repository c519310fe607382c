/**
 * Forms of the authorities for personal data: GDPR Article 33, the UK's ICO, Brazil's
 * ANPD, and the two of the United States that have one: HHS and California.
 */

import { ask, type FilingForm, LATE, part, WHICH, WHO } from "./form.ts";

const CHECKED = "2026-11-22";

export const GDPR_33: FilingForm = {
  basis: "law",
  verified: "P",
  checked: CHECKED,
  says: "The order is that of Article 33(3). Every authority has a form of its own; the fields here are what the article asks of all of them, with what most of them ask beside.",
  fields: [
    ...part("This notification", [...WHICH]),
    ...part("Who notifies", [
      ...WHO,
      ask("dpo", "Data protection officer, or another contact point: name and how to reach them", {
        cite: "Art. 33(3)(b)",
        covers: ["name and contact details of DPO or other contact point"],
      }),
    ]),
    ...part("When", [
      ask("aware-at", "When you became aware of it", {
        moment: ["awareAt", "processorNotifiedAt"],
        cite: "Art. 33(1)",
      }),
      ask("began-at", "When it began", { kind: "moment", asked: "if-known" }),
      ask("ended-at", "When it ended, or that it goes on", { asked: "if-known" }),
      LATE,
    ]),
    ...part("The breach", [
      ask("nature", "What happened: the nature of the breach", {
        from: "facts",
        cite: "Art. 33(3)(a)",
        covers: [
          "nature incl. where possible categories and approximate numbers of data subjects and records",
        ],
      }),
      ask("subject-categories", "Kinds of people concerned", {
        asked: "if-known",
        cite: "Art. 33(3)(a)",
      }),
      ask("subject-count", "How many people, about", {
        kind: "number",
        asked: "if-known",
        told: ["individuals"],
        cite: "Art. 33(3)(a)",
      }),
      ask("record-categories", "Kinds of personal data records concerned", {
        asked: "if-known",
        cite: "Art. 33(3)(a)",
      }),
      ask("record-count", "How many records, about", {
        kind: "number",
        asked: "if-known",
        told: ["records"],
        cite: "Art. 33(3)(a)",
      }),
    ]),
    ...part("Consequences and measures", [
      ask("consequences", "Likely consequences for the people concerned", {
        cite: "Art. 33(3)(c)",
        covers: ["likely consequences"],
      }),
      ask("measures-taken", "Measures taken", {
        from: "measures",
        cite: "Art. 33(3)(d)",
        covers: ["measures taken or proposed"],
      }),
      ask("measures-proposed", "Measures proposed", {
        from: "remediations",
        cite: "Art. 33(3)(d)",
      }),
    ]),
    ...part("The people concerned, and other countries", [
      ask("subjects-told", "Whether the people concerned were told, when and how", {
        moment: ["individualsNotifiedAt"],
        asked: "if-known",
        cite: "Art. 34",
      }),
      ask("cross-border", "Other Member States where people are concerned", { asked: "if-so" }),
      ask("other-filings", "Other authorities that were notified", {
        from: "other-filings",
        asked: "if-so",
      }),
    ]),
  ],
};

export const ICO: FilingForm = {
  basis: "authority",
  verified: "S",
  checked: CHECKED,
  says: "The order is that of the ICO's form as a document, read in a copy; the online form has six parts and may order them otherwise. It asks to leave out the personal data themselves.",
  portal: "https://ico.org.uk/for-organisations/report-a-breach/",
  fields: [
    ...part("Report type", [...WHICH]),
    ...part("About the breach", [
      ask("what-happened", "What happened, what went wrong, and how", { from: "facts" }),
      ask("cyber", "Whether a cyber incident caused it", { kind: "yes-no" }),
      ask("found-out", "How you found out"),
      ask("discovered-at", "When you discovered it", {
        moment: ["awareAt", "processorNotifiedAt"],
      }),
      ask("happened-at", "When it happened", { kind: "moment", asked: "if-known" }),
      ask("data-categories", "Kinds of personal data", { hint: "Not known yet is an answer." }),
      ask("record-count", "How many personal data records", { kind: "number", told: ["records"] }),
      ask("subject-count", "How many people could be affected", {
        kind: "number",
        told: ["individuals"],
      }),
      ask("subject-categories", "Kinds of people affected"),
      ask("consequences", "Potential consequences for them, and what has happened to them so far"),
      ask("likelihood", "How likely significant consequences are", {
        kind: "choice",
        told: ["risk"],
        hint: "From very likely to very unlikely, or not yet known.",
      }),
      LATE,
    ]),
    ...part("Cyber incidents only", [
      ask("cia", "Whether confidentiality, integrity or availability was affected", {
        asked: "if-so",
      }),
      ask("impact", "Impact on your organisation", { kind: "choice", asked: "if-so" }),
      ask("recovery", "How long recovery takes", { kind: "choice", asked: "if-so" }),
    ]),
    ...part("Taking action", [
      ask("before", "Measures that were in place before, against a breach of this kind"),
      ask("actions", "What you have done to fix the problem and limit its effects", {
        from: "measures",
      }),
      ask("prevention", "What you do so that it does not happen again", { from: "remediations" }),
      ask("subjects-told", "Whether the people were told", { moment: ["individualsNotifiedAt"] }),
      ask("other-filings", "Other organisations that were told", {
        from: "other-filings",
        asked: "if-so",
      }),
    ]),
    ...part("About you", [
      ask("registration", "Registration number with the ICO", { kind: "line", asked: "if-known" }),
      ...WHO,
      ask("dpo", "Data protection officer, if somebody else"),
    ]),
  ],
};

export const ANPD: FilingForm = {
  basis: "authority",
  verified: "S",
  checked: CHECKED,
  says: "The order is that of the ANPD's form as others reproduce it; it is filed in Portuguese. Resolution 15/2024 Art. 6 lists the contents; the form was not compared with it line by line.",
  fields: [
    ...part("Controller", WHO.slice(0, 1)),
    ...part("Person in charge (encarregado), and who notifies", [
      ask("dpo", "Person in charge: name and how to reach them"),
      ...WHO.slice(1),
      ask("standing", "What entitles them to act for the controller", {
        hint: "An act of appointment or a power of attorney is filed with the form.",
      }),
    ]),
    ...part("Kind of communication", [
      ask("which", "Complete, preliminary or complementary", { kind: "line", from: "which" }),
      ask("earlier-number", "Number of the process opened before", {
        kind: "line",
        asked: "if-so",
        from: "earlier",
      }),
    ]),
    ...part("Risk", [
      ask("risk", "Assessment of the risk or damage to people", { told: ["relevantRisk", "risk"] }),
    ]),
    ...part("How and when it became known", [
      ask("found-out", "By which means it became known"),
      ask("operator", "The operator (processor) who told, if one did", { asked: "if-so" }),
      ask("occurred-at", "When the incident occurred", { kind: "moment", asked: "if-known" }),
      ask("known-at", "When it became known that personal data were affected", {
        moment: ["knownAt", "awareAt"],
      }),
      ask("subjects-told", "When the people concerned were told", {
        moment: ["individualsNotifiedAt"],
        asked: "if-known",
      }),
      ask("other-filings", "Other authorities that were told, and when", {
        from: "other-filings",
        asked: "if-so",
      }),
      LATE,
    ]),
    ...part("The incident", [
      ask("description", "What happened, and its root cause where it is known", { from: "facts" }),
      ask("data-nature", "Nature and categories of the personal data affected"),
      ask("subject-count", "Number of people affected", { kind: "number", told: ["individuals"] }),
      ask("subject-categories", "Of them children, adolescents and elderly people", {
        asked: "if-so",
      }),
      ask("consequences", "Likely consequences for them"),
    ]),
    ...part("Security measures", [
      ask("before", "Technical and security measures before the incident"),
      ask("after", "Measures taken since, and planned", { from: "measures" }),
      ask("planned", "Measures still to come", { from: "remediations", asked: "if-so" }),
      ask("to-subjects", "How people are told, and what they can do"),
    ]),
  ],
};

export const HHS: FilingForm = {
  basis: "authority",
  verified: "S",
  checked: CHECKED,
  says: "The order is that of the five sections of OCR's web form as an archived page shows it; the portal may ask in smaller steps. What is filed for 500 or more is published.",
  portal: "https://ocrportal.hhs.gov/ocr/breach/breach_report.jsf",
  fields: [
    ...part("General", [
      ask("which", "Initial report or addendum", { kind: "line", from: "which" }),
      ask("earlier-number", "Number of the report that this adds to", {
        kind: "line",
        asked: "if-so",
        from: "earlier",
      }),
      ask("affecting", "Whether it affects 500 or more, or fewer", { kind: "choice" }),
    ]),
    ...part("Covered entity", [
      ...WHO,
      ask("address", "Address of the covered entity"),
      ask("entity-kind", "Health plan, clearing house or provider", { kind: "choice" }),
    ]),
    ...part("Business associate", [
      ask("associate", "Whether it occurred at a business associate, and which", {
        asked: "if-so",
      }),
    ]),
    ...part("Breach", [
      ask("individuals", "About how many individuals are affected", {
        kind: "number",
        told: ["individuals"],
      }),
      ask("breach-dates", "When the breach began and ended"),
      ask("discovered-at", "When it was discovered", { moment: ["discoveredAt"] }),
      ask("breach-kind", "Type of breach", {
        kind: "choice",
        hint: "Hacking or IT incident, improper disposal, loss, theft, unauthorised access or disclosure.",
      }),
      ask("location", "Where the information was", {
        kind: "choice",
        hint: "Desktop computer, electronic medical record, mail, laptop, network server, other portable device, paper or films, other.",
      }),
      ask("phi-kinds", "Type of protected health information", {
        kind: "choice",
        hint: "Clinical, demographic, financial, other.",
      }),
      ask("description", "What happened, in a description", { from: "facts" }),
      ask("before", "Safeguards in place before the breach"),
    ]),
    ...part("Notice and actions taken", [
      ask("individuals-told", "When individuals were told", { moment: ["individualsNotifiedAt"] }),
      ask("substitute", "Whether substitute notice was needed", { kind: "yes-no" }),
      ask("media", "Whether the media were told", { kind: "yes-no" }),
      ask("actions", "Actions taken in response", { from: "measures" }),
    ]),
    ...part("Attestation", [ask("attested-by", "Who attests that it is true", { kind: "line" })]),
  ],
};

export const CALIFORNIA: FilingForm = {
  basis: "authority",
  verified: "P",
  checked: CHECKED,
  says: "The order is that of the Attorney General's web form as its page shows it. The sample of the notice is published; section 2 is for law enforcement.",
  portal: "https://oag.ca.gov/privacy/databreach/report-a-breach",
  fields: [
    ...part("Sample of the notice", [
      ask("sample", "A sample of the notice to residents, as a PDF without anybody's data", {
        cite: "Civ. Code 1798.82(f)",
        hint: "Attach the notice as it was sent; the portal takes PDF only.",
      }),
    ]),
    ...part("For law enforcement", [
      ask("organisation", "Name of the organisation", { kind: "line", from: "organisation" }),
      ask("breach-dates", "Date or dates of the breach", { asked: "if-known" }),
      ask("discovered-at", "Date or dates of discovery", { moment: ["discoveredAt"] }),
      ask("individuals-told", "Date or dates on which residents were told", {
        moment: ["individualsNotifiedAt"],
      }),
      ask("data-kinds", "Type of personal information involved"),
      ask("residents", "How many California residents", { kind: "number", told: ["residents"] }),
      ask("description", "What happened", { from: "facts" }),
      ask("delayed", "Whether law enforcement asked for a delay", { kind: "yes-no" }),
    ]),
    ...part("Who submits", WHO.slice(1)),
  ],
};
