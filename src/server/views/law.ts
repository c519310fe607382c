/**
 * Views of the law: every regime of this release, which could bind us by what we state, and
 * what changed since the release that somebody read last.
 */

import type { ViewOf } from "../../api/view.ts";
import { bindings } from "../../core/law/profile.ts";
import { changesBetween } from "../../core/law/release-changes.ts";
import type { Release } from "../../core/law/release.ts";
import { withinWords } from "../../core/law/words.ts";
import { ok, refuse, type Result } from "../../core/problem.ts";
import type { Reading } from "./reading.ts";
import { regimes, releases } from "../regimes.ts";
import type { Views } from "./views.ts";

export const lawViews = ({ handling }: Reading): Pick<Views, "regimes" | "law-changes"> => ({
  async "law-changes"({ query }) {
    const { lawRead } = await handling.installation();
    return lawChanges(releases(), lawRead, query);
  },

  async regimes({ query }) {
    const { told } = await handling.installation();
    const asked = query.only === "told" ? [] : regimes();
    const items = bindings(asked, told ?? {}).map(({ regime, binds, why }) => ({
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

/** Refuses with `release-unknown`. A release that is no longer kept counts as never read. */
export function lawChanges(
  all: readonly Release[],
  lastRead: string | undefined,
  asked: { readonly from?: unknown; readonly to?: unknown },
): Result<ViewOf<"law-changes">> {
  const named = (name: unknown) => all.find(({ release }) => release === name);
  const unknown = [asked.from, asked.to].find((name) => name !== undefined && !named(name));
  const to = asked.to === undefined ? all.at(-1) : named(asked.to);
  if (unknown !== undefined || to === undefined) {
    const known = all.map(({ release }) => release).join(", ");
    const message = `There is no release ${String(unknown)} of the law's data: there is ${known}.`;
    return refuse("release-unknown", message);
  }
  const before = named(lastRead) ?? all[all.indexOf(to) - 1];
  const from = asked.from === undefined ? before : named(asked.from);
  const changes = from === undefined ? [] : changesBetween(from, to);
  return ok({
    releases: all.map(({ release, hash }) => ({ release, hash })),
    lastRead: lastRead ?? null,
    from: from?.release ?? null,
    to: to.release,
    changes: changes.map(({ stage = null, ...rest }) => ({ stage, ...rest })),
  });
}
