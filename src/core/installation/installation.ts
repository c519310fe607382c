/**
 * Installation: what happened to this installation itself, so that whoever reads
 * the record knows under which circumstances it was written.
 */

import type { BareContext } from "../context.ts";
import type { Erased } from "../erasure.ts";
import { ok, refuse, refuseAll, type Result } from "../problem.ts";
import type { Recorded } from "../recorded.ts";
import { decideSeat, keepSeat, type SeatCommand, type SeatEvent, type Seats } from "../seat.ts";
import { textProblem, TITLE_CHARACTERS_MAX } from "../text.ts";
import type { Instant } from "../time/instant.ts";
import type { FactRecord } from "../time/rule/world.ts";
import { isZoneName, zoneProblem } from "../time/zone-name.ts";

export type SetupFinished = {
  readonly type: "SetupFinished";
  readonly organisation: string;
  readonly zone: string;
  /** The hash of the first policy, where one was published. */
  readonly policy?: string;
};
export type SampleLoaded = { readonly type: "SampleLoaded"; readonly subjects: number };
export type SampleWiped = { readonly type: "SampleWiped"; readonly subjects: number };
/** The machine's clock went back or leapt by this much. */
export type ClockJumped = { readonly type: "ClockJumped"; readonly byMs: number };
export type CheckpointKeyChanged = {
  readonly type: "CheckpointKeyChanged";
  readonly from?: string;
  readonly to: string;
};
/** The self-check found the ledger whole up to this size. */
export type LedgerChecked = { readonly type: "LedgerChecked"; readonly size: number };
/** The self-check found a mismatch. */
export type LedgerBroken = {
  readonly type: "LedgerBroken";
  readonly size: number;
  readonly seq?: number;
  readonly says: string;
};
/** The record goes on from a backup: what was written after it is not here. */
export type Restored = {
  readonly type: "Restored";
  readonly size: number;
  /** When the backup was made. */
  readonly at: Instant;
};

/** What the organisation is, as laws ask: replaces what was stated before. */
export type OrganisationDescribed = {
  readonly type: "OrganisationDescribed";
  readonly told: FactRecord;
};

/** Somebody read what changed in the law's data, up to this release of them. */
export type LawRead = { readonly type: "LawRead"; readonly release: string };

/** Mails that nobody could read or match were not asked for in time: their bytes are gone. */
export type MailsForgotten = {
  readonly type: "MailsForgotten";
  /** How many, by why they had been put aside (a problem code). */
  readonly count: Readonly<Record<string, number>>;
  /** They had come before this. */
  readonly before: Instant;
};

export type MovedByZone = {
  readonly subject: string;
  readonly obligation: string;
  readonly wasDueAt: Instant | null;
  readonly dueAt: Instant | null;
};
/** Another release of the time zone data counts from now on; what was due has moved so. */
export type ZoneRulesChanged = {
  readonly type: "ZoneRulesChanged";
  readonly from: string;
  readonly to: string;
  /** The first hundred. */
  readonly moved: readonly MovedByZone[];
  readonly movedCount: number;
};

export type InstallationEvent =
  | ZoneRulesChanged
  | OrganisationDescribed
  | LawRead
  | MailsForgotten
  | SetupFinished
  | SampleLoaded
  | SampleWiped
  | ClockJumped
  | CheckpointKeyChanged
  | LedgerChecked
  | LedgerBroken
  | Restored
  | SeatEvent
  | Erased;

export type FinishSetup = {
  readonly type: "FinishSetup";
  readonly organisation: string;
  readonly zone: string;
  readonly policy?: string;
};
export type LoadSample = { readonly type: "LoadSample"; readonly subjects: number };
export type WipeSample = { readonly type: "WipeSample"; readonly subjects: number };
export type RecordClockJump = { readonly type: "RecordClockJump"; readonly byMs: number };
export type ChangeCheckpointKey = {
  readonly type: "ChangeCheckpointKey";
  readonly from?: string;
  readonly to: string;
};
export type RecordCheck = {
  readonly type: "RecordCheck";
  readonly size: number;
  readonly broken?: { readonly seq?: number; readonly says: string };
};
export type RecordRestore = {
  readonly type: "RecordRestore";
  readonly size: number;
  readonly backupAt: Instant;
};

