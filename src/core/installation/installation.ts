/**
 * Installation: what happened to this installation itself, so that whoever reads
 * the record knows under which circumstances it was written.
 */

import type { Erased } from "../erasure.ts";
import type { Instant } from "../time/instant.ts";

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

export type InstallationEvent =
  | SetupFinished
  | SampleLoaded
  | SampleWiped
  | ClockJumped
  | CheckpointKeyChanged
  | LedgerChecked
  | LedgerBroken
  | Restored
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

export type InstallationCommand =
  | FinishSetup
  | LoadSample
  | WipeSample
  | RecordClockJump
  | ChangeCheckpointKey
  | RecordCheck
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
};
