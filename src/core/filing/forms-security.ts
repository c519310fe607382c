/**
 * Forms for incidents of networks and products: NIS2, the Cyber Resilience Act, the SEC's
 * 8-K, New York's financial supervisor, and CERT-In.
 */

import { type Asked, ask, type FilingForm, LATE, part, WHICH, WHO } from "./form.ts";

const CHECKED = "2026-11-22";

const SIGNIFICANT: readonly Asked[] = [
  ask("aware-at", "When you became aware that it is significant", { moment: ["awareAt"] }),
  ask("title", "What happened, in short", { from: "facts" }),
];
const COMPROMISE = ask("indicators", "Indicators of compromise, where there are any", {
  asked: "if-known",
  cite: "Art. 23(4)(b)",
  covers: ["indicators of compromise where available"],
});

const nis2 = (fields: readonly Asked[]): FilingForm => ({
  basis: "law",
  verified: "S",
  checked: CHECKED,
  says: "The order is that of Article 23(4). Each Member State has a portal and a form of its own, which may ask more.",
  fields: [
    ...part("This report", WHICH),
    ...part("Who reports", [
      ...WHO,
      ask("entity-kind", "Sector, and whether essential or important", {
        told: ["nis2", "entity"],
      }),
    ]),
    ...part("The incident", [...SIGNIFICANT, ...fields, LATE]),
    ...part("Beside", [
      ask("other-filings", "Other authorities that were told", {
        from: "other-filings",
        asked: "if-so",
      }),
    ]),
  ],
});

const CROSS_BORDER = ask("cross-border", "Whether it could affect other Member States, and which", {
  asked: "if-so",
  cite: "Art. 23(4)(a)",
  covers: ["possible cross-border impact", "cross-border impact"],
});
const SEVERITY = ask("severity", "Severity", { from: "severity", cite: "Art. 23(4)(b)" });
const ONGOING = ask("mitigation", "Mitigation applied, and still going on", {
  from: "measures",
  cite: "Art. 23(4)(d)(iii)",
  covers: ["applied and ongoing mitigation"],
});

export const NIS2_EARLY = nis2([
  ask("malicious", "Whether unlawful or malicious acts are suspected", {
    kind: "yes-no",
    told: ["malicious"],
    cite: "Art. 23(4)(a)",
    covers: ["suspected unlawful or malicious acts"],
  }),
  CROSS_BORDER,
]);

export const NIS2_NOTIFICATION = nis2([
  ask("update", "What has changed since the early warning", {
    cite: "Art. 23(4)(b)",
    covers: ["update"],
  }),
  ask("assessment", "First assessment of the incident and its impact", {
    cite: "Art. 23(4)(b)",
    covers: ["initial assessment, severity, impact"],
  }),
  SEVERITY,
  ask("affected", "Services and customers affected", { from: "customers" }),
  COMPROMISE,
  ask("mitigation", "Measures so far", { from: "measures" }),
]);

export const NIS2_INTERMEDIATE = nis2([
  ask("asked-for", "What the authority asked for"),
  ask("update", "What has changed since the last report", { cite: "Art. 23(4)(c)" }),
  ask("mitigation", "Measures so far", { from: "measures" }),
]);

export const NIS2_FINAL = nis2([
  ask("description", "A detailed description, with severity and impact", {
    cite: "Art. 23(4)(d)(i)",
    covers: ["detailed description, severity, impact"],
  }),
  SEVERITY,
  ask("cause", "The type of threat, or the root cause that probably set it off", {
    cite: "Art. 23(4)(d)(ii)",
    covers: ["type of threat or root cause"],
  }),
  ONGOING,
  ask("fixes", "What was repaired", { from: "fixes", asked: "if-so" }),
  CROSS_BORDER,
  ask("handled-at", "When the incident was handled, or that it goes on", {
    moment: ["incidentHandledAt", "resolvedAt"],
    asked: "if-known",
  }),
]);

const SENSITIVE = ask("sensitivity", "How sensitive you consider this information to be", {
  kind: "choice",
  asked: "if-so",
  covers: ["sensitivity"],
  hint: "The platform marks reports by it; say why dissemination should wait, if it should.",
});
const STATES = ask("member-states", "Member States where the product was made available", {
  asked: "if-known",
  told: ["memberState"],
  covers: ["Member States where available", "Member States"],
});
const USERS_CAN = ask("users-can", "Measures that users can take", {
  covers: ["measures users can take"],
});
const MEASURES = ask("measures", "Corrective or mitigating measures taken", {
  from: "measures",
  covers: ["measures taken", "measures"],
});

