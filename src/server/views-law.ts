/** View of the law: every regime of this release, and which could bind us by what we state. */

import { bindings } from "../core/law/profile.ts";
import { withinWords } from "../core/law/words.ts";
import { ok } from "../core/problem.ts";
import type { Reading } from "./reading.ts";
import { regimes } from "./regimes.ts";
import type { Views } from "./views.ts";

export const lawViews = ({ handling }: Reading): Pick<Views, "regimes"> => ({
  async regimes() {
    const { told } = await handling.installation();
    const items = bindings(regimes(), told ?? {}).map(({ regime, binds, why }) => ({
      id: regime.id,
      name: regime.name,
      jurisdiction: regime.jurisdiction,
      cite: regime.cite,
      url: regime.url ?? null,
      status: regime.status,
      inForceFrom: regime.inForceFrom ?? null,
      verified: regime.verified,
      checked: regime.checked,
      binds,
      why,
      watch: regime.watch ?? null,
      clauses: regime.clauses.map((clause) => ({
        id: clause.id,
        duty: clause.duty,
        recipient: clause.recipientName ?? clause.recipient,
        within: withinWords(clause),
        threshold: clause.threshold?.says ?? null,
      })),
    }));
    return ok({ told: told === undefined ? null : { ...told }, items });
  },
});
