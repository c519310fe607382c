/**
 * The incident goes on under another version of the policy: which, why, and what it does to
 * its clocks, said by the server before anything is recorded.
 */

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { ReplayPage } from "../../api/replay.ts";
import { client, problemsIn, useView, valueOf } from "../api.ts";
import { useRoom } from "../pages/room/room-state.tsx";
import { Problems, SelectField, TextArea, useDraft } from "../ui/field.tsx";
import { CommandForm } from "./command-form.tsx";

export function Rebase() {
  const { incident, state } = useRoom();
  const versions = useView("policies").data?.items;
  const others = (versions ?? []).filter(({ version }) => version !== incident.policyVersion);
  const [chosen, setChosen] = useState("");
  const [severity, setSeverity] = useState("");
  const [reason, setReason, forget] = useDraft(`${incident.id}-rebase`, "");
  const target = others.find(({ version }) => String(version) === chosen) ?? others[0];
  const there = useView(
    "policy",
    { version: String(target?.version ?? incident.policyVersion) },
    { only: "terms" },
  ).data?.policy as { severities?: readonly { id: string; name: string }[] } | undefined;
  const held = state.severity.at(-1)?.to;
  const isUnknown =
    held !== undefined && there?.severities?.some(({ id }) => id === held) === false;
  const named = isUnknown ? severity || (there?.severities?.[0]?.id ?? "") : "";
  const also = named === "" ? {} : { severity: named };
  return (
    <CommandForm
      title="Go on under another version of the policy"
      command={{ type: "RebaseIncident", policyVersion: target?.version ?? 0, reason, ...also }}
      submit={
        target ? `Move ${incident.id} to version ${target.version}` : "Move to another version"
      }
      beside={["policyVersion", "reason", "severity"]}
      whyNot={
        target ? undefined : versions ? "Only one version was ever published." : "One moment."
      }
      locks
      onDone={forget}
    >
      {(problem) => (
        <>
          <p className="secondary">
            It runs under version {incident.policyVersion}. Contracts and laws stay as they were
            taken up, what was met stays met, and what was missed stays on record.
          </p>
          <SelectField
            label="Version"
            autoFocus
            value={String(target?.version ?? "")}
            choices={others.map(({ version, label, current }) => ({
              value: String(version),
              label: `${version} (${label}${current ? ", in force" : ""})`,
            }))}
            onChange={setChosen}
            problem={problem("policyVersion")}
          />
          {isUnknown ? (
            <SelectField
              label="Its severity in that version"
              value={named}
              choices={(there?.severities ?? []).map(({ id, name }) => ({
                value: id,
                label: name,
              }))}
              onChange={setSeverity}
              problem={problem("severity")}
            />
          ) : null}
          {target ? <WhatMoves version={target.version} severity={named} /> : null}
          <TextArea
            label="Why"
            rows={3}
            maxLength={10_000}
            value={reason}
            onChange={setReason}
            hint="It is kept in the timeline: whoever reads it later will ask."
            problem={problem("reason")}
          />
        </>
      )}
    </CommandForm>
  );
}

const SHOWN_MAX = 12;

/** The dry run: the same function that counts it afterwards. */
function WhatMoves({ version, severity }: { readonly version: number; readonly severity: string }) {
  const { incident } = useRoom();
  const body = {
    version,
    incident: incident.id,
    ...(severity === "" ? {} : { severity }),
  };
  const asked = useQuery({
    queryKey: ["replay", body, incident.version],
    queryFn: async () => valueOf(await client.call<ReplayPage>("POST", "/api/v1/replays", body)),
  });
  if (asked.error) return <Problems problems={problemsIn(asked.error)} beside={[]} />;
  if (!asked.data) return <p className="secondary">Counting…</p>;
  const [one] = asked.data.items;
  const moves = one?.moves ?? [];
  return (
    <div role="status">
      <p className="strong">What this does to the clocks</p>
      {moves.length === 0 ? <p className="secondary">No due time changes.</p> : null}
      <ul>
        {moves.slice(0, SHOWN_MAX).map(({ says }) => (
          <li key={says}>{says}</li>
        ))}
        {(one?.unknown ?? []).map((says) => (
          <li key={says} className="strong">
            {says}
          </li>
        ))}
      </ul>
      {moves.length > SHOWN_MAX ? (
        <p className="secondary">And {moves.length - SHOWN_MAX} more.</p>
      ) : null}
    </div>
  );
}
