/**
 * Where each promise of an incident-response policy stands in the three examples.
 *
 * Ids and wording follow the table of what this product was made to keep; a cell
 * names the parts of that policy which hold the promise, and an absent cell says
 * that this policy does not make it. If a part is deleted or renamed, the test
 * fails with the promise that would have gone with it.
 *
 *     clause:… channel:… section:… phase:… role:… severity:… element:… fact:…
 *     gate:…            a gate of fixing, resolving, closing or of a phase
 *     stage:… decision:… priority:… mitigation:…
 *     /reporting/pgp    a pointer into the document, where something must stand
 */

export type Example = "vendor" | "product" | "solo";

export type Promise = {
  readonly id: string;
  readonly what: string;
  readonly in: Readonly<Partial<Record<Example, readonly string[]>>>;
};

export const PROMISES: readonly Promise[] = [
  {
    id: "D1",
    what: "signals from monitoring, with the time they reached us",
    in: {
      vendor: ["channel:monitoring", "gate:signal-logged", "section:detection"],
      product: ["channel:monitoring", "gate:signal-logged", "section:detection"],
      solo: ["channel:monitoring", "gate:signal-logged", "section:detection"],
    },
  },
  {
    id: "D2",
    what: "customers' reports, passed on within a time",
    in: {
      vendor: ["channel:customer-report", "clause:escalate-ticket"],
      product: ["channel:customer-report", "clause:escalate-ticket", "clause:triage-any"],
      solo: ["channel:customer-report", "clause:escalate-ticket"],
    },
  },
  {
    id: "D3",
    what: "advisory feeds",
    in: { vendor: ["channel:advisories"], product: ["channel:dependency-advisories"] },
  },
  {
    id: "D4",
    what: "researchers: address, key, subject, what to include, answer, safe harbour, bounty",
    in: {
      vendor: [
        "channel:disclosure",
        "/reporting/email",
        "/reporting/pgp/fingerprint",
        "/reporting/subject",
        "/reporting/include/0",
        "/reporting/safeHarbour",
        "/reporting/bounty/absent",
        "clause:acknowledge-any",
        "element:tracking-id",
        "element:first-severity",
        "section:reporting",
      ],
      product: [
        "channel:researcher",
        "/reporting/email",
        "/reporting/pgp/fingerprint",
        "/reporting/subject",
        "/reporting/include/0",
        "/reporting/safeHarbour",
        "/reporting/bounty/absent",
        "clause:acknowledge-report",
        "element:tracking-id",
        "element:first-severity",
        "element:bounty-position",
        "section:reporting",
      ],
      solo: [
        "channel:researcher",
        "/reporting/email",
        "/reporting/pgp/fingerprint",
        "/reporting/subject",
        "/reporting/include/0",
        "/reporting/safeHarbour",
        "/reporting/bounty/absent",
        "clause:acknowledge-report",
        "element:tracking-id",
        "section:reporting",
      ],
    },
  },
  { id: "D5", what: "audits with a register of findings", in: { product: ["channel:audits"] } },
  {
    id: "D6",
    what: "operators pass on what they see",
    in: {
      product: ["channel:operator", "clause:triage-any"],
      solo: ["channel:own-observation"],
    },
  },
  {
    id: "D7",
    what: "providers' status and notification feeds",
    in: {
      vendor: ["channel:supplier-feed", "/providers/0", "clause:engage-supplier"],
      solo: ["channel:provider-feed", "/providers/5", "clause:engage-provider"],
    },
  },
  {
    id: "D8",
    what: "channels listed by signal to noise, which is measured",
    in: { product: ["section:detection", "/channels/5"] },
  },
  {
    id: "D9",
    what: "false positives, duplicates and what is out of scope: closed, noted, counted",
    in: {
      product: ["phase:triage", "section:detection"],
      solo: ["phase:triage", "section:detection"],
    },
  },
  {
    id: "T1",
    what: "severity by our own scale, moving with the facts, every change recorded",
    in: {
      vendor: ["severity:sev1", "severity:sev4", "/questions/9", "section:severity"],
      product: ["severity:critical", "severity:low", "/questions/9", "section:severity"],
      solo: ["severity:sev1", "severity:sev3", "/questions/9", "section:severity"],
    },
  },
  {
    id: "T2",
    what: "a separate operational scale",
    in: { product: ["priority:p0", "priority:p3", "section:scope"] },
  },
  {
    id: "T3",
    what: "targets per severity, with and without a number",
    in: {
      vendor: [
        "clause:acknowledge-sev1",
        "clause:acknowledge-sev2",
        "clause:acknowledge-any",
        "clause:triage-sev1",
        "clause:triage-any",
        "clause:stabilise-sev1",
        "clause:stabilise-sev2",
        "clause:stabilise-sev3",
        "clause:stabilise-sev4",
        "clause:patch-sev1",
        "clause:patch-sev2",
        "clause:patch-sev3",
        "clause:patch-sev4",
      ],
      product: [
        "clause:triage-critical",
        "clause:triage-any",
        "clause:mitigate-critical",
        "clause:mitigate-high",
        "clause:mitigate-medium",
        "clause:mitigate-low",
        "clause:fix-critical",
        "clause:fix-high",
        "clause:fix-medium",
        "clause:fix-low",
        "section:severity",
      ],
      solo: [
        "clause:acknowledge-report",
        "clause:triage-signal",
        "clause:respond-sev1",
        "clause:mitigate-sev1",
        "clause:mitigate-sev2",
        "clause:mitigate-sev3",
        "clause:fix-sev1",
        "clause:fix-sev2",
        "clause:fix-sev3",
        "section:targets",
      ],
    },
  },
  {
    id: "T4",
    what: "roles as functions, and escalation outward",
    in: {
      vendor: ["role:lead", "role:technical", "role:communications", "role:supplier-support"],
      product: [
        "role:lead",
        "role:technical",
        "role:communications",
        "role:compliance",
        "role:counsel",
      ],
      solo: [
        "role:lead",
        "role:technical",
        "role:communications",
        "role:provider-support",
        "role:counsel",
        "role:forensics",
        "section:roles",
      ],
    },
  },
  {
    id: "T5",
    what: "a private room and a ticket",
    in: {
      vendor: ["gate:channel-and-ticket", "section:framework"],
      product: ["gate:ticket-open", "section:flow"],
      solo: ["section:lifecycle"],
    },
  },
  {
    id: "R1",
    what: "our own phases, with what must be true to enter and to leave",
    in: {
      vendor: [
        "phase:detect",
        "phase:triage",
        "phase:stabilise",
        "phase:mitigate",
        "phase:validate",
        "gate:stabilised",
        "gate:classified",
      ],
      product: [
        "phase:report",
        "phase:triage",
        "phase:assess",
        "phase:mitigate",
        "phase:fix",
        "phase:close",
        "/phases/3/parallel",
        "gate:severity-assigned",
        "gate:verified",
      ],
      solo: [
        "phase:detect",
        "phase:triage",
        "phase:contain",
        "phase:eradicate",
        "phase:recover",
        "phase:review",
        "gate:is-contained",
        "gate:severity-given",
      ],
    },
  },
  {
    id: "R2",
    what: "contain before fixing, with kinds of control",
    in: {
      vendor: ["phase:stabilise", "mitigation:pull-release", "mitigation:revoke-key"],
      product: [
        "phase:mitigate",
        "mitigation:switch-off",
        "mitigation:firewall-rule",
        "mitigation:rotate-credential",
        "mitigation:disable-path",
        "mitigation:rate-limit",
      ],
      solo: [
        "phase:contain",
        "mitigation:revoke-credential",
        "mitigation:disable-feature",
        "mitigation:roll-back",
        "mitigation:take-offline",
      ],
    },
  },
  {
    id: "R3",
    what: "reproduction and impact, documented",
    in: {
      product: ["phase:assess", "gate:reproduced", "gate:impact-documented"],
      solo: ["phase:triage", "gate:exposure-answered"],
    },
  },
  {
    id: "R4",
    what: "the gates a fix must pass",
    in: {
      product: [
        "gate:second-engineer",
        "/gates/fix/0/second",
        "gate:pinned-by-test",
        "gate:runtime-invariant",
        "section:fixing",
      ],
    },
  },
  {
    id: "R5",
    what: "a controlled rollout, with guidance for customers who must act",
    in: {
      vendor: [
        "phase:mitigate",
        "gate:rollout-followed",
        "gate:guidance-sent",
        "clause:guide-customer",
        "element:affected-releases",
        "fact:customer-action-needed",
      ],
    },
  },
  {
    id: "R6",
    what: "verified in production, watched, closure confirmed",
    in: {
      vendor: ["gate:telemetry-confirms", "gate:customers-confirm", "clause:confirm-closure"],
      product: [
        "gate:verified-in-production",
        "gate:verification-note",
        "gate:no-recurrence",
        "gate:closure-confirmed",
      ],
      solo: ["gate:verified-live", "gate:way-closed", "gate:watched", "gate:customers-agree"],
    },
  },
  {
    id: "R7",
    what: "one running timeline with both times",
    in: { vendor: ["section:framework"], product: ["section:flow"], solo: ["section:lifecycle"] },
  },
  {
    id: "N1",
    what: "the decision whether to tell, a no recorded like a yes",
    in: {
      vendor: ["decision:customer-impact", "decision:would-want-to-know", "gate:notice-decided"],
      product: [
        "decision:exposure",
        "decision:financial-impact",
        "decision:would-want-to-know",
        "decision:regulator",
        "gate:notice-asked-at-triage",
        "gate:notice-decided",
        "gate:notice-asked-after-mitigation",
        "section:telling-customers",
      ],
      solo: ["decision:exposure", "gate:notices-decided", "section:decision"],
    },
  },
  {
    id: "N2",
    what: "when customers are told, with preliminary notices",
    in: {
      vendor: [
        "clause:notify-sev1",
        "clause:notify-sev2",
        "clause:notify-low",
        "clause:notify-suspected",
        "clause:notify-personal-data",
        "section:notification",
      ],
      product: [
        "clause:notify-exposure-critical",
        "clause:notify-exploitation-critical",
        "clause:notify-plausible-critical",
        "clause:notify-exposure-high",
        "clause:notify-affected-high",
        "clause:notify-exposure-other",
        "clause:notify-financial-critical",
        "clause:notify-financial-other",
        "clause:notify-wanted-critical",
        "clause:notify-wanted-high",
        "clause:notify-beside-filing",
      ],
      solo: [
        "clause:notify-breach-sev1",
        "clause:notify-breach",
        "clause:preliminary-notice",
        "clause:complete-notice",
        "clause:notify-exposure",
        "clause:notify-damage",
        "clause:notify-financial-impact",
        "section:breach-notices",
      ],
    },
  },
  {
    id: "N3",
    what: "what a notice must contain",
    in: {
      product: [
        "element:what-happened",
        "element:what-data",
        "element:what-we-did",
        "element:what-you-should-do",
        "element:contact",
        "element:next-update",
        "section:notice-contents",
      ],
      solo: [
        "element:what-happened",
        "element:what-data",
        "element:what-we-did",
        "element:contact",
        "element:next-update",
      ],
    },
  },
  {
    id: "N4",
    what: "channels out: a named person's mail, banner, status page, a call",
    in: {
      vendor: ["channel:mail", "channel:banner", "channel:status-page", "clause:call-production"],
      product: ["channel:mail", "channel:banner", "channel:status-page", "clause:call-enterprise"],
      solo: ["channel:mail", "channel:banner", "channel:status-page", "clause:call-customer"],
    },
  },
  {
    id: "N5",
    what: "controller or processor decides whom we tell",
    in: {
      solo: [
        "clause:notify-controller",
        "element:for-your-filing",
        "section:controller-or-processor",
      ],
    },
  },
  {
    id: "N6",
    what: "filings within the legal window, made by a person",
    in: {
      vendor: ["clause:file-exploited", "clause:file-personal-data", "section:authorities"],
      product: ["clause:file-authority", "role:compliance", "section:authorities"],
      solo: ["clause:file-authority", "section:authorities"],
    },
  },
  {
    id: "N7",
    what: "public security advisories",
    in: {
      vendor: ["clause:publish-advisory", "channel:advisory-page", "section:advisories"],
      product: ["clause:publish-advisory", "channel:advisory-page", "section:advisories"],
    },
  },
  {
    id: "N8",
    what: "a provider's incident is ours to communicate",
    in: {
      vendor: ["fact:provider-incident", "clause:engage-supplier", "section:suppliers"],
      solo: ["fact:provider-incident", "clause:engage-provider", "section:providers"],
    },
  },
  {
    id: "N9",
    what: "everything else, aggregated in a periodic report",
    in: {
      product: ["clause:report-other", "/cadence/transparencyReport/count", "section:transparency"],
    },
  },
  {
    id: "L1",
    what: "a blameless review within its window",
    in: {
      vendor: ["clause:review-incident", "/review/questions/7", "section:review"],
      product: ["clause:review-incident", "/review/questions/7", "section:review"],
      solo: ["clause:review-incident", "/review/questions/7", "section:learning"],
    },
  },
  {
    id: "L2",
    what: "a summary for customers; a public review after a notice",
    in: {
      vendor: ["clause:summarise-review", "clause:publish-review", "gate:public-review-out"],
      product: ["clause:summarise-review", "fact:summary-requested"],
    },
  },
  {
    id: "L3",
    what: "remediations with owner and date, looked at monthly; no closing before they are done",
    in: {
      product: ["/cadence/remediations/count", "gate:remediations-done", "section:review"],
      solo: ["/cadence/remediations/count", "gate:remediations-done", "section:learning"],
    },
  },
  {
    id: "L4",
    what: "patterns across reviews and low severities",
    in: { product: ["section:review"], solo: ["section:learning", "severity:sev3"] },
  },
  {
    id: "L5",
    what: "a risk register with two faces",
    in: {
      product: ["gate:register-updated", "section:risk-register", "section:response-detail"],
    },
  },
  {
    id: "L6",
    what: "past incidents, computed from the record",
    in: { vendor: ["section:past-incidents"] },
  },
  {
    id: "P1",
    what: "versions, an owner, a cadence of review, changes announced",
    in: {
      vendor: ["/owner/name", "/cadence/review/count", "/cadence/announce", "section:versions"],
      product: ["/owner/name", "/cadence/review/count", "/cadence/announce", "section:versioning"],
      solo: [
        "/owner/name",
        "/cadence/review/count",
        "/cadence/afterMaterialIncident",
        "section:this-plan",
      ],
    },
  },
  {
    id: "P2",
    what: "an audience for each section",
    in: {
      vendor: ["section:runbook"],
      product: ["section:response-detail", "section:runbook", "section:further-detail"],
    },
  },
  {
    id: "P3",
    what: "stages that add and never take away; the contract governs",
    in: {
      vendor: [
        "stage:design-partner",
        "stage:pilot",
        "stage:production",
        "clause:notify-sev1-pilot",
        "clause:notify-sev1-production",
        "clause:notify-sev2-production",
        "clause:update-production",
        "section:stages",
      ],
    },
  },
  {
    id: "P4",
    what: "nothing left open: what is absent is declared absent",
    in: { product: ["/reporting/bounty/absent", "/reporting/statusPage", "/reporting/email"] },
  },
  {
    id: "P5",
    what: "honest scope",
    in: { vendor: ["section:scope", "section:honest-framing"], solo: ["section:honesty"] },
  },
  {
    id: "P6",
    what: "every change in the record",
    in: { vendor: ["section:versions"], product: ["section:flow"], solo: ["section:this-plan"] },
  },
];
