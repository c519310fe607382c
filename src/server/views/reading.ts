/**
 * Reading: what views are answered from, and the names that they all need.
 *
 * Lists come from read tables; one subject, whole, is folded from its entries, so
 * that it can also be read as it stood at a past instant.
 */

import type { Access } from "../../core/access/access.ts";
import type { PinnedPolicy } from "../../core/context.ts";
import type { TermsClause } from "../../core/policy/bound.ts";
import { boundSentence } from "../../core/policy/bound-words.ts";
import type { Policy } from "../../core/policy/policy.ts";
import { clauseSentence } from "../../core/policy/sentence.ts";
import type { Recipient } from "../../core/policy/situation.ts";
import { refuse, type Result } from "../../core/problem.ts";
import type { Store } from "../../store/store.ts";
import type { Handling } from "../handling.ts";

/** What the record's keeper knows of it beside the entries. */
export type Custody = {
  readonly origin: string;
  /** The verification key, as verifiers want it. */
  readonly key: string;
  /** The latest signed checkpoint, as text; null before the first. */
  readonly checkpoint: string | null;
};

export type Reading = {
  readonly store: Pick<
    Store,
    | "views"
    | "ledger"
    | "raw"
    | "seen"
    | "blobs"
    | "drafts"
    | "accounts"
    | "passkeys"
    | "bannerTokens"
    | "signing"
  >;
  readonly handling: Pick<Handling, "subjects" | "installation" | "access" | "team" | "texts"> & {
    readonly world: Pick<
      Handling["world"],
      | "policies"
      | "draftHash"
      | "subscribers"
      | "customersIn"
      | "insideIn"
      | "directory"
      | "installation"
    >;
  };
  /** How mail leaves, in a sentence. */
  readonly mail: { readonly configured: boolean; readonly says: string };
  readonly custody: () => Promise<Custody>;
};

/** The refusal of a view about something that there is not. */
export const missing = (what: string): Result<never> =>
  refuse("not-found", `There is no ${what} here, or there was none at that instant.`);

/** The published version of this number, ready to decide by. */
export async function policyOfVersion(
  { handling }: { readonly handling: Pick<Reading["handling"], "subjects" | "world"> },
  version: number,
): Promise<PinnedPolicy | undefined> {
  const published = await handling.subjects.open("policy", "current");
  const one = published?.folded.state.versions.find((known) => known.version === version);
  return one && handling.world.policies.byHash(one.hash);
}

/** Who stands behind `by`, for people to read. */
export function nameOf(by: string, { accounts, tokens }: Access): string {
  const [kind = "", id = ""] = by.split("/", 2);
  switch (kind) {
    case "account":
      return accounts[by]?.name ?? "somebody who is no longer here";
    case "token": {
      const token = tokens[by];
      const person = token?.scopes.includes("as-person") ? accounts[token.madeBy] : undefined;
      return person
        ? `${person.name} (by the token ${token?.name ?? id})`
        : `${token?.name ?? id} (token)`;
    }
    case "intake":
      return `${id.charAt(0).toUpperCase()}${id.slice(1)}`;
    case "seat":
      return `Seat ${id}`;
    case "public":
      return "the reporter";
    default:
      return "Duenotice";
  }
}

/** Names of customers and reporters, by recipient id. */
export async function recipientNames(
  { store }: Pick<Reading, "store">,
  recipients: readonly Pick<Recipient, "kind" | "id">[],
): Promise<ReadonlyMap<string, string>> {
  const ids = (kind: Recipient["kind"]): string[] =>
    recipients.filter((one) => one.kind === kind).map(({ id }) => id.slice(id.indexOf(":") + 1));
  const [customers, providers, reporters] = await Promise.all([
    ids("customer").length === 0 ? [] : store.views.customers.of(ids("customer")),
    ids("provider").length === 0 ? [] : store.views.parties.of(ids("provider")),
    Promise.all(ids("reporter").map((reference) => store.views.signals.one(reference))),
  ]);
  const names = new Map(customers.map(({ id, name }) => [`customer:${id}`, name]));
  for (const { id, name } of providers) names.set(`provider:${id}`, name);
  for (const signal of reporters) {
    const name = signal?.senderName ?? signal?.senderMail;
    if (signal && name) names.set(`reporter:${signal.id}`, name);
  }
  return names;
}

const sentences = new WeakMap<Policy, Map<string, string>>();

/** The promise of a clause in words, made once for each policy. */
export function sentenceOf(clause: TermsClause, policy: Policy): string {
  // Two contracts may call their clauses the same.
  if (clause.bound) return boundSentence(clause, policy);
  let known = sentences.get(policy);
  if (!known) sentences.set(policy, (known = new Map()));
  let sentence = known.get(clause.id);
  if (sentence === undefined) known.set(clause.id, (sentence = clauseSentence(clause, policy)));
  return sentence;
}