const cra = (fields: readonly Asked[]): FilingForm => ({
  basis: "law",
  verified: "S",
  checked: CHECKED,
  says: "The order is that of Article 14. The Single Reporting Platform is a web form without an interface for programs; its own fields were not seen, and it may ask in another order.",
  fields: [
    ...part("This report", WHICH),
    ...part("Manufacturer", [
      ...WHO,
      ask("establishment", "Member State of the main establishment", {
        kind: "line",
        told: ["memberState"],
      }),
    ]),
    ...part("Product", [ask("product", "Product with digital elements: name, versions, type")]),
    ...part("Report", [
      ask("aware-at", "When you became aware", { moment: ["awareAt"] }),
      ...fields,
    ]),
    ...part("Delay", [LATE]),
  ],
});

export const CRA_VULN_EARLY = cra([
  ask("exploited", "That it is actively exploited, and what shows it", { from: "facts" }),
  STATES,
]);
export const CRA_VULN_NOTIFICATION = cra([
  ask("vulnerability", "The product, the exploit and the vulnerability, in general terms", {
    from: "facts",
    cite: "Art. 14(2)(b)",
    covers: ["general info on product, nature of exploit and vulnerability"],
  }),
  MEASURES,
  USERS_CAN,
  SENSITIVE,
  STATES,
]);
export const CRA_VULN_FINAL = cra([
  ask("description", "The vulnerability, its severity and its impact", {
    cite: "Art. 14(2)(c)(i)",
    covers: ["description, severity, impact"],
  }),
  SEVERITY,
  ask("actor", "Who exploits it, where that is known", {
    asked: "if-known",
    cite: "Art. 14(2)(c)(ii)",
    covers: ["malicious actor where available"],
  }),
  ask("update", "The security update, or the other corrective measure", {
    from: "fixes",
    cite: "Art. 14(2)(c)(iii)",
    covers: ["details of the security update or other corrective measure"],
  }),
  ask("measure-at", "When a corrective measure was available", { moment: ["measureAvailableAt"] }),
]);
export const CRA_INTERMEDIATE = cra([
  ask("asked-for", "What the CSIRT asked for"),
  ask("update", "What has changed since the last report"),
  MEASURES,
]);
export const CRA_INCIDENT_EARLY = cra([
  ask("malicious", "Whether unlawful or malicious acts are suspected", {
    kind: "yes-no",
    told: ["malicious"],
    cite: "Art. 14(4)(a)",
    covers: ["suspected unlawful or malicious acts"],
  }),
  STATES,
]);
export const CRA_INCIDENT_NOTIFICATION = cra([
  ask("nature", "The nature of the incident", {
    from: "facts",
    cite: "Art. 14(4)(b)",
    covers: ["nature"],
  }),
  ask("assessment", "First assessment", { cite: "Art. 14(4)(b)", covers: ["initial assessment"] }),
  MEASURES,
  ask("users-can", "Measures that users can take"),
  SENSITIVE,
]);
export const CRA_INCIDENT_FINAL = cra([
  ask("description", "A detailed description, with severity and impact", {
    cite: "Art. 14(4)(c)(i)",
    covers: ["detailed description, severity, impact"],
  }),
  SEVERITY,
  ask("cause", "The type of threat, or the root cause", {
    cite: "Art. 14(4)(c)(ii)",
    covers: ["threat or root cause"],
  }),
  ask("mitigation", "Mitigation applied, and still going on", {
    from: "measures",
    cite: "Art. 14(4)(c)(iii)",
    covers: ["applied and ongoing mitigation"],
  }),
]);

