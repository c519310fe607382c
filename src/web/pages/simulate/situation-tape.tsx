/** Situation tape: what a supposed situation owes, drawn as the room draws what is owed. */

import { useState } from "react";
import type { Policy } from "../../../core/policy/policy.ts";
import type { Simulated, SimulatedOwed } from "../../../core/simulation.ts";
import { type Owed, toItems } from "../../../core/tape/item.ts";
import { type Instant, toIso } from "../../../core/time/instant.ts";
import { Tape } from "../../tape/tape.tsx";
import { Why } from "./why.tsx";

type Props = {
  readonly simulated: Simulated;
  readonly policy: Policy;
  /** The instant supposed. */
  readonly at: Instant;
  readonly nameOf: (recipient: string) => string;
};

export function SituationTape({ simulated, policy, at, nameOf }: Props) {
  const [opened, setOpened] = useState<string>();
  const drawn = [
    ...simulated.obligations.filter(({ state }) => ["due", "overdue", "asap"].includes(state)),
    ...simulated.ghosts.flatMap(({ obligations }) =>
      obligations.map((owed) => ({ ...owed, ghost: true })),
    ),
  ];
  const known = new Map(drawn.map((owed) => [idOf(owed), owed]));
  const items = toItems([...known.values()].map((owed) => toOwed(owed, nameOf, at)));
  if (items.length === 0) return null;
  const shown = opened === undefined ? undefined : known.get(opened);
  return (
    <section aria-label="Tape">
      <Tape
        of="Supposed"
        items={items}
        now={at}
        opened={opened}
        onOpen={(id) => setOpened(id === opened ? undefined : id)}
      />
      {shown ? (
        <div className="act">
          <Why owed={shown} policy={policy} />
        </div>
      ) : null}
    </section>
  );
}

const idOf = ({ clause, recipient }: SimulatedOwed): string => `${clause}@${recipient}`;

const KINDS = ["team", "reporter", "customer", "authority", "provider", "public"];

function toOwed(
  owed: SimulatedOwed & { readonly ghost?: boolean },
  nameOf: Props["nameOf"],
  at: Instant,
): Owed {
  const { recipient, recipientName, due, ghost } = owed;
  const kind = KINDS.find((one) => recipient.startsWith(one)) ?? "authority";
  const isNamed = recipientName !== undefined || kind === "customer";
  return {
    id: idOf(owed),
    clause: owed.clause,
    duty: dutyOf(owed),
    recipient: { kind, id: recipient, name: isNamed ? (recipientName ?? nameOf(recipient)) : null },
    startedAt: typeof owed["startedAt"] === "string" ? owed["startedAt"] : toIso(at),
    dueAt: due,
    stoppedAt: null,
    ...(ghost ? { ghost: true } : {}),
  };
}

/** The policy's duties by their names; what a law asks is a filing, or a notice. */
function dutyOf({ regime, stage, recipient }: SimulatedOwed): string {
  if (regime === "policy" || regime === "contract") return String(stage);
  return recipient.startsWith("authority") ? "file" : "notify";
}
