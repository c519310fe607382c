/**
 * Reading: everything that is found in a text, each by the file that knows how.
 */

import { type ChannelRead, readChannels } from "./channels.ts";
import {
  type ElementRead,
  type GateRead,
  type Learning,
  readCloseGates,
  readDecision,
  readElements,
  readFixGates,
  readMitigations,
  readReview,
} from "./learning.ts";
import type { Named } from "./lists.ts";
import type { Outline } from "./outline.ts";
import { type Placeholder, placeholdersIn } from "./placeholders.ts";
import { type Promised, promisesIn } from "./promises.ts";
import {
  type ProviderRead,
  readPhases,
  readProviders,
  readRoles,
  readStages,
  type RoleRead,
} from "./response.ts";
import { saidIn } from "./said.ts";
import { type PriorityRead, readSeverities, type SeverityRead } from "./severities.ts";
import { readStanding, type Standing } from "./standing.ts";
import type { Words } from "./words.ts";

export type Reading = {
  readonly outline: Outline;
  readonly standing: Standing;
  readonly blanks: readonly Placeholder[];
  readonly severities: readonly SeverityRead[];
  readonly priorities: readonly PriorityRead[];
  readonly promises: readonly Promised[];
  readonly phases: readonly Named[];
  readonly roles: readonly RoleRead[];
  readonly channels: readonly ChannelRead[];
  readonly stages: readonly Named[];
  readonly providers: readonly ProviderRead[];
  readonly elements: readonly ElementRead[];
  readonly decision: readonly Words[];
  readonly review: Learning;
  readonly fixGates: readonly GateRead[];
  readonly closeGates: readonly GateRead[];
  readonly mitigations: readonly Words[];
};

export function readingOf(outline: Outline): Reading {
  const { blocks } = outline;
  const { severities, priorities } = readSeverities(blocks);
  return {
    outline,
    standing: readStanding(outline),
    blanks: placeholdersIn(blocks),
    severities,
    priorities,
    promises: promisesIn(saidIn(blocks, severities), severities),
    phases: readPhases(blocks),
    roles: readRoles(blocks),
    channels: readChannels(blocks),
    stages: readStages(blocks),
    providers: readProviders(blocks),
    elements: readElements(blocks),
    decision: readDecision(blocks),
    review: readReview(blocks, severities),
    fixGates: readFixGates(blocks),
    closeGates: readCloseGates(blocks),
    mitigations: readMitigations(blocks),
  };
}
