/**
 * Alertmanager's webhook, version 4: one message about one group of alerts.
 *
 *   {"version": "4", "receiver": …, "groupKey": …, "status": "firing" | "resolved",
 *    "alerts": […], "truncatedAlerts": 2, "groupLabels": {…}, "commonLabels": {…}, …}
 *
 * The group is the signal: receiver and groupKey name it, and `status` speaks for
 * all of it. Which alerts are listed does not count, because a long group is cut,
 * also when it is over. https://prometheus.io/docs/alerting/latest/configuration/
 */

import { ok } from "../core/problem.ts";
import type { Instant } from "../core/time/instant.ts";
import {
  type Alert,
  isObject,
  type JsonObject,
  type Labels,
  labelsOf,
  linesOf,
  severityOf,
  shared,
  textOf,
  titleOf,
  toAlert,
} from "./alert.ts";
import { parseBody, unreadable } from "./body.ts";
import {
  type Description,
  earliest,
  type Episode,
  nameOf,
  toFields,
  toLine,
  toText,
  toTitle,
  type ToSignals,
} from "./signal.ts";

const KNOWN = [
  "version",
  "receiver",
  "groupKey",
  "status",
  "alerts",
  "truncatedAlerts",
  "groupLabels",
  "commonLabels",
  "commonAnnotations",
  "externalURL",
];

/** One signal. Refuses with `body-unreadable`. */
export const alertmanagerSignals: ToSignals = (body, _, receivedAt) => {
  const parsed = parseBody(body);
  if (!parsed.ok) return parsed;
  const message = parsed.value;
  if (!isObject(message)) return unreadable("The body is no message of Alertmanager: no object.");
  const { groupKey, receiver, status } = message;
  if (textOf(groupKey) === undefined || typeof receiver !== "string")
    return unreadable("The body is no message of Alertmanager: groupKey or receiver is missing.");
  if (status !== "firing" && status !== "resolved")
    return unreadable('Its status is neither "firing" nor "resolved".', "/status");
  if (!Array.isArray(message.alerts)) return unreadable("It has no list of alerts.", "/alerts");
  const alerts = message.alerts.map((alert) => toAlert(alert, receivedAt));
  const readable = alerts.filter((alert) => alert !== undefined);
  const episodes = readable.map((alert) => alert.episode);
  const told = toldIn(message, readable, alerts.length - readable.length);
  return ok([
    {
      fingerprint: `alertmanager:${nameOf(JSON.stringify([receiver, groupKey]))}`,
      describe: () => describe(told, receivedAt),
      count: alerts.length + told.left,
      says: "whole",
      episodes: [toEpisode(message, episodes, receivedAt)],
    },
  ]);
};

/** All that a message is described from: texts alone, whatever else somebody put into it. */
type Told = {
  readonly alerts: readonly Alert[];
  readonly unlabelled: number;
  readonly left: number;
  readonly group: Labels;
  readonly labels: Labels;
  readonly annotations: Labels;
  readonly receiver: string;
  readonly groupKey: string;
  readonly others: readonly (readonly [string, string])[];
};

const toldIn = (message: JsonObject, alerts: readonly Alert[], unlabelled: number): Told => ({
  alerts,
  unlabelled,
  left: leftOut(message),
  group: labelsOf(message.groupLabels),
  labels: labelsOf(message.commonLabels),
  annotations: labelsOf(message.commonAnnotations),
  receiver: String(message.receiver),
  groupKey: String(message.groupKey),
  others: [
    ...["externalURL", "version"].flatMap((name) => {
      const value = textOf(message[name]);
      return value === undefined ? [] : [[name, value] as const];
    }),
    ...unknownFields(message),
  ],
});

function describe(told: Told, receivedAt: Instant): Description {
  const { alerts, unlabelled, left, group } = told;
  const labels = { ...shared(alerts.map((alert) => alert.labels)), ...told.labels };
  const annotations = {
    ...shared(alerts.map((alert) => alert.annotations)),
    ...told.annotations,
  };
  const happenedAt = earliest(
    alerts.map((alert) => alert.episode),
    receivedAt,
  );
  const severityHint = severityOf(labels) ?? severityOf(alerts[0]?.labels ?? {});
  const lines = [...linesOf(alerts), ...missing(left, unlabelled)];
  return {
    title: toTitle(titleOf(annotations, { ...labels, ...group })),
    text: toText(lines.join("\n")),
    fields: toFields([
      ...Object.entries(labels),
      ...Object.entries(annotations),
      ["receiver", told.receiver],
      ...(left > 0 ? [["truncatedAlerts", String(left)] as const] : []),
      ...told.others,
    ]),
    sourceRef: toLine(told.groupKey),
    ...(happenedAt === undefined ? {} : { happenedAt }),
    ...(severityHint === undefined ? {} : { severityHint: toTitle(severityHint) }),
  };
}

/**
 * The group as one: it goes on since its youngest firing alert began, or ended with its last. Of a
 * message that was cut neither is known, so then it is as young as the message.
 */
function toEpisode(
  message: JsonObject,
  episodes: readonly Episode[],
  receivedAt: Instant,
): Episode {
  const latest = (instants: readonly Instant[]): Instant =>
    instants.length === 0 || leftOut(message) > 0
      ? receivedAt
      : (Math.min(Math.max(...instants), receivedAt) as Instant);
  if (message.status === "resolved") {
    const endedAt = latest(episodes.flatMap((episode) => episode.endedAt ?? []));
    return { key: "", startedAt: endedAt, endedAt };
  }
  const firing = episodes.filter((episode) => episode.endedAt === undefined);
  return { key: "", startedAt: latest(firing.map((episode) => episode.startedAt)) };
}

const leftOut = ({ truncatedAlerts: count }: JsonObject): number =>
  typeof count === "number" && Number.isSafeInteger(count) && count > 0 ? count : 0;

const missing = (left: number, unlabelled: number): readonly string[] => [
  ...(left > 0 ? [`and ${left} more that Alertmanager left out of its message`] : []),
  ...(unlabelled > 0 ? [`and ${unlabelled} that cannot be read, in the body as it came`] : []),
];

/** What a later version adds: texts and numbers are shown, the rest is named. */
function unknownFields(message: JsonObject): readonly (readonly [string, string])[] {
  return Object.entries(message).flatMap(([name, value]) => {
    if (KNOWN.includes(name)) return [];
    const plain = ["string", "number", "boolean"].includes(typeof value);
    return [[`message.${name}`, plain ? String(value) : "(in the body as it came)"] as const];
  });
}
