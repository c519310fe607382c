/**
 * Views of the installation: who you are, who there is, and what the record's keeper knows of it.
 */

import { VERSION } from "../../api/version.ts";
import type { PersonRow } from "../../api/view.ts";
import type { Installation } from "../../core/installation/installation.ts";
import { ok } from "../../core/problem.ts";
import { formatBoth } from "../../core/time/format.ts";
import { toIso } from "../../core/time/instant.ts";
import { nameOf, type Reading } from "./reading.ts";
import type { Asked, Views } from "./views.ts";
import { iso } from "./owed.ts";

export const installationViews = (reading: Reading): Pick<Views, "me" | "people" | "ledger"> => ({
  me: (asked) => me(reading, asked),
  async people() {
    return ok({ items: (await reading.handling.team()).map((person) => ({ ...person })) });
  },
  ledger: () => ledger(reading),
});

async function me(reading: Reading, { caller, at }: Asked): ReturnType<Views["me"]> {
  const { store, handling, mail } = reading;
  const { organisation, zone, sample } = await handling.installation();
  const [current, access] = await Promise.all([store.views.policies.current(), handling.access()]);
  const person: PersonRow = caller.person
    ? { ...caller.person }
    : { id: caller.by, name: nameOf(caller.by, access), mail: "", role: "reader" };
  const id = person.id.replace(/^account\//, "");
  const [account, passkeys] = await Promise.all([store.accounts.byId(id), store.passkeys.of(id)]);
  return ok({
    person,
    organisation,
    zone,
    mail: { ...mail },
    policyVersion: current?.version ?? null,
    serverAt: toIso(at),
    sample,
    factors: { totp: (account?.totp ?? null) !== null, passkeys: passkeys.length },
    version: VERSION,
    attention: store.signing.ok ? [] : store.signing.problems.map(({ message }) => message),
  });
}

async function ledger({ store, handling, custody }: Reading): ReturnType<Views["ledger"]> {
  const [{ size, root }, { origin, key, checkpoint }, installation] = await Promise.all([
    store.ledger.head(),
    custody(),
    handling.installation(),
  ]);
  return ok({
    origin,
    size,
    root: Buffer.from(root).toString("base64"),
    checkpoint,
    key,
    checkedAt: iso(installation.broken?.at ?? installation.checked?.at),
    checkSays: checkSays(installation),
  });
}

function checkSays({ checked, broken, zone }: Installation): string {
  if (broken)
    return `Broken: what was written ${broken.seq === undefined ? "" : `as entry ${broken.seq} `}is no longer what stands here, found ${formatBoth(broken.at, zone)}. Keep the newest backup and call for help.`;
  if (checked)
    return `Whole up to ${checked.size} entries, checked ${formatBoth(checked.at, zone)}.`;
  return "Not checked yet.";
}
