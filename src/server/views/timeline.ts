/**
 * View of an incident's timeline, in windows.
 *
 * The lines are kept from one asking to the next and extended by what was
 * recorded since, so a window of ten thousand lines costs what a window of ten
 * does. They are built anew when something was erased, when another policy binds
 * the incident, and when somebody's name has changed.
 */

import type { PinnedPolicy } from "../../core/context.ts";
import { evolve } from "../../core/incident/evolve.ts";
import { foldIncident, type IncidentEvent } from "../../core/incident/incident.ts";
import { contractClauses, incidentObligations } from "../../core/incident/owed/obligation.ts";
import { lawWords } from "../../core/incident/owed/law-owed.ts";
import { recipientsOf } from "../../core/incident/situation.ts";
import { emptyIncident } from "../../core/incident/state.ts";
import type { TermsClause } from "../../core/policy/bound.ts";
import type { Policy } from "../../core/policy/policy.ts";
import { ok } from "../../core/problem.ts";
import type { Recorded } from "../../core/recorded.ts";
import { signalObligations } from "../../core/signal/obligation.ts";
import { foldSignal, type SignalEvent } from "../../core/signal/signal.ts";
import { missing, nameOf, type Reading, recipientNames, sentenceOf } from "./reading.ts";
import type { Opened } from "../subjects.ts";
import {
  type Density,
  type Reader,
  type Replay,
  type Timeline,
  timelineOf,
} from "../timeline/timeline.ts";
import type { Views } from "./views.ts";

const WINDOW_LINES = 100;
const KEPT_TIMELINES_MAX = 24;

type Kept = { readonly timeline: Timeline; readonly key: string };

export function timelineView(reading: Reading): Pick<Views, "timeline"> {
  const kept = new Map<string, Kept>();

  /** The timeline of an incident as it stands, extended or built anew. */
  const current = async (opened: Opened<"incident">): Promise<Timeline> => {
    const { subject, entries, folded } = opened;
    const { reader, key } = await incidentReader(reading, opened);
    const known = kept.get(subject);
    const added = entries.slice(known?.timeline.version ?? 0);
    const isOld =
      known?.key !== key ||
      known.timeline.version > entries.length ||
      added.some(({ event }) => event.type === "Erased");
    const timeline = isOld ? timelineOf(entries, reader) : known.timeline;
    if (!isOld && added.length > 0) timeline.extend(added);
    kept.delete(subject);
    kept.set(subject, { timeline, key });
    const [oldest] = kept.keys();
    if (kept.size > KEPT_TIMELINES_MAX && oldest !== undefined) kept.delete(oldest);
    // Nobody else may have closed it meanwhile: what is folded is what these entries say.
    return folded.state.version === timeline.version ? timeline : timelineOf(entries, reader);
  };

  return {
    async timeline({ parameters, query, asOf }) {
      const id = parameters.id ?? "";
      const opened = await reading.handling.subjects.openAsOf("incident", id, asOf);
      if (!opened) return missing("such incident");
      const timeline =
        asOf === undefined
          ? await current(opened)
          : timelineOf(opened.entries, (await incidentReader(reading, opened)).reader);
      const {
        from = 0,
        limit = WINDOW_LINES,
        only = "everything",
      } = query as {
        readonly from?: number;
        readonly limit?: number;
        readonly only?: Density;
      };
      const lines = timeline.of(only);
      return ok({ items: lines.slice(from, from + limit), from, total: lines.length });
    },
  };
}

/** A reader for an incident, and what it depends on beside the entries. */
export async function incidentReader(
  reading: Reading,
  { id, folded, entries }: Opened<"incident">,
): Promise<{ readonly reader: Reader; readonly key: string }> {
  const policies = await policiesOf(reading, entries);
  const policy = policies.get(folded.state.policy.hash);
  const names = await recipientNames(reading, recipientsOf(folded.state));
  const contracts = contractClauses(folded.state);
  const law = lawWords(folded.state);
  const told = new Map([...law.names, ...names]);
  const reader = await readerOf(reading, policy, told, incidentReplay(id, policies), {
    contracts,
    older: [...policies.values()].reverse(),
    laws: law.says,
  });
  const { version } = await reading.handling.access();
  const bound = entries.reduce(
    (last, entry) => (BINDS.has(entry.event.type) ? entry.version : last),
    0,
  );
  const key = [policy?.hash, version, [...told], bound, [...law.says.keys()]];
  return { reader, key: JSON.stringify(key) };
}