export type DescribeOrganisation = {
  readonly type: "DescribeOrganisation";
  readonly role: readonly string[];
  readonly entity?: string;
  readonly nis2?: string;
  readonly jurisdictions?: readonly string[];
  readonly memberState?: string;
};

export type ReadLaw = { readonly type: "ReadLaw"; readonly release: string };

export type RecordForgottenMails = Omit<MailsForgotten, "type"> & {
  readonly type: "RecordForgottenMails";
};

export type RecordZoneRules = Omit<ZoneRulesChanged, "type"> & {
  readonly type: "RecordZoneRules";
};

export type InstallationCommand =
  | RecordZoneRules
  | RecordForgottenMails
  | DescribeOrganisation
  | ReadLaw
  | FinishSetup
  | LoadSample
  | WipeSample
  | RecordClockJump
  | ChangeCheckpointKey
  | RecordCheck
  | SeatCommand
  | RecordRestore;

export type Installation = {
  version: number;
  setUpAt?: Instant;
  organisation: string;
  zone: string;
  sample: boolean;
  key?: string;
  checked?: { readonly at: Instant; readonly size: number };
  broken?: { readonly at: Instant; readonly size: number; readonly seq?: number };
  /** What the organisation states to be; absent before anybody said so. */
  told?: FactRecord;
  /** The release of the law's data that was read last. */
  lawRead?: string;
  /** Who from outside reads every incident; absent before the first. */
  seats?: Seats;
};

/** What this installation is after `entries`, oldest first. */
export function foldInstallation(entries: readonly Recorded<InstallationEvent>[]): Installation {
  const installation: Installation = { version: 0, organisation: "", zone: "UTC", sample: false };
  for (const recorded of entries) evolve(installation, recorded);
  return installation;
}

/**
 * Refuses with `already-set-up`, `zone-unknown`, `text-missing`, `text-too-long`,
 * `sample-loaded`, `sample-absent`, `release-unknown`, `release-read`, `seat-not-lead`, and of seats as `decideSeat`.
 */
export function decide(
  installation: Installation,
  command: InstallationCommand,
  context: Partial<BareContext> = {},
): Result<readonly InstallationEvent[]> {
  const { beside } = context;
  switch (command.type) {
    case "GiveSeat":
    case "EndSeat":
      // A program reads every incident to nobody.
      if (context.person?.role !== "owner") return refuse("seat-not-lead", NOT_OWNER);
      return decideSeat(installation.seats ?? {}, command, context as BareContext, "all");
    case "OpenSeat":
      return decideSeat(installation.seats ?? {}, command, context as BareContext, "all");
    case "FinishSetup":
      return finishSetup(installation, command);
    case "DescribeOrganisation":
      return describe(command);
    case "ReadLaw":
      return readLaw(installation, command, beside?.releases);
    case "LoadSample":
      return installation.sample
        ? refuse("sample-loaded", "The sample data are loaded already.")
        : ok([{ type: "SampleLoaded", subjects: command.subjects }]);
    case "WipeSample":
      return installation.sample
        ? ok([{ type: "SampleWiped", subjects: command.subjects }])
        : refuse("sample-absent", "There are no sample data to wipe.");
    case "RecordClockJump":
      return ok([{ type: "ClockJumped", byMs: command.byMs }]);
    case "RecordZoneRules":
      return ok([{ ...command, type: "ZoneRulesChanged" }]);
    case "RecordForgottenMails":
      return ok([{ ...command, type: "MailsForgotten" }]);
    case "ChangeCheckpointKey": {
      const { from, to } = command;
      return installation.key === to
        ? ok([])
        : ok([{ type: "CheckpointKeyChanged", to, ...(from === undefined ? {} : { from }) }]);
    }
    case "RecordCheck":
      return ok(checked(installation, command));
    case "RecordRestore":
      return ok([{ type: "Restored", size: command.size, at: command.backupAt }]);
  }
}

