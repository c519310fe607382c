/**
 * Policy page: the policy that runs, as everybody may read it.
 *
 * Rendered from the same document that the engine counts by; its hash stands on
 * the page. Every promise has an address of its own, for contracts to cite.
 */

/** @jsxImportSource hono/jsx */

import { raw } from "hono/html";
import type { Policy } from "../core/policy/policy.ts";
import { expandProse } from "../core/policy/prose.ts";
import { clauseSentence } from "../core/policy/sentence.ts";
import type { PolicyViewRow } from "../store/views/policy.ts";
import { toHtml } from "./markdown.ts";

type Given = { readonly policy: Policy; readonly row: PolicyViewRow; readonly base: string };

export function PolicyPage({ policy, row, base }: Given) {
  return (
    <article>
      <h1>{policy.title}</h1>
      <p>
        Version {row.label}, in force from {row.effective}. Content hash (SHA-256):{" "}
        <code>{row.hash}</code>. <a href={`${base}/policy/v/${row.version}.yaml`}>As YAML</a>
      </p>
      {policy.sections.map((section) =>
        "text" in section ? (
          <section id={section.id}>
            <h2>{section.title}</h2>
            {raw(toHtml(expandProse(section.text, policy)))}
          </section>
        ) : null,
      )}
      <section id="promises">
        <h2>Every promise</h2>
        <ul>
          {policy.clauses.map((clause) => (
            <li id={clause.id}>
              {clauseSentence(clause, policy)} <a href={`#${clause.id}`}>{clause.id}</a>
            </li>
          ))}
        </ul>
      </section>
    </article>
  );
}
