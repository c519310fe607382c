/**
 * All views: every entry of the registry, answered from one reading.
 *
 * A view that the registry names and nobody answers does not compile.
 */

import type { Reading } from "./reading.ts";
import { keepingSecrets } from "./reporter-secret.ts";
import type { Views } from "./views.ts";
import { attainmentViews } from "./views-attainment.ts";
import { draftViews } from "./views-draft.ts";
import { holidayViews } from "./views-holidays.ts";
import { filingViews } from "./views-filing.ts";
import { handoverView } from "./views-handover.ts";
import { incidentViews } from "./views-incident.ts";
import { installationViews } from "./views-installation.ts";
import { lawViews } from "./views-law.ts";
import { noticeViews } from "./views-notice.ts";
import { obligationViews } from "./views-obligation.ts";
import { packViews } from "./views-pack.ts";
import { partyViews } from "./views-party.ts";
import { pictureViews } from "./views-picture.ts";
import { policyViews } from "./views-policy.ts";
import { seatViews } from "./views-seat.ts";
import { statusViews } from "./views-status.ts";
import { signalViews } from "./views-signal.ts";
import { tellingViews } from "./views-telling.ts";
import { toldViews } from "./views-told.ts";
import { timelineView } from "./views-timeline.ts";

export const viewsOf = (reading: Reading): Views => keepingSecrets(allOf(reading));

const allOf = (reading: Reading): Views => ({
  ...signalViews(reading),
  ...incidentViews(reading),
  ...timelineView(reading),
  ...filingViews(reading),
  ...obligationViews(reading),
  ...handoverView(reading),
  ...attainmentViews(reading),
  ...noticeViews(reading),
  ...packViews(reading),
  ...pictureViews(reading),
  ...partyViews(reading),
  ...lawViews(reading),
  ...policyViews(reading),
  ...draftViews(reading),
  ...holidayViews,
  ...tellingViews(reading),
  ...statusViews(reading),
  ...toldViews(reading),
  ...seatViews(reading),
  ...installationViews(reading),
});
