/**
 * Material: what a filing can be made of, out of one incident's record.
 *
 * Plain values, gathered by core/incident/outward/filing-pack.ts; nothing here knows of incidents.
 */

import type { ClaimState } from "../policy/condition/condition.ts";
import type { Instant } from "../time/instant.ts";

/** What a person wrote under one field. */
export type WrittenField = {
  readonly text: string;
  readonly revision: number;
  readonly by: string;
  readonly at: Instant;
};

export type FilingMaterial = {
  readonly reference: string;
  readonly drill: boolean;
  readonly organisation: string;
  readonly zone: string;
  readonly contact?: { readonly name: string; readonly mail: string };
  readonly severity?: { readonly name: string; readonly at: Instant };
  readonly facts: readonly {
    readonly says: string;
    readonly state: ClaimState;
    readonly since: Instant;
    /** The entry that said so. */
    readonly entry: number;
  }[];
  /** Facts that laws read, by name, and the same in words. */
  readonly told: Readonly<Record<string, unknown>>;
  readonly factName: (name: string) => string;
  readonly moments: Readonly<Record<string, Instant>>;
  readonly momentName: (name: string) => string;
  readonly measures: readonly {
    readonly text: string;
    readonly at: Instant;
    readonly partial: boolean;
  }[];
  readonly fixes: readonly {
    readonly text: string;
    readonly release?: string;
    readonly at: Instant;
  }[];
  readonly remediations: readonly { readonly title: string; readonly targetOn: string }[];
  readonly customers: number;
  /** Notices that were delivered to customers, and the first of them. */
  readonly customersTold?: { readonly count: number; readonly firstAt: Instant };
  /** What was filed in this incident, oldest first. */
  readonly filed: readonly {
    readonly regime: string;
    readonly name: string;
    readonly stage: string;
    readonly at: Instant;
    readonly number?: string;
  }[];
  readonly regime: string;
  readonly stage: string;
  readonly dueAt?: Instant;
  readonly isDayEnd?: true;
  readonly late: boolean;
  /** By field. */
  readonly written: Readonly<Record<string, WrittenField>>;
  readonly nameOf: (account: string) => string;
};
