/**
 * Setup: from an empty database to an owner, a company and a policy that runs.
 *
 * In this order: everything is checked, the link is used up, the owner, the policy
 * and the setup are recorded, and last the owner's row is made, which opens the
 * door. A kill in between leaves an installation without an owner: `due setup-link`
 * makes another link, and what was recorded is not recorded twice.
 */

import { rmSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { z } from "zod";
import type { ACCESS } from "../../api/access.ts";
import { isUnattended } from "../../core/mailbox.ts";
import { lint } from "../../core/policy/lint/lint.ts";
import { parsePolicy } from "../../core/policy/parse/parse.ts";
import { type Problems, refuse, type Result } from "../../core/problem.ts";
import { MINUTE_MS, plus, toIso } from "../../core/time/instant.ts";
import { isZoneName, zoneProblem } from "../../core/time/zone-name.ts";
import type { Command } from "../../core/subject.ts";
import { ownPolicy } from "../policy/example.ts";
import { holidaysOf } from "../holidays.ts";
import { freshId, type Lobby, record, signIn } from "./getting-in.ts";
import { digestOf } from "../../store/session.ts";
import { policiesFolder } from "../place.ts";
import { hashPassword } from "./secret.ts";
import type { AppContext } from "../world.ts";

export const SETUP_LINK_MS = 30 * MINUTE_MS;
export const SETUP_LINK_FILE = "setup-link.txt";

/** Keeps the link where only the operator can read it; removes it when there is an owner. */
export function writeSetupLink(folder: string, link: string | undefined): void {
  const file = join(folder, SETUP_LINK_FILE);
  rmSync(file, { force: true });
  if (link !== undefined) writeFileSync(file, `${link}\n`, { mode: 0o600 });
}

type Input = z.output<(typeof ACCESS)["setup"]>;

/** A one-time link for the first owner; earlier ones end. Undefined when there is an owner already. */
export async function makeSetupLink({
  store,
  now,
  url,
}: Pick<Lobby, "store" | "now" | "url">): Promise<string | undefined> {
  if ((await store.accounts.all()).length > 0) return undefined;
  const secret = await store.links.make({
    purpose: "set-up",
    account: null,
    expiresAt: plus(now(), SETUP_LINK_MS),
  });
  return `${url}/app/setup#${secret}`;
}

/**
 * Refuses with: already-set-up, link-over, zone-unknown, author-unattended, and what is wrong
 * with the example once it carries the company's names.
 */
export async function setUp(
  lobby: Lobby,
  input: Input,
  context: AppContext,
): Promise<Result<unknown> | Response> {
  const { store, now } = lobby;
  if ((await store.accounts.all()).length > 0) return hasOwner(lobby, input.token);
  if (!isZoneName(input.zone)) return { ok: false, problems: [zoneProblem(input.zone, "/zone")] };
  if (isUnattended(input.mail))
    return refuse(
      "author-unattended",
      `Nobody reads ${input.mail}: give the address that you read yourself.`,
      "/mail",
    );
  const text = await policyText(input, toIso(now()).slice(0, 10));
  if (!text.ok) return text;
  const link = await store.links.use(input.token, now());
  if (link?.purpose !== "set-up")
    return refuse(
      "link-over",
      "This setup link was used or is over. Run `due setup-link` on the host for a new one.",
    );
  // The row that opens the door is made last: a kill before it leaves a setup that can be done again.
  const half = (await lobby.team()).find(({ mail }) => mail === input.mail);
  const by = half?.id ?? `account/${freshId("ac")}`;
  for (const [subject, command] of stepsOf(input, by, text.value, half !== undefined)) {
    const recorded = await record(lobby, subject, by, command);
    if (!recorded.ok && !recorded.problems.every(({ code }) => DONE_BEFORE.has(code)))
      return recorded;
  }
  await store.settings.write("organisation", input.organisation, now());
  const account = by.replace(/^account\//, "");
  await store.accounts.add({
    id: account,
    name: input.name,
    mail: input.mail,
    role: "owner",
    password: await hashPassword(input.password),
    createdAt: now(),
  });
  await store.settings.write(USED_LINK, digestOf(input.token).toString("hex"), now());
  lobby.forgetSetupLink();
  if (input.sample) await lobby.loadSample(by);
  return signIn(lobby, account, context);
}

/** Under it stands the digest of the link that made the first owner. */
const USED_LINK = "setup.used-link";

/** Whoever comes again by the link that was used is told so; everybody else that there is an owner. */
async function hasOwner({ store }: Lobby, token: string): Promise<Result<never>> {
  const used = await store.settings.read(USED_LINK);
  return used === digestOf(token).toString("hex")
    ? refuse("link-over", "This link made the owner already, and works once: sign in instead.")
    : refuse("already-set-up", "This installation has an owner already: sign in instead.");
}

/** What an earlier setup that was cut off may have recorded already. */
const DONE_BEFORE = new Set(["policy-unchanged", "policy-label-taken", "already-set-up"]);

type Step = readonly [subject: string, command: Command];

function stepsOf(input: Input, by: string, text: string, isKnown: boolean): readonly Step[] {
  const { name, mail, organisation, zone } = input;
  const add = { type: "AddAccount", account: by, role: "owner", name, mail } as const;
  return [
    ...(isKnown ? [] : [["access/current", add] as const]),
    ["access/current", { type: "ChangeFactor", account: by, factor: "password", act: "set" }],
    ["policy/current", { type: "PublishPolicy", text }],
    ["installation/current", { type: "FinishSetup", organisation, zone }],
  ];
}

/** The chosen example with the company's own names, and nothing in it that may not be published. */
async function policyText(input: Input, today: string): Promise<Result<string>> {
  const example = await readFile(join(policiesFolder(), `${input.example}.yaml`), "utf8");
  const { organisation, name, mail, zone, windows } = input;
  const holidays = input.holidays === undefined ? undefined : holidaysOf(input.holidays);
  if (holidays && !holidays.ok) return holidays;
  const text = ownPolicy(example, {
    organisation,
    name,
    mail,
    zone,
    windows,
    today,
    ...(holidays ? { holidays: holidays.value.calendar } : {}),
  });
  const parsed = parsePolicy(text);
  if (!parsed.ok) return parsed;
  const blockers = lint(parsed.value).filter(({ level }) => level === "block");
  if (blockers.length > 0) return { ok: false, problems: blockers as unknown as Problems };
  return { ok: true, value: text };
}
