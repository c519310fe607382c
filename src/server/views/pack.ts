/** View of the pack that a controller needs from us, with only that customer's facts in it. */

import type { PackLetter } from "../../core/incident/outward/pack.ts";
import { packFor } from "../../core/incident/outward/pack.ts";
import { isCustomer } from "../../core/party/party.ts";
import { ok } from "../../core/problem.ts";
import { owedBy } from "./owed.ts";
import { missing, type Reading } from "./reading.ts";
import type { Views } from "./views.ts";

export const packViews = (reading: Reading): Pick<Views, "controller-pack"> => ({
  async "controller-pack"({ parameters, at }) {
    const { subjects } = reading.handling;
    const [opened, party] = await Promise.all([
      subjects.open("incident", parameters["id"] ?? ""),
      subjects.open("party", parameters["customer"] ?? ""),
    ]);
    const owed = opened && (await owedBy(reading, opened));
    const customer = party?.folded.state;
    if (!opened || !owed || !customer || !isCustomer(customer)) return missing("such pack");
    const entries = await reading.store.ledger.readTypes([opened.subject], ["NoticeRequested"]);
    const letters = entries.flatMap(({ event }): PackLetter[] =>
      event.type === "NoticeRequested" && event.recipient === `customer:${customer.id}`
        ? [{ id: event.notice, title: event.subject, body: event.body }]
        : [],
    );
    const policy = owed.policy.policy;
    const pack = packFor(opened.folded.state, customer, letters, { policy, at });
    return pack === undefined ? missing("such pack") : ok(structuredClone(pack) as never);
  },
});
