/**
 * Diff page: what a version of the policy changed, promises first.
 *
 * A promise is compared by its id and by its words, which are made from what the
 * clock counts: a number that moved shows, whatever the prose says.
 */

/** @jsxRuntime automatic @jsxImportSource hono/jsx */

import type { PinnedPolicy } from "../core/context.ts";
import type { Clause } from "../core/policy/clause.ts";
import { difference } from "../core/policy/difference.ts";
import type { Policy } from "../core/policy/policy.ts";
import { expandProse } from "../core/policy/prose.ts";
import { clauseSentence } from "../core/policy/sentence.ts";
import type { PolicyViewRow } from "../store/views/policy.ts";
import { dateWords, targetLabel } from "./policy-facts.ts";

export type Version = { readonly row: PolicyViewRow; readonly pinned: PinnedPolicy };

type Change = {
  readonly id: string;
  readonly title: string;
  readonly was: string;
  readonly is: string;
};

type Given = { readonly from: Version; readonly to: Version; readonly base: string };

export function DiffPage({ from, to, base }: Given) {
  const promises = changesOf(promiseTexts(from.pinned.policy), promiseTexts(to.pinned.policy));
  const sections = changesOf(sectionTexts(from.pinned.policy), sectionTexts(to.pinned.policy));
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
        {dateWords(from.row.effective)};{" "}
        <a href={`${base}/policy/v/${to.row.version}`}>version {to.row.label}</a>, in force from{" "}
        {dateWords(to.row.effective)}. <ins>Added</ins>, <del>removed</del>.
      </p>
      <Changes
        id="part_promises"
        title="Promises"
        none="No promise changed."
        changes={promises}
        by="word"
      />
      <Changes
        id="part_prose"
        title="Text"
        none="No text changed."
        changes={sections}
        by="sentence"
      />
      <p class="quiet">
        Lists that are neither a promise nor text (roles, channels, calendars and the like) are
        compared best in the two files:{" "}
        <a href={`${base}/policy/v/${from.row.version}.yaml`}>{from.row.label}</a>,{" "}
        <a href={`${base}/policy/v/${to.row.version}.yaml`}>{to.row.label}</a>.
      </p>
    </article>
  );
}

function Changes({
  id,
  title,
  none,
  changes,
  by,
}: {
  readonly id: string;
  readonly title: string;
  readonly none: string;
  readonly changes: readonly Change[];
  readonly by: "sentence" | "word";
}) {
  return (
    <section id={id}>
      <h2>{title}</h2>
      {changes.length === 0 ? <p>{none}</p> : null}
      <ul class="words">
        {changes.map((change) => (
          <li>
            <p class="quiet">
              {change.title}
              {change.was === "" ? " (new)" : change.is === "" ? " (gone)" : ""}
            </p>
            <p class="body">
              {difference(change.was, change.is, by).map(({ text, is }) =>
                is === "same" ? (
                  <Same text={text} />
                ) : is === "added" ? (
                  <ins>{text}</ins>
                ) : (
                  <del>{text}</del>
                ),
              )}
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What did not change is only there to find the place. */
function Same({ text }: { readonly text: string }) {
  if (text.length <= SAME_CHARACTERS_MAX) return <>{text}</>;
  const half = SAME_CHARACTERS_MAX / 2;
  return (
    <>
      {text.slice(0, half)}
      <span class="gap"> … </span>
      {text.slice(-half)}
    </>
  );
}

const SAME_CHARACTERS_MAX = 400;

type Texts = ReadonlyMap<string, { readonly title: string; readonly text: string }>;

/** In the order of the newer one; what is gone comes last. */
function changesOf(was: Texts, is: Texts): readonly Change[] {
  const ids = [...new Set([...is.keys(), ...was.keys()])];
  return ids.flatMap((id) => {
    const [before, after] = [was.get(id), is.get(id)];
    const change = {
      id,
      title: after?.title ?? before?.title ?? id,
      was: before?.text ?? "",
      is: after?.text ?? "",
    };
    return change.was === change.is ? [] : [change];
  });
}

const promiseTexts = (policy: Policy): Texts =>
  new Map(
    policy.clauses.map((clause) => [
      clause.id,
      { title: clause.id, text: promiseText(clause, policy) },
    ]),
  );

/** The target stands before a sentence of its own, which may not say it. */
function promiseText(clause: Clause, policy: Policy): string {
  const sentence = clauseSentence(clause, policy);
  return clause.says === undefined ? sentence : `${targetLabel(clause)}. ${sentence}`;
}

const sectionTexts = ({ sections, ...policy }: Policy): Texts =>
  new Map(
    sections.map((section) => [
      section.id,
      {
        title: section.title,
        text:
          "text" in section
            ? expandProse(section.text, { sections, ...policy }).replace(
                /(?<!\n)\n(?!\n|[ \t]*[-*|\d])/g,
                " ",
              )
            : `${section.audience}, ${section.digest}`,
      },
    ]),
  );
