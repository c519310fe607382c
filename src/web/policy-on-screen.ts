/**
 * The policy in the browser: fetched once by version, made ready to decide by,
 * so that a button can ask the same rules as the server will.
 */

import { useMemo } from "react";
import type { Context, Person, PinnedPolicy } from "../core/context.ts";
import type { Policy } from "../core/policy/policy.ts";
import { termsOf } from "../core/policy/terms.ts";
import type { Instant } from "../core/time/instant.ts";
import { useView } from "./api.ts";
import { useTime } from "./ui/time.tsx";

/** One version of the policy; `current` is the one that runs. Undefined until it is there. */
export function usePolicy(version: number | "current"): PinnedPolicy | undefined {
  const view = useView("policy", { version: String(version) }, { only: "terms" });
  const { data } = view;
  return useMemo(() => {
    if (!data) return undefined;
    const policy = data.policy as Policy;
    return { version: data.version, hash: data.hash, policy, terms: termsOf(policy) };
  }, [data]);
}

/** What decide needs besides the state on screen; undefined until it is there. */
export function useContextOf(version: number | "current"): Context | undefined {
  const policy = usePolicy(version);
  const me = useView("me");
  const people = useView("people");
  const { now, zone } = useTime();
  return useMemo(() => {
    if (!policy || !me.data) return undefined;
    const team = (people.data?.items ?? [me.data.person]) as readonly Person[];
    return {
      at: now as Instant,
      by: me.data.person.id,
      person: me.data.person,
      policy,
      team,
      zone,
      url: location.origin,
    };
  }, [policy, me.data, people.data, now, zone]);
}