const eightK = (amendment: readonly Asked[]): FilingForm => ({
  basis: "authority",
  verified: "S",
  checked: CHECKED,
  says: "The order is that of Item 1.05 with its instructions, and of the cover page in so far as an incident fills it. It is public when it is filed; technical detail that would hinder the response may stay out (Instruction 4).",
  portal: "https://www.edgarfiling.sec.gov",
  fields: [
    ...part("Cover page", [
      ask("organisation", "Exact name of the registrant", { kind: "line", from: "organisation" }),
      ask("determined-at", "Date of the earliest event: the determination that it is material", {
        moment: ["materialityDeterminedAt"],
      }),
    ]),
    ...part("Item 1.05(a)", [
      ...amendment,
      ask("nature", "Material aspects of its nature", {
        cite: "Item 1.05(a)",
        from: "facts",
        covers: ["material aspects of nature, scope, timing"],
      }),
      ask("scope", "Material aspects of its scope", { cite: "Item 1.05(a)", from: "customers" }),
      ask("timing", "Material aspects of its timing", {
        cite: "Item 1.05(a)",
        moment: ["discoveredAt", "awareAt"],
      }),
      ask("impact", "Its material impact, or what is reasonably likely", {
        cite: "Item 1.05(a)",
        covers: ["material impact or reasonably likely material impact"],
        hint: "On the registrant, its financial condition and the results of its operations.",
      }),
      ask("undetermined", "What is not determined or not available yet, said as such", {
        cite: "Instruction 2",
        asked: "if-so",
        hint: "It is amended within four business days of being determined.",
      }),
      ask("delay", "A delay that the Attorney General granted", {
        cite: "Item 1.05(c)",
        asked: "if-so",
      }),
    ]),
    ...part("Signature", [ask("signed-by", "Who signs, and in which office", { kind: "line" })]),
  ],
});

export const SEC_8K = eightK([]);
export const SEC_8KA = eightK([
  ask("amends", "The report that this amends", { kind: "line", from: "earlier" }),
  ask("information", "The information that was not available then"),
]);

export const NYDFS: FilingForm = {
  basis: "generic",
  verified: "U",
  checked: CHECKED,
  says: "The portal's own questions were not seen: these are what 500.17(a) and guidance to it name. It is filed through the DFS portal, and updated there for as long as something changes.",
  portal: "https://www.dfs.ny.gov/industry_guidance/cybersecurity",
  fields: [
    ...part("Covered entity", [
      ...WHO,
      ask("licence", "Licence or identifier with the department", { kind: "line" }),
    ]),
    ...part("This notice", WHICH),
    ...part("The incident", [
      ask("determined-at", "When you determined that it occurred", {
        moment: ["determinedAt"],
        cite: "500.17(a)(1)",
      }),
      ask("occurred-at", "When it occurred", { kind: "moment", asked: "if-known" }),
      ask("where", "At you, at an affiliate, or at a third-party service provider", {
        kind: "choice",
        cite: "500.17(a)(1)",
      }),
      ask("ground", "Why it must be reported", {
        kind: "choice",
        cite: "500.1(g)",
        hint: "Another body must be told; material harm is reasonably likely; ransomware in a material part.",
      }),
      ask("description", "What happened", { from: "facts" }),
      ask("affected", "Systems, information and customers affected", { from: "customers" }),
      ask("consumers", "How many consumers, in New York and in all", {
        kind: "number",
        told: ["consumers", "individuals"],
      }),
      ask("measures", "What was done", { from: "measures" }),
      ask("other-filings", "Other authorities that were told", {
        from: "other-filings",
        asked: "if-so",
      }),
      LATE,
    ]),
  ],
};

export const CERT_IN: FilingForm = {
  basis: "authority",
  verified: "S",
  checked: CHECKED,
  says: "The order is that of CERT-In's incident reporting form as guides to it describe it; the form itself was not compared. It may be sent by mail within the six hours, with what is known.",
  portal: "mailto:incident@cert-in.org.in",
  fields: [
    ...part("Who reports", [
      ...WHO,
      ask("sector", "Sector, address and registration of the organisation"),
    ]),
    ...part("The incident", [
      ask("incident-kind", "Type of incident, from Annexure I of the Directions", {
        kind: "choice",
        hint: "Such as unauthorised access, data breach, data leak, malicious code, denial of service.",
      }),
      ask("noticed-at", "When it was noticed, in Indian time", {
        moment: ["noticedAt", "awareAt"],
      }),
      ask("occurred-at", "When it occurred", { kind: "moment", asked: "if-known" }),
      ask("systems", "Affected systems: addresses, names, systems and applications, place"),
      ask("symptoms", "What was observed", { from: "facts" }),
      ask("impact", "Whether critical systems are affected, and the impact", { from: "customers" }),
      ask("indicators", "Where it seems to come from; indicators of compromise", {
        asked: "if-known",
      }),
      ask("before", "Security measures that were in place"),
      ask("measures", "What was done against it", { from: "measures" }),
      ask("other-filings", "Other agencies that were told", {
        from: "other-filings",
        asked: "if-so",
      }),
      LATE,
    ]),
  ],
};
