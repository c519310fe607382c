/**
 * Steps: on which subjects a command is decided, in which order.
 *
 * Most commands are one step on the subject they name. A signal that is confirmed
 * is a step on the signal and one on its incident; a command that makes its
 * subject is given one here, because core makes no ids. What a rule must know of
 * other subjects is read here and handed in beside.
 */

import type { Beside } from "./core/context.ts";
import type { Link, LinkSignal } from "./core/incident/opening.ts";
import type { NameRecipients } from "./core/incident/notice/drafting.ts";
import type { PublishPublicReview } from "./core/incident/response/public-review.ts";
import type { ApproveNotice, SendDraft } from "./core/incident/notice/sending.ts";
import { draftOf, type Incident } from "./core/incident/state.ts";
import { factNames } from "./core/law/fact-names.ts";
import { bondOf } from "./core/party/contract.ts";
import type { Customer } from "./core/party/customer.ts";
import type { Other } from "./core/party/other.ts";
import { OTHER_PREFIX } from "./core/party/other-words.ts";
import { wordsOf } from "./core/notice/check/finding.ts";
import { tellingOf } from "./core/telling-beside.ts";
import { isCustomer, type Party } from "./core/party/party.ts";
import { ok, refuse, type Result } from "./core/problem.ts";
import { isMaterial } from "./core/publication/review.ts";
import type { RecordDelivery } from "./core/notice/notice.ts";
import { hasReporter, signalObligations } from "./core/signal/obligation.ts";
import type { RecordSignal } from "./core/signal/record.ts";
import { reporterId, type Signal } from "./core/signal/state.ts";
import type { ConfirmSignal } from "./core/signal/triage.ts";
import { type Kind, KINDS, parseSubject } from "./core/subject.ts";
import { besidePolicy, besideShare } from "./beside-policy.ts";
import { besidePublic, IS_PUBLIC } from "./beside-public.ts";
import type { Desk, Draft, Step } from "./desk.ts";
import type { Envelope, World } from "./handle.ts";

/** What `envelope` comes to. Refuses with `subject-unknown`, `stale`, `entry-unknown`. */
export async function stepsOf<P>(
  envelope: Envelope,
  desk: Desk<P>,
  world: World<P>,
): Promise<Result<readonly Step[]>> {
  const { subject, command, expectedVersion } = envelope;
  const draft = await targetOf(envelope, desk, world);
  if (!draft) return refuse("subject-unknown", `There is no subject ${subject}.`);
  if (expectedVersion !== undefined && expectedVersion !== draft.version) {
    const message = `Somebody was faster: this is at version ${draft.version} now, and you saw ${expectedVersion}. Look again, then decide.`;
    return refuse("stale", message);
  }
  if (command.type === "ConfirmSignal") return ok(await confirming(draft, command, desk, world));
  if (command.type === "LinkSignal") return ok(await linking(draft, command, desk));
  if (command.type === "EraseEntry") {
    return ok([{ draft, command: { ...command, entry: entryOf(envelope) } }]);
  }
  const step = { draft, command, beside: await besideOf(draft, command, envelope, desk, world) };
  if (draft.kind === "incident") {
    const reports =
      command.type === "RecordDeliveries"
        ? command.reports
        : command.type === "RecordDelivery"
          ? [command]
          : [];
    const met = await Promise.all(reports.map((one) => answering(draft, one, desk, world)));
    if (reports.length > 0) return ok([step, ...met.flat()]);
  }
  if (command.type !== "ResolveIncident") return ok([step]);
  return ok([step, ...(await callingForReview(draft, desk, world))]);
}

