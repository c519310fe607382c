/**
 * Alert: one alert as Prometheus words it, inside either message that carries it.
 *
 *   {"labels": {…}, "annotations": {…}, "startsAt": …, "endsAt": …, "generatorURL": …,
 *    "fingerprint": …, "status": …}
 *
 * `startsAt` may carry nanoseconds; `endsAt` is year 1 while the alert fires in a
 * webhook, and lies in the future in what Prometheus sends itself.
 */

import { type Instant, parseInstant } from "../core/time/instant.ts";
import { type Episode, nameOf } from "./signal.ts";

export type Labels = Readonly<Record<string, string>>;

export type Alert = {
  readonly labels: Labels;
  readonly annotations: Labels;
  readonly episode: Episode;
  readonly generator?: string;
};

export type JsonObject = { readonly [key: string]: unknown };

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export const textOf = (value: unknown): string | undefined =>
  typeof value === "string" && value !== "" ? value : undefined;

/** Labels or annotations: what is no text is left out. */
export function labelsOf(value: unknown): Labels {
  if (!isObject(value)) return {};
  if (Object.values(value).every((one) => typeof one === "string")) return value as Labels;
  const texts = Object.entries(value).filter(
    (pair): pair is [string, string] => typeof pair[1] === "string",
  );
  return Object.fromEntries(texts);
}

/** No rule writes so many; sorting what somebody made up would hold up everyone else. */
export const LABELS_MAX = 500;

/** Undefined where it has no labels, so that nothing says what it is about, or too many. */
export function toAlert(value: unknown, receivedAt: Instant): Alert | undefined {
  if (!isObject(value) || !isObject(value.labels)) return undefined;
  if (Object.keys(value.labels).length > LABELS_MAX) return undefined;
  const labels = labelsOf(value.labels);
  const startedAt = instantOf(value.startsAt) ?? receivedAt;
  const endsAt = instantOf(value.endsAt);
  const over = value.status === "resolved" || (endsAt !== undefined && endsAt <= receivedAt);
  const generator = textOf(value.generatorURL);
  return {
    labels,
    annotations: labelsOf(value.annotations),
    episode: {
      key: textOf(value.fingerprint) ?? keyOf(labels),
      startedAt,
      ...(over ? { endedAt: endsAt ?? receivedAt } : {}),
      ...(over || endsAt === undefined ? {} : { expectedEndAt: endsAt }),
    },
    ...(generator === undefined ? {} : { generator }),
  };
}

/** Firing alerts carry year 1 as their end: that is none. */
function instantOf(value: unknown): Instant | undefined {
  const at = typeof value === "string" ? parseInstant(value) : undefined;
  return at !== undefined && at > 0 ? at : undefined;
}

/** What all labels of an alert come to, in whichever order they are sent. */
const keyOf = (labels: Labels): string =>
  nameOf(
    JSON.stringify(Object.entries(labels).toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))),
  );

/** Labels that all of these share, with the same value. */
export function shared(all: readonly Labels[]): Labels {
  const [first = {}, ...others] = all;
  return Object.fromEntries(
    Object.entries(first).filter(([name, value]) =>
      others.every((labels) => labels[name] === value),
    ),
  );
}

const TITLE_ANNOTATIONS = ["summary", "title", "message", "description"] as const;
const SEVERITY_LABELS = ["severity", "priority", "level"] as const;

/** The most telling line: an annotation that all share, else the alert's name with what it is about. */
export function titleOf(annotations: Labels, labels: Labels): string {
  const written = TITLE_ANNOTATIONS.map((name) => annotations[name]).find(
    (text) => text !== undefined && text.trim() !== "",
  );
  if (written !== undefined) return written;
  const name = labels.alertname ?? "Alert";
  const about = ["cluster", "namespace", "service", "job", "instance"].flatMap((label) => {
    const value = labels[label];
    return value === undefined ? [] : [`${label} ${value}`];
  });
  return about.length === 0 ? name : `${name}: ${about.join(", ")}`;
}

export const severityOf = (labels: Labels): string | undefined =>
  SEVERITY_LABELS.map((name) => labels[name]).find((value) => value !== undefined && value !== "");

const LINES_MAX = 50;

/** One line for each alert: how it stands, what it is about, what it says. */
export function linesOf(alerts: readonly Alert[]): readonly string[] {
  const lines = alerts.slice(0, LINES_MAX).map(({ labels, annotations, episode, generator }) => {
    const about = Object.entries(labels)
      .map(([name, value]) => `${name}=${value}`)
      .join(" ");
    const says = annotations.description ?? annotations.summary;
    return [
      `${episode.endedAt === undefined ? "firing" : "over"}: ${about}`,
      ...(says === undefined ? [] : [`  ${says}`]),
      ...(generator === undefined ? [] : [`  ${generator}`]),
    ].join("\n");
  });
  const more = alerts.length - lines.length;
  return more > 0 ? [...lines, `and ${more} more in the body as it came`] : lines;
}
