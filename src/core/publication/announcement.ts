/**
 * Announcement: the letter that tells a subscriber of a new version, in the words of the
 * person who approved it: from which day, what changes, promise by promise where they
 * are few, and where both texts stand.
 */

import type { PinnedPolicy } from "../context.ts";
import { type PromiseChange, promiseChanges } from "../policy/promise-changes.ts";
import type { Policy } from "../policy/policy.ts";
import { dayName } from "../time/format.ts";
import { parseDay } from "../time/day.ts";
import { formatDate } from "../time/format.ts";
import type { PublishedVersion } from "./state.ts";

/** More than these and a reader wants the page, which marks each word. */
const TOLD_MAX = 8;

type Given = {
  readonly after: PinnedPolicy;
  /** The version before; undefined where there is none. */
  readonly before: PinnedPolicy | undefined;
  readonly version: Pick<PublishedVersion, "version" | "label" | "effective" | "changes" | "at">;
  /** Who writes. */
  readonly author: string;
  /** DUE_URL, without a slash at the end. */
  readonly url: string;
  readonly unsubscribe: string;
};

export function policyAnnouncement(given: Given): {
  readonly subject: string;
  readonly body: string;
} {
  const { after, before, version, author, url, unsubscribe } = given;
  const { organisation, title } = after.policy;
  const from = dateOf(version.effective);
  const published = formatDate(version.at, zoneOf(after.policy));
  const body = [
    "Hello,",
    "",
    `on ${published} we published version ${version.label} of “${title}”. It applies from ${from}.`,
    "",
    ...(version.changes === undefined ? [] : [version.changes.trim(), ""]),
    ...told(before?.policy, after.policy),
    ...(before === undefined
      ? []
      : [
          "Both versions beside each other:",
          `${url}/policy/diff/${before.version}..${version.version}`,
          "",
        ]),
    "The whole text:",
    `${url}/policy/v/${version.version}`,
    "",
    "An incident that is open keeps the version under which it began. If something here is not",
    "clear, or does not suit you, answer this mail: it reaches me.",
    "",
    author,
    organisation,
    "",
    "You get this because you asked to hear of changes to this policy. To hear no more:",
    unsubscribe,
    "",
  ];
  return {
    subject: `${organisation} policy: version ${version.label} from ${from}, what changed`,
    body: body.join("\n"),
  };
}

function told(before: Policy | undefined, after: Policy): readonly string[] {
  if (before === undefined) return [];
  const changes = promiseChanges(before, after);
  if (changes.length === 0) return ["No promise changes; the text around them does.", ""];
  const first = changes.slice(0, TOLD_MAX).flatMap(sentences);
  const more = changes.length - TOLD_MAX;
  return [
    "What we promise otherwise:",
    "",
    ...first,
    ...(more > 0 ? [`And ${more} more, on the page below.`, ""] : []),
  ];
}

function sentences({ was, is }: PromiseChange): readonly string[] {
  if (was === null) return [`New: ${is}`, ""];
  if (is === null) return [`No longer: ${was}`, ""];
  return [`Now: ${is}`, `Before: ${was}`, ""];
}

const zoneOf = ({ calendars, calendar }: Policy): string =>
  calendars.find(({ id }) => id === calendar)?.zone ?? "UTC";

/** `2027-01-01` as `Fri 1 Jan 2027`. */
function dateOf(text: string): string {
  const day = parseDay(text);
  return day === undefined ? text : dayName(day, true);
}