/** An acknowledgement that was sent from an incident meets what its signal owes the reporter. */
async function answering<P>(
  draft: Draft,
  { notice, outcome }: Omit<RecordDelivery, "type">,
  desk: Desk<P>,
  { policies }: World<P>,
): Promise<readonly Step[]> {
  const held = (draft.folded.state as Incident).notices[notice];
  if (held?.kind !== "acknowledgement" || held.state === "delivered") return [];
  const reporter = /^reporter:(.+)$/.exec(held.recipient ?? "")?.[1];
  if (reporter === undefined || outcome.is !== "delivered") return [];
  const policy = await policies.current();
  const signal = await desk.open("signal", reporter);
  const owed = policy ? signalObligations(signal.folded.state as Signal, policy) : [];
  return owed
    .filter(({ clause, stoppedAt }) => clause.duty === "acknowledge" && stoppedAt === undefined)
    .map(({ id }) => ({
      draft: signal,
      command: {
        type: "MeetObligation",
        obligation: id,
        evidence: `${notice} of ${draft.id}, ${"kept" in outcome ? "kept as a file: no mail server is set up" : "accepted by their server"}.`,
      },
    }));
}

/** After an incident that the policy calls material, the policy itself is to be looked at. */
async function callingForReview<P>(
  { id, folded }: Draft,
  desk: Desk<P>,
  { policies }: World<P>,
): Promise<readonly Step[]> {
  const incident = folded.state as Incident;
  if (incident.state === "none" || incident.drill || incident.sample) return [];
  const pinned = await policies.byHash(incident.policy.hash);
  const severity = incident.severity.at(-1)?.to;
  if (!pinned || !isMaterial(pinned.policy, severity)) return [];
  const draft = await desk.open("policy", "current");
  return [{ draft, command: { type: "CallForReview", incident: id } }];
}

/** The subject that the envelope is about, or a new one for a command that makes its subject. */
async function targetOf<P>(
  { subject, command, at }: Envelope,
  desk: Desk<P>,
  world: World<P>,
): Promise<Draft | undefined> {
  if (command.type === "RecordSignal" && command.fingerprint !== undefined) {
    return seenBefore(command, command.fingerprint, at, desk, world);
  }
  const kind = KINDS.find((known) => known === subject);
  if (kind === "party")
    return desk.create(kind, `${prefixOf(command)}${world.fresh.characters(10)}`);
  if (kind) return created(kind, desk, world);
  const named = subject.startsWith("entry/")
    ? await world.subjectOfEntry(subject.slice("entry/".length))
    : subject;
  const target = named === undefined ? undefined : parseSubject(named);
  return target && desk.open(target.kind, target.id);
}

/** A subject that does not exist yet; of the kinds that there is one of, that one. */
async function created<P>(kind: Kind, desk: Desk<P>, world: World<P>): Promise<Draft> {
  for (;;) {
    const draft = await desk.open(kind, await freshId(kind, desk, world));
    if (draft.version === 0 || draft.id === "current") return draft;
  }
}

async function freshId<P>(
  kind: Kind,
  desk: Desk<P>,
  { fresh, nextIncident }: World<P>,
): Promise<string> {
  if (kind === "signal") {
    const characters = fresh.characters(6);
    return `R-${characters.slice(0, 4)}-${characters.slice(4)}`;
  }
  if (kind === "incident") {
    const open = desk.opened("incident").map(({ id }) => Number(id.slice("INC-".length)));
    return `INC-${Math.max(await nextIncident(), ...open.map((number) => number + 1))}`;
  }
  return "current";
}

/** A party's id says which noun it is. */
const prefixOf = (command: Envelope["command"]): string =>
  command.type === "AddParty" ? OTHER_PREFIX[command.kind] : "cus_";

/** The signal that is current for this fingerprint, unless it is closed; and the count of it. */
async function seenBefore<P>(
  command: RecordSignal,
  fingerprint: string,
  at: Envelope["at"],
  desk: Desk<P>,
  world: World<P>,
): Promise<Draft> {
  const here = desk.seen.findLast((sighting) => sighting.fingerprint === fingerprint)?.signal;
  const was = here ?? (await world.currentSignal(fingerprint));
  const current = was === undefined ? undefined : await desk.open("signal", was);
  const state = (current?.folded.state as Signal | undefined)?.state;
  const goesOn = state === "open" || state === "confirmed";
  const draft = current && goesOn ? current : await created("signal", desk, world);
  // That something is over which we hold nothing of makes no signal, and is not counted.
  if (!goesOn && command.stopped) return draft;
  desk.seen.push({
    signal: draft.id,
    fingerprint,
    count: 1,
    at: command.receivedAt ?? at,
    firing: command.stopped === undefined ? null : !command.stopped,
    ...(goesOn ? {} : { was: was ?? null }),
  });
  return draft;
}

