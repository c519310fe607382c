/**
 * Project: everything that follows from a subject's state, as rows.
 *
 * Pure: the same state under the same policy gives the same rows, whenever it is
 * asked. So what an append writes and what a rebuild makes can be compared row by
 * row.
 */

import type { PinnedPolicy } from "../../core/context.ts";
import { incidentObligations, incidentWakeAt } from "../../core/incident/owed/obligation.ts";
import type { Incident } from "../../core/incident/state.ts";
import { checksWakeAt, contactChecks } from "../../core/party/contact-check.ts";
import { isCustomer, type Party } from "../../core/party/party.ts";
import { policyReviews, reviewsWakeAt } from "../../core/publication/review.ts";
import { comingVersions, type Publication } from "../../core/publication/state.ts";
import { signalObligations, signalWakeAt } from "../../core/signal/obligation.ts";
import type { Signal } from "../../core/signal/state.ts";
import { statusPromises, statusWakeAt } from "../../core/status/promise.ts";
import type { StatusPage } from "../../core/status/state.ts";
import type { Folded } from "../../core/subject.ts";
import type { Projection } from "../projection.ts";
import { customerRows } from "./customer.ts";
import { fileRows, signalFileRows } from "./file.ts";
import { incidentRows } from "./incident.ts";
import { noticeDraftRows } from "./notice-draft.ts";
import { noticeRows, outboxRows } from "./notice.ts";
import { obligationRows } from "./obligation.ts";
import { contactPageRows, ownPageRows } from "./own-page.ts";
import { partyRows } from "./party.ts";
import { policyRows } from "./policy.ts";
import { publicReviewRows } from "./public-review.ts";
import { shareRows } from "./share.ts";
import { signalRows } from "./signal.ts";
import { subscriptionRows } from "./subscription.ts";

const NOTHING: Projection = { rows: {}, wakeAt: undefined, outbox: [] };

/** Of a wiped sample no row stays, whatever it was. */
const WITHDRAWN: Projection = {
  rows: {
    signals: [],
    incidents: [],
    obligations: [],
    notices: [],
    noticeDrafts: [],
    customers: [],
    parties: [],
    shares: [],
    ownPages: [],
    publicReviews: [],
    files: [],
  },
  wakeAt: undefined,
  outbox: [],
};

/**
 * The rows of a subject. `policy` is the one that binds it: an incident's pinned one, else the
 * current one; without a policy nothing is owed yet.
 */
export function project(folded: Folded, policy: PinnedPolicy | undefined): Projection {
  if ("withdrawn" in folded.state && folded.state.withdrawn) return WITHDRAWN;
  switch (folded.kind) {
    case "signal":
      return projectSignal(folded.state, policy);
    case "incident":
      return policy === undefined ? NOTHING : projectIncident(folded.state, policy);
    case "party":
      return projectParty(folded.state);
    case "policy":
      return projectPolicy(folded.state, policy);
    case "subscription":
      return {
        ...NOTHING,
        rows: {
          subscriptions: subscriptionRows(folded.state),
          notices: noticeRows(folded.state.notices),
        },
        outbox: outboxRows(folded.state.notices),
      };
    case "status":
      return projectStatus(folded.state);
    case "access":
      return { ...NOTHING, outbox: outboxRows(folded.state.notices) };
    case "banner":
    case "installation":
      return NOTHING;
  }
}

/** It wakes when a version begins to run, and when we have missed to look at it again. */
function projectPolicy(publication: Publication, policy: PinnedPolicy | undefined): Projection {
  const reviews = policyReviews(publication, policy);
  const wakes = [
    comingVersions(publication)[0]?.runsFrom,
    reviewsWakeAt(publication, policy),
  ].filter((at) => at !== undefined);
  return {
    ...NOTHING,
    rows: {
      policies: policyRows(publication),
      obligations: obligationRows(reviews, publication.held, policy?.version ?? 0),
    },
    wakeAt: wakes.sort((a, b) => a - b)[0],
  };
}

/** What the page promised is by no policy: whoever wrote the update named the instant. */
const projectStatus = (page: StatusPage): Projection => ({
  rows: {
    obligations: obligationRows(statusPromises(page), page.held, 0),
    notices: noticeRows(page.notices),
  },
  wakeAt: statusWakeAt(page),
  outbox: outboxRows(page.notices),
});

/** The checks are by no policy: publishing another one changes none of them. */
const projectParty = (party: Party): Projection => ({
  ...NOTHING,
  rows: {
    ...(isCustomer(party)
      ? {
          customers: customerRows(party),
          shares: shareRows(party),
          notices: noticeRows(party.notices),
          ownPages: contactPageRows(party),
        }
      : { parties: partyRows(party) }),
    obligations: obligationRows(contactChecks(party), party.held, 0),
  },
  wakeAt: checksWakeAt(party),
  outbox: isCustomer(party) ? outboxRows(party.notices) : [],
});

function projectSignal(signal: Signal, policy: PinnedPolicy | undefined): Projection {
  const owed = policy === undefined ? [] : signalObligations(signal, policy);
  return {
    rows: {
      signals: signalRows(signal),
      obligations: obligationRows(owed, signal.held, policy?.version ?? 0),
      notices: noticeRows(signal.notices),
      files: signalFileRows(signal),
    },
    wakeAt: policy === undefined ? undefined : signalWakeAt(signal, policy),
    outbox: outboxRows(signal.notices),
  };
}

const projectIncident = (incident: Incident, policy: PinnedPolicy): Projection => ({
  rows: {
    incidents: incidentRows(incident, policy),
    obligations: obligationRows(
      incidentObligations(incident, policy),
      incident.held,
      policy.version,
    ),
    notices: noticeRows(incident.notices),
    ownPages: ownPageRows(incident),
    noticeDrafts: noticeDraftRows(incident.drafts),
    publicReviews: publicReviewRows(incident),
    files: fileRows(incident),
  },
  wakeAt: incidentWakeAt(incident, policy),
  outbox: outboxRows(incident.notices),
});
