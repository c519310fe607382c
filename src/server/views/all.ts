/**
 * All views: every entry of the registry, answered from one reading.
 *
 * A view that the registry names and nobody answers does not compile.
 */

import type { Reading } from "./reading.ts";
import { keepingSecrets } from "./reporter-secret.ts";
import type { Views } from "./views.ts";
import { attainmentViews } from "./attainment.ts";
import { draftViews } from "./draft.ts";
import { holidayViews } from "./holidays.ts";
import { filingViews } from "./filing.ts";
import { handoverView } from "./handover.ts";
import { incidentViews } from "./incident.ts";
import { installationViews } from "./installation.ts";
import { lawViews } from "./law.ts";
import { noticeViews } from "./notice.ts";
import { obligationViews } from "./obligation.ts";
import { packViews } from "./pack.ts";
import { partyViews } from "./party.ts";
import { pictureViews } from "./picture.ts";
import { policyViews } from "./policy.ts";
import { seatViews } from "./seat.ts";
import { statusViews } from "./status.ts";
import { signalViews } from "./signal.ts";
import { tellingViews } from "./telling.ts";
import { toldViews } from "./told.ts";
import { timelineView } from "./timeline.ts";

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