async function linking<P>(
  draft: Draft,
  command: LinkSignal,
  desk: Desk<P>,
): Promise<readonly Step[]> {
  const signal = await desk.open("signal", command.signal);
  if (signal.version === 0) return [{ draft, command }];
  const link = linkOf(signal.folded.state as Signal);
  return [
    { draft, command: { ...command, link } },
    { draft: signal, command: { type: "ConfirmSignal", into: draft.id } },
  ];
}

async function confirming<P>(
  draft: Draft,
  command: ConfirmSignal,
  desk: Desk<P>,
  world: World<P>,
): Promise<readonly Step[]> {
  const signal = draft.folded.state as Signal;
  const incident =
    command.incident === undefined
      ? await created("incident", desk, world)
      : await desk.open("incident", command.incident);
  const link = linkOf(signal);
  const { answers, severity, reason, title = signal.title } = command;
  return [
    { draft, command: { ...command, into: incident.id } },
    {
      draft: incident,
      command:
        command.incident === undefined
          ? {
              type: "OpenIncident",
              title,
              link,
              ...(signal.sample ? { sample: true } : {}),
              ...(answers === undefined ? {} : { answers }),
              ...(severity === undefined ? {} : { severity }),
              ...(reason === undefined ? {} : { reason }),
            }
          : { type: "LinkSignal", signal: signal.reference, link },
      ...(command.incident === undefined ? { beside: besideLaw(world) } : {}),
    },
  ];
}

/** What an incident keeps of a signal that joins it. */
function linkOf(signal: Signal): Link {
  const { reference, receivedAt, channel, moments } = signal;
  const id = reporterId(reference);
  const acknowledgedAt = moments[`acknowledgedAt/${id}`];
  const reporter = { id, ...(acknowledgedAt === undefined ? {} : { acknowledgedAt }) };
  return {
    signal: reference,
    receivedAt: receivedAt as NonNullable<typeof receivedAt>,
    channel,
    ...(hasReporter(signal) ? { reporter } : {}),
  };
}

async function besideOf<P>(
  { folded }: Draft,
  command: Envelope["command"],
  envelope: Envelope,
  desk: Desk<P>,
  world: World<P>,
): Promise<Beside> {
  const { by } = envelope;
  if (folded.kind === "policy") return besidePolicy(folded.state, envelope, desk, world);
  if (IS_PUBLIC.has(command.type)) return besidePublic(command, by, desk, world);
  if (command.type === "OpenIncident" || command.type === "TakeUpLaw") return besideLaw(world);
  if (command.type === "TellFact") return { facts: factNames(world.law?.().regimes ?? []) };
  if (command.type === "ReadLaw") return { releases: world.law?.().releases ?? [] };
  if (command.type === "RebaseIncident") {
    const policy = await world.policies.byVersion(command.policyVersion);
    return policy === undefined ? {} : { policy };
  }
  if (command.type === "OpenRegime") {
    const regime = world.law?.().regimes.find(({ id }) => id === command.regime);
    return regime === undefined ? {} : { regime };
  }
  if (command.type === "CloseSignal" && command.duplicateOf !== undefined) {
    const { id, version } = await desk.open("signal", command.duplicateOf);
    return version === 0 ? {} : { signal: { reference: id } };
  }
  if (command.type === "TouchCustomer" || command.type === "RebindCustomer") {
    const { folded: party } = await desk.open("party", command.customer);
    const found = party.state as Party;
    return isCustomer(found) ? besideCustomer(found) : {};
  }
  if (command.type === "TouchCustomers") {
    const directory = await world.directory?.();
    return directory === undefined ? {} : { directory };
  }
  if (isTelling(command)) {
    return { telling: await besideTelling(folded.state as Incident, command, desk, world) };
  }
  if (command.type === "ShareSection") return besideShare(world);
  if (command.type === "InvolveProvider") {
    const { folded: party } = await desk.open("party", command.provider);
    const found = party.state as Party;
    return isCustomer(found) ? {} : besideProvider(found);
  }
  return command.type === "CloseIncident"
    ? { reporters: await reportersOf(folded.state as Incident, desk) }
    : {};
}

