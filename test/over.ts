/** Over: an incident that is fixed, told, resolved and learned from, gate by gate. */

import type { TestInstallation } from "../src/server/fixture.ts";

type Act = (subject: string, command: object) => Promise<unknown>;

/** What is needed before anything of `incident` is told to everybody. `review` is the team's own. */
export async function makeOver(
  it: TestInstallation,
  act: Act,
  incident: string,
  review: string,
): Promise<void> {
  const alone = { of: "fix", gate: "second-reader", reason: "Nobody else is here." };
  await act(incident, { type: "ExceptGate", ...alone });
  const evidence = ["https://ci.fennel.example/1"];
  await act(incident, { type: "ShowGate", of: "fix", gate: "pinned", evidence });
  await act(incident, { type: "ShipFix", text: "It is closed." });
  await act(incident, { type: "VerifyFix", note: "Listing gives 403." });
  for (const gate of ["watched", "customers-agree"])
    await act(incident, { type: "ShowGate", of: "resolve", gate, evidence: ["A day, quiet."] });
  const { body } = await it.read(`/incidents/${incident.slice("incident/".length)}`);
  for (const { id, duty, stoppedAt } of body.obligations)
    if (duty === "notify" && stoppedAt === null)
      await act(incident, { type: "MeetObligation", obligation: id, evidence: "Mailed." });
  await act(incident, { type: "ResolveIncident", note: "Over." });
  const answers = Object.fromEntries(Array.from({ length: 9 }, (_, i) => [String(i), "Known."]));
  await act(incident, { type: "WriteReview", text: review, answers });
  await act(incident, { type: "PublishReview" });
}
