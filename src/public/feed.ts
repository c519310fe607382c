/**
 * Feed: the versions of the policy, and reviews of past incidents, as Atom (RFC 4287), for
 * whoever wants to know of a change without leaving an address.
 */

import { type Instant, toIsoSeconds } from "../core/time/instant.ts";
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

export const feed = ({ url, title, organisation, versions }: Given): string =>
  atom({
    address: `${url}/policy`,
    self: `${url}/policy/feed.atom`,
    title,
    author: organisation,
    updatedAt: versions[0].publishedAt,
    entries: versions.map(({ version, label, effective, changes, hash, publishedAt }) => ({
      address: `${url}/policy/v/${version}`,
      title: `Version ${label}`,
      updatedAt: publishedAt,
      says: `In force from ${dateWords(effective)}. ${changes ?? ""} SHA-256 ${hash.replace(/^sha256:/, "")}`,
    })),
  });

type Feed = {
  /** Of the page that it is about, which is also its id. */
  readonly address: string;
  readonly self: string;
  readonly title: string;
  readonly author: string;
  readonly updatedAt: Instant;
  readonly entries: readonly {
    readonly address: string;
    readonly title: string;
    readonly updatedAt: Instant;
    readonly says: string;
  }[];
};

export const atom = ({ address, self, title, author, updatedAt, entries }: Feed): string =>
  [
    '<?xml version="1.0" encoding="utf-8"?>',
    '<feed xmlns="http://www.w3.org/2005/Atom">',
    `<title>${escaped(title)}</title>`,
    `<id>${escaped(address)}</id>`,
    `<link rel="alternate" type="text/html" href="${escaped(address)}"/>`,
    `<link rel="self" type="application/atom+xml" href="${escaped(self)}"/>`,
    `<updated>${toIsoSeconds(updatedAt)}</updated>`,
    `<author><name>${escaped(author)}</name></author>`,
    ...entries.map(entry),
    "</feed>",
    "",
  ].join("\n");

function entry({ address, title, updatedAt, says }: Feed["entries"][number]): string {
  const page = escaped(address);
  return [
    "<entry>",
    `<title>${escaped(title)}</title>`,
    `<id>${page}</id>`,
    `<link rel="alternate" type="text/html" href="${page}"/>`,
    `<updated>${toIsoSeconds(updatedAt)}</updated>`,
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