const isTelling = (command: Envelope["command"]): command is Telling =>
  ["NameRecipients", "ApproveNotice", "SendDraft", "PublishPublicReview"].includes(command.type);

type Telling = NameRecipients | ApproveNotice | SendDraft | PublishPublicReview;

/** Who may be written to, whose names must not slip in, and who reported it. */
async function besideTelling<P>(
  incident: Incident,
  command: Telling,
  desk: Desk<P>,
  { customersIn, law }: World<P>,
) {
  const wanted =
    command.type === "NameRecipients"
      ? command.recipients.flatMap(({ customer }) => customer ?? [])
      : incident.customers.map(({ id }) => id);
  const parties = await Promise.all(wanted.map((id) => desk.open("party", id)));
  const signals = await Promise.all(
    incident.signals.map(({ signal }) => desk.open("signal", signal)),
  );
  const words = wordsToTell(incident, command) ?? "";
  return tellingOf(
    parties.map(({ folded }) => folded.state as Party),
    signals.map(({ folded }) => folded.state as Signal),
    (words === "" ? undefined : await customersIn?.(words)) ?? [],
    law?.().regimes ?? [],
  );
}

/** All that would leave, in which a name could stand. */
function wordsToTell(incident: Incident, command: Telling): string | undefined {
  const { publicReview } = incident;
  if (command.type === "PublishPublicReview") {
    return publicReview && `${publicReview.written.title}\n${publicReview.written.text}`;
  }
  const draft = draftOf(incident, command.draft);
  return draft && wordsOf(draft);
}

/** The laws that could bind us; none where nobody has stated what we are. */
function besideLaw<P>({ law }: World<P>): Beside {
  const { told, regimes } = law?.() ?? {};
  return told === undefined || regimes === undefined ? {} : { law: { told, regimes } };
}

function besideCustomer(customer: Customer): Beside {
  const { id, name, stage, role, state } = customer;
  if (state === "none") return {};
  const bond = bondOf(customer);
  return {
    customer: {
      id,
      name,
      removed: state === "removed",
      ...(stage === undefined ? {} : { stage }),
      ...(role === undefined ? {} : { role }),
      ...(bond === undefined ? {} : { bond }),
    },
  };
}

function besideProvider(provider: Other): Beside {
  const { id, kind, state } = provider;
  if (state === "none" || kind !== "provider") return {};
  const bond = bondOf(provider);
  return {
    provider: { id, removed: state === "removed", ...(bond === undefined ? {} : { bond }) },
  };
}

async function reportersOf<P>({ signals }: Incident, desk: Desk<P>) {
  return Promise.all(
    signals.map(async ({ signal: reference }) => {
      const { folded } = await desk.open("signal", reference);
      const { moments } = folded.state as Signal;
      const acknowledgedAt = moments[`acknowledgedAt/${reporterId(reference)}`];
      return { signal: reference, ...(acknowledgedAt === undefined ? {} : { acknowledgedAt }) };
    }),
  );
}

/** The entry that `entry/<id>` names, or the one in the command itself. */
function entryOf({ subject, command }: Envelope): string {
  if (subject.startsWith("entry/")) return subject.slice("entry/".length);
  return command.type === "EraseEntry" ? command.entry : "";
}