/** Entries that change which contracts are read here. */
const BINDS: ReadonlySet<string> = new Set<IncidentEvent["type"]>([
  "CustomerTouched",
  "CustomerRebound",
  "CustomerCleared",
  "ProviderInvolved",
  "ProviderCleared",
  "EntryStruck",
]);

/** The names through which entries are read. */
export async function readerOf(
  { handling }: Reading,
  pinned: PinnedPolicy | undefined,
  names: ReadonlyMap<string, string>,
  replay: () => Replay,
  beside: {
    readonly contracts?: readonly TermsClause[];
    /** Versions from before a re-basing, for what only they promised. */
    readonly older?: readonly PinnedPolicy[];
    /** What each clause of a law says, by its id. */
    readonly laws?: ReadonlyMap<string, string>;
  } = {},
): Promise<Reader> {
  const { contracts = [], older = [], laws } = beside;
  const [access, { zone }] = await Promise.all([handling.access(), handling.installation()]);
  const policy = pinned?.policy ?? NO_POLICY;
  const clauses = new Map([...contracts, ...policy.clauses].map((one) => [one.id, one]));
  return {
    lens: {
      policy,
      zone,
      person: (account) => access.accounts[account]?.name ?? account,
      recipient: (id) => names.get(id) ?? RECIPIENT_WORDS[id] ?? id.slice(id.indexOf(":") + 1),
      promise(id) {
        const clause = clauses.get(id);
        if (clause) return sentenceOf(clause, policy);
        const before = older.find((one) => one.policy.clauses.some((known) => known.id === id));
        const gone = before?.policy.clauses.find((known) => known.id === id);
        return before && gone ? sentenceOf(gone, before.policy) : (laws?.get(id) ?? id);
      },
    },
    byName: (by) => nameOf(by, access),
    replay,
  };
}

const RECIPIENT_WORDS: Readonly<Record<string, string>> = {
  team: "the team",
  authority: "the competent authority",
  public: "the public",
};

/** Before a policy is published there is nothing to name. */
const NO_POLICY = {
  severities: [],
  phases: [],
  roles: [],
  channels: [],
  facts: [],
  mitigations: [],
  clauses: [],
  gates: {},
} as unknown as Policy;

/** Every version that the incident has run under, by hash. */
type Policies = ReadonlyMap<string, PinnedPolicy>;

async function policiesOf(
  { handling }: Reading,
  entries: Opened<"incident">["entries"],
): Promise<Policies> {
  const hashes = entries.flatMap(({ event }) => ("policyHash" in event ? [event.policyHash] : []));
  const found = await Promise.all(hashes.map((hash) => handling.world.policies.byHash(hash)));
  return new Map(found.flatMap((policy) => (policy ? [[policy.hash, policy] as const] : [])));
}

/** Event by event, which is the whole cost of a line; a strike is read from the beginning. */
const incidentReplay = (reference: string, policies: Policies) => (): Replay => {
  let incident = emptyIncident(reference);
  return {
    next(entry, all) {
      if (entry.event.type === "EntryStruck" || entry.event.type === "IncidentRebased")
        incident = foldIncident(reference, all as readonly Recorded<IncidentEvent>[]);
      else evolve(incident, entry as Recorded<IncidentEvent>, false);
    },
    owed() {
      const policy = policies.get(incident.policy.hash);
      return policy ? incidentObligations(incident, policy) : [];
    },
  };
};

/** A signal has few entries: it is folded whenever its clocks are asked for. */
export const signalReplay = (reference: string, policy: PinnedPolicy | undefined) => (): Replay => {
  let entries: readonly Recorded<SignalEvent>[] = [];
  return {
    next(_, all) {
      entries = all as readonly Recorded<SignalEvent>[];
    },
    owed: () => (policy ? signalObligations(foldSignal(reference, entries), policy) : []),
  };
};
