/**
 * The policy in the browser: fetched once by version, made ready to decide by,
 * so that a button can ask the same rules as the server will.
 */

import { useEffect, useMemo, useState } from "react";
import type { Context, Person, PinnedPolicy } from "../core/context.ts";
import type { Incident } from "../core/incident/state.ts";
import type { Policy } from "../core/policy/policy.ts";
import { termsOf } from "../core/policy/terms.ts";
import type { Instant } from "../core/time/instant.ts";
import { useView } from "./api.ts";
import { useTime } from "./ui/time.tsx";

/** One version of the policy; `current` is the one that runs. Undefined until it is known and there. */
export function usePolicy(version: number | "current" | undefined): PinnedPolicy | undefined {
  const enabled = version !== undefined;
  const view = useView("policy", { version: String(version) }, { only: "terms" }, { enabled });
  const { data } = view;
  return useMemo(() => {
    if (!data) return undefined;
    const policy = data.policy as Policy;
    return { version: data.version, hash: data.hash, policy, terms: termsOf(policy) };
  }, [data]);
}

/** The stages of customers, for lists that show their names and decide nothing. */
export function useStages(): NonNullable<Policy["stages"]> {
  const { data } = useView("policy", { version: "current" }, { only: "stages" });
  return (data?.policy as Partial<Policy> | undefined)?.stages ?? [];
}

type Law = PinnedPolicy["law"];

let readLaw: Law;

/** From here on what laws ask is known at once. */
export function knowLaw(law: Law): void {
  readLaw = law;
}

/** What laws ask, loaded when an incident looks at some; undefined until it is there. */
function useLaw(isNeeded: boolean): Law {
  const [law, setLaw] = useState<{ readonly read: Law }>({ read: readLaw });
  useEffect(() => {
    if (!isNeeded || readLaw) return;
    void import("../core/incident/owed/law-owed.ts").then(({ lawObligations }) => {
      knowLaw(lawObligations);
      setLaw({ read: lawObligations });
    });
  }, [isNeeded]);
  return law.read;
}

/** What decide needs for an incident on screen; undefined until it is there. */
export function useIncidentContext(incident: {
  readonly policyVersion: number;
  readonly folded: object;
}): Context | undefined {
  const context = useContextOf(incident.policyVersion);
  const isNeeded = (incident.folded as Partial<Incident>).law !== undefined;
  const law = useLaw(isNeeded);
  return useMemo(() => {
    if (!context || !isNeeded) return context;
    return law && { ...context, policy: { ...context.policy, law } };
  }, [context, isNeeded, law]);
}

/** What decide needs besides the state on screen; undefined until it is there. */
export function useContextOf(version: number | "current" | undefined): Context | undefined {
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
