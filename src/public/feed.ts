/**
 * Feed: the versions of the policy as Atom (RFC 4287), for whoever wants to know
 * of a change without leaving an address.
 */

import { toIsoSeconds } from "../core/time/instant.ts";
import type { PolicyViewRow } from "../store/views/policy.ts";
import { dateWords } from "./policy-facts.ts";

export const FEED_TYPE = "application/atom+xml; charset=utf-8";

type Given = {
  readonly url: string;
  readonly title: string;
  readonly organisation: string;
  /** Newest first; at least one. */
  readonly versions: readonly [PolicyViewRow, ...PolicyViewRow[]];
};

export function feed({ url, title, organisation, versions }: Given): string {
  const [newest] = versions;
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    '<feed xmlns="http://www.w3.org/2005/Atom">',
    `<title>${escaped(title)}</title>`,
    `<id>${escaped(`${url}/policy`)}</id>`,
    `<link rel="alternate" type="text/html" href="${escaped(`${url}/policy`)}"/>`,
    `<link rel="self" type="application/atom+xml" href="${escaped(`${url}/policy/feed.atom`)}"/>`,
    `<updated>${toIsoSeconds(newest.publishedAt)}</updated>`,
    `<author><name>${escaped(organisation)}</name></author>`,
    ...versions.map((version) => entry(url, version)),
    "</feed>",
    "",
  ].join("\n");
}

function entry(
  url: string,
  { version, label, effective, changes, hash, publishedAt }: PolicyViewRow,
) {
  const page = escaped(`${url}/policy/v/${version}`);
  const says = `In force from ${dateWords(effective)}. ${changes ?? ""} SHA-256 ${hash.replace(/^sha256:/, "")}`;
  return [
    "<entry>",
    `<title>${escaped(`Version ${label}`)}</title>`,
    `<id>${page}</id>`,
    `<link rel="alternate" type="text/html" href="${page}"/>`,
    `<updated>${toIsoSeconds(publishedAt)}</updated>`,
    `<summary>${escaped(says.replace(/\s+/g, " "))}</summary>`,
    "</entry>",
  ].join("\n");
}

/** For text and for attributes; what XML cannot hold at all is left out. */
export const escaped = (text: string): string =>
  text
    // oxlint-disable-next-line no-control-regex
    .replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, "")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
