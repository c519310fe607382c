/**
 * Prometheus itself, as it sends to any Alertmanager: POST …/api/v2/alerts, a list
 * of at most 64 alerts, all that fire again every minute or so.
 *
 * Grouped by the labels alertname, cluster and service: ten thousand alerts of one
 * rule are one signal. A list holds only some alerts of its group, so it speaks
 * only for those; the group is over when every alert that was named has ended.
 */

import { ok } from "../core/problem.ts";
import type { Instant } from "../core/time/instant.ts";
import { type Alert, LABELS_MAX, linesOf, severityOf, shared, titleOf, toAlert } from "./alert.ts";
import { parseBody, unreadable } from "./body.ts";
import {
  type Description,
  earliest,
  type IncomingSignal,
  nameOf,
  toFields,
  toLine,
  toText,
  toTitle,
  type ToSignals,
} from "./signal.ts";

export const GROUP_LABELS = ["alertname", "cluster", "service"] as const;

/** One signal for each group in the list. Refuses with `body-unreadable`. */
export const prometheusSignals: ToSignals = (body, _, receivedAt) => {
  const parsed = parseBody(body);
  if (!parsed.ok) return parsed;
  if (!Array.isArray(parsed.value)) return unreadable("The body is no list of alerts.");
  const groups = new Map<string, Alert[]>();
  for (const [i, item] of parsed.value.entries()) {
    const alert = toAlert(item, receivedAt);
    if (alert === undefined)
      return unreadable(`This alert has no labels, or more than ${LABELS_MAX}.`, `/${i}`);
    const key = groupOf(alert);
    const group = groups.get(key);
    if (group) group.push(alert);
    else groups.set(key, [alert]);
  }
  return ok([...groups].map(([key, alerts]) => toSignal(key, alerts, receivedAt)));
};

const groupOf = ({ labels }: Alert): string =>
  JSON.stringify(GROUP_LABELS.map((name) => labels[name] ?? ""));

function toSignal(key: string, alerts: readonly Alert[], receivedAt: Instant): IncomingSignal {
  return {
    fingerprint: `prometheus:${nameOf(key)}`,
    describe: () => describe(key, alerts, receivedAt),
    count: alerts.length,
    says: "parts",
    episodes: alerts.map((alert) => alert.episode),
  };
}

function describe(key: string, alerts: readonly Alert[], receivedAt: Instant): Description {
  const labels = shared(alerts.map((alert) => alert.labels));
  const annotations = shared(alerts.map((alert) => alert.annotations));
  const group = Object.fromEntries(
    GROUP_LABELS.flatMap((name) => {
      const value = labels[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
  const happenedAt = earliest(
    alerts.map((alert) => alert.episode),
    receivedAt,
  );
  const severityHint = severityOf(labels);
  return {
    // A summary usually names one instance; of many alerts only what they share is said.
    title: toTitle(titleOf(annotations, alerts.length === 1 ? labels : { ...labels, ...group })),
    text: toText(linesOf(alerts).join("\n")),
    fields: toFields([...Object.entries(labels), ...Object.entries(annotations)]),
    sourceRef: toLine(key),
    ...(happenedAt === undefined ? {} : { happenedAt }),
    ...(severityHint === undefined ? {} : { severityHint: toTitle(severityHint) }),
  };
}