function finishSetup(
  installation: Installation,
  { organisation, zone, policy }: FinishSetup,
): Result<readonly SetupFinished[]> {
  if (installation.setUpAt !== undefined) {
    return refuse("already-set-up", "This installation is set up already: sign in instead.");
  }
  const problems = [
    textProblem(organisation, TITLE_CHARACTERS_MAX, "/organisation", "Name the organisation."),
    isZoneName(zone) ? undefined : zoneProblem(zone, "/zone"),
  ].filter((problem) => problem !== undefined);
  const named = policy === undefined ? {} : { policy };
  return refuseAll(problems, [{ type: "SetupFinished", organisation, zone, ...named }]);
}

const PLACE = /^[A-Z]{2}(?:-[A-Z]{2})?$/;

/** Refuses with `place-unknown`. */
function describe(command: DescribeOrganisation): Result<readonly OrganisationDescribed[]> {
  const { type: _, ...stated } = command;
  const wrong = (stated.jurisdictions ?? []).findIndex((place) => !PLACE.test(place));
  if (wrong >= 0) {
    const message = `"${stated.jurisdictions?.[wrong]}" is no place: write EU, UK, IN or US-CA.`;
    return refuse("place-unknown", message, `/jurisdictions/${wrong}`);
  }
  const told = Object.fromEntries(
    Object.entries(stated).filter(([, value]) => value !== undefined && value.length > 0),
  );
  return ok([{ type: "OrganisationDescribed", told }]);
}

/** Refuses with `release-unknown`, `release-read`; what is read stays read. */
function readLaw(
  { lawRead }: Installation,
  { release }: ReadLaw,
  releases: readonly string[] | undefined,
): Result<readonly LawRead[]> {
  if (releases && !releases.includes(release)) {
    const known = releases.join(", ");
    const message = `There is no release ${release} of the law's data here: there is ${known}.`;
    return refuse("release-unknown", message, "/release");
  }
  if (lawRead !== undefined && lawRead >= release) {
    const message = `The release ${lawRead} was read already: nothing came after it up to ${release}.`;
    return refuse("release-read", message, "/release");
  }
  return ok([{ type: "LawRead", release }]);
}

const NOT_OWNER =
  "A seat for every incident is given and ended by an owner: sign in, or use a token that you made in your own name (scope as-person).";

/** A mismatch is recorded once, and again when it is another one. */
function checked(
  { broken }: Installation,
  { size, broken: found }: RecordCheck,
): readonly (LedgerChecked | LedgerBroken)[] {
  if (!found) return [{ type: "LedgerChecked", size }];
  if (broken && broken.seq === found.seq && broken.size === size) return [];
  const { seq, says } = found;
  return [{ type: "LedgerBroken", size, says, ...(seq === undefined ? {} : { seq }) }];
}

function evolve(installation: Installation, recorded: Recorded<InstallationEvent>): void {
  const { event, at, version } = recorded;
  installation.version = version;
  switch (event.type) {
    case "SetupFinished":
      installation.setUpAt = at;
      installation.organisation = event.organisation;
      installation.zone = event.zone;
      return;
    case "OrganisationDescribed":
      installation.told = event.told;
      return;
    case "LawRead":
      installation.lawRead = event.release;
      return;
    case "SampleLoaded":
      installation.sample = true;
      return;
    case "SampleWiped":
      installation.sample = false;
      return;
    case "CheckpointKeyChanged":
      installation.key = event.to;
      return;
    case "LedgerChecked":
      installation.checked = { at, size: event.size };
      delete installation.broken;
      return;
    case "LedgerBroken": {
      const { size, seq } = event;
      installation.broken = { at, size, ...(seq === undefined ? {} : { seq }) };
      return;
    }
    case "SeatGiven":
    case "SeatOpened":
    case "SeatEnded":
      keepSeat((installation.seats ??= { given: [], visits: [] }), { ...recorded, event });
      return;
    case "ClockJumped":
    case "ZoneRulesChanged":
    case "MailsForgotten":
    case "Restored":
    case "Erased":
      return;
    default:
      return unknown(event);
  }
}

/** An entry of a later version of this program: its meaning must not be guessed. */
function unknown(event: never): never {
  throw new Error(`An entry about the installation of an unknown type: ${JSON.stringify(event)}`);
}
