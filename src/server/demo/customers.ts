/**
 * The sample company's customers: three at three stages, two of them with a clause
 * of their own. Everybody and every word here is invented.
 */

import type { AddCustomer } from "../../core/party/customer.ts";
import type { Policy } from "../../core/policy/policy.ts";
import { DAY_MS, type Instant, plus } from "../../core/time/instant.ts";
import { localDate } from "../../core/time/wall-time.ts";

/** `claim` is the one whose confirmation their contracts count from. */
export function sampleCustomers(
  policy: Policy,
  claim: string,
  at: Instant,
): readonly AddCustomer[] {
  const daysAgo = (days: number): string => localDate(plus(at, -days * DAY_MS), "UTC");
  const within = (count: number) => ({
    duty: "notify",
    from: `${claim}:confirmed`,
    within: { count, unit: "hours" },
  });
  return [
    {
      ...customer(policy, 0, "Meridian Health"),
      contacts: [
        {
          name: "Dr. Abena Osei",
          mail: "security@meridian.example",
          phone: "+49 30 555 0101",
          language: "de",
          zone: "Europe/Berlin",
          verifiedOn: daysAgo(40),
          primary: true,
          security: true,
        },
        { name: "Tomas Lind", mail: "privacy@meridian.example", verifiedOn: daysAgo(40) },
      ],
      dataSets: [
        { name: "Visit exports", role: "processor", categories: ["health data", "names"] },
      ],
      deployments: [{ product: "Fennel Agent", release: "2.14.1" }],
      clauses: [
        {
          clause: "meridian-baa-4",
          text: "Fennel shall notify the Covered Entity without delay, and in any case within twenty-four (24) hours after it has confirmed that Protected Data were exposed.",
          document: "baa",
          documentOn: daysAgo(300),
          section: "§4.2",
          terms: within(24),
        },
      ],
    },
    {
      ...customer(policy, 1, "Kestrel Bank"),
      contacts: [
        {
          name: "Jonas Wirth",
          mail: "incident@kestrel.example",
          language: "de",
          zone: "Europe/Berlin",
          verifiedOn: daysAgo(15),
        },
      ],
      dataSets: [{ name: "Limit exports", role: "processor", categories: ["account limits"] }],
      clauses: [
        {
          clause: "kestrel-dpa-7",
          text: "The Processor informs the Bank of any exposure of Bank Data within forty-eight (48) hours of its confirmation, first by telephone and then in writing.",
          document: "dpa",
          documentOn: daysAgo(90),
          section: "§7.2",
          terms: within(48),
        },
      ],
    },
    {
      ...customer(policy, 2, "Oakline"),
      contacts: [{ name: "Priya Raman", mail: "priya@oakline.example", verifiedOn: daysAgo(200) }],
    },
  ];
}

const customer = (policy: Policy, index: number, name: string) => ({
  type: "AddCustomer" as const,
  name,
  role: "processor" as const,
  sample: true,
  ...stageOf(policy, index),
});

/** They stand at the policy's stages, the last one first. */
function stageOf({ stages }: Policy, index: number): { stage?: string } {
  const stage = stages?.at(-1 - (index % Math.max(stages.length, 1)))?.id;
  return stage === undefined ? {} : { stage };
}
