/**
 * Filing moment: the moment that says a stage was filed, and the ids of its clause; apart,
 * because the browser names them without counting any law.
 */

export const idOf = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");

export const clauseId = (regime: string, stage: string): string => `${idOf(regime)}-${idOf(stage)}`;

/** `gdpr-33-1/sa-notification` -> `gdpr331SaNotificationFiledAt`. */
export const filingMoment = (regime: string, stage: string): string =>
  `${clauseId(regime, stage).replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())}FiledAt`;
