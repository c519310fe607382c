/**
 * Diff page: what a version of the policy changed, promises first, then its text as it is read.
 * The studio shows the same before a version is published (core/policy/comparison.ts).
 */

/** @jsxRuntime automatic @jsxImportSource hono/jsx */

import { raw } from "hono/html";
import type { PinnedPolicy } from "../core/context.ts";
import type { Compared, Comparison } from "../core/policy/comparison.ts";
import { listed } from "../core/text.ts";
import type { PolicyViewRow } from "../store/views/policy.ts";
import { dateWords } from "./policy-facts.ts";

export type Version = { readonly row: PolicyViewRow; readonly pinned: PinnedPolicy };

type Given = { readonly from: Version; readonly to: Version; readonly base: string };

/** The page of a version, where its promises have their anchors. */
export const versionAt = (base: string, { row }: Version): string =>
  `${base}/policy/v/${row.version}`;

/** What somebody reads who compares a version with itself. */
export function SamePage({ version, base }: { readonly version: Version; readonly base: string }) {
  return (
    <article>
      <h1>The same version twice</h1>
      <p class="lead">
        Both sides of this address are version {version.row.label}: there is nothing to compare.
      </p>
      <p>
        <a href={versionAt(base, version)}>Version {version.row.label}</a> says with which others it
        can be compared.
      </p>
    </article>
  );
}

export function DiffPage({ from, to, base, compared }: Given & { readonly compared: Comparison }) {
  const at = versionAt(base, to);
  const { promises, sections, others } = compared;
  return (
    <article>
      <h1>
        From version {from.row.label} to {to.row.label}
      </h1>
      <p class="lead">
        {to.row.changes ?? "The version came without a line that says what changed."}
      </p>
      <p>
        <a href={`${base}/policy/v/${from.row.version}`}>Version {from.row.label}</a>, in force from{" "}
        {dateWords(from.row.effective)}; <a href={at}>version {to.row.label}</a>, in force from{" "}
        {dateWords(to.row.effective)}.
      </p>
      <p class="quiet marked">
        <ins>Added words</ins> are underlined twice, <del>removed words</del> are struck through;
        […] stands for what stayed.
      </p>
      <Part id="part_promises" title="Promises" none="No promise changed." compared={promises} />
      <Part id="part_prose" title="Text" none="No text changed." compared={sections} />
      <Others {...{ from, to, base, others }} />
    </article>
  );
}

type PartGiven = {
  readonly id: string;
  readonly title: string;
  readonly none: string;
  readonly compared: Compared;
};

function Part({ id, title, none, compared }: PartGiven) {
  return (
    <section id={id} class="marked">
      <h2>{title}</h2>
      {compared.count === 0 ? <p>{none}</p> : raw(compared.html)}
    </section>
  );
}

function Others({ from, to, base, others }: Given & { readonly others: readonly string[] }) {
  const file = ({ row }: Version) => (
    <a href={`${base}/policy/v/${row.version}.yaml`}>{row.label}</a>
  );
  return (
    <section id="part_others">
      <h2>Everything else</h2>
      {others.length === 0 ? (
        <p>Nothing else changed but the version, its date and its line of changes.</p>
      ) : (
        <p>
          Changed too: {listed(others)}. Line by line they are compared best in the two files that
          run, {file(from)} and {file(to)}.
        </p>
      )}
    </section>
  );
}
