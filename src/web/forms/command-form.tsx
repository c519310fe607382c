/**
 * The frame of a form for one command: what is sent is what core decided about
 * while it was typed, and the button says why it may not be pressed.
 *
 * Where it matters what was on screen, the command carries the version that the
 * person saw. If somebody was faster, nothing is lost and nothing is overwritten:
 * the form says what has happened since, and the next press is about that. What they
 * did themselves meanwhile, a gate shown from within the form, stands in nobody's way.
 */

import { type ReactNode, useState } from "react";
import type { CommandType, InputOf } from "../../api/command.ts";
import { INSTANT_FIELDS } from "../../api/wire.ts";
import type { IncidentCommand } from "../../core/incident/incident.ts";
import { type Instant, toIso } from "../../core/time/instant.ts";
import { client, problemAt, useCommand, useView } from "../api.ts";
import { refusal, useRoom } from "../pages/room/room-state.tsx";
import { ActForm } from "../ui/act-form.tsx";
import { Problems } from "../ui/field.tsx";
import { At } from "../ui/time.tsx";

type Sent = Extract<IncidentCommand, { type: CommandType }>;

type Props = {
  readonly title: ReactNode;
  /** What is sent, as core knows it. */
  readonly command: Sent;
  /** What pressing it does: "Resolve INC-7". */
  readonly submit: string;
  /** The fields that show their own problems. */
  readonly beside: readonly string[];
  /** It depends on what was on screen when the form was opened. */
  readonly locks?: boolean;
  /** A reason of the form's own, before core is asked. */
  readonly whyNot?: string | undefined;
  readonly onDone?: () => void;
  readonly children: (problem: (field: string) => string | undefined) => ReactNode;
};

export function CommandForm({
  title,
  command,
  submit,
  beside,
  locks = false,
  whyNot,
  onDone,
  children,
}: Props) {
  const room = useRoom();
  const { incident, context, open } = room;
  const sending = useCommand(command.type, incident.id);
  const [seen, setSeen] = useState(incident.version);
  const [stale, setStale] = useState<number>();
  const close = (): void => open(undefined);

  const send = async (since: number, isAgain = false): Promise<void> => {
    try {
      await sending.send(wireOf(command), locks ? { ifVersion: since } : {});
    } catch (error) {
      if (!isStale(error)) return;
      const own = isAgain ? undefined : await lastOfOwn(incident.id, since, context.by);
      if (own !== undefined) return send(own, true);
      setStale(since);
      setSeen(incident.version);
      return;
    }
    onDone?.();
    close();
  };
  const problems = sending.problems.filter(({ code }) => code !== "stale");
  return (
    <ActForm
      submit={submit}
      whyNot={whyNot ?? refusal(room, command)}
      pending={sending.pending}
      onSend={() => send(seen)}
      onClose={close}
    >
      <h2>{title}</h2>
      {children((field) => problemAt(problems, field))}
      <Problems problems={problems} beside={beside} />
      {stale === undefined ? null : <WhatChanged id={incident.id} since={stale} />}
    </ActForm>
  );
}

const isStale = (error: unknown): boolean =>
  ((error as { problems?: readonly { code: string }[] }).problems ?? []).some(
    ({ code }) => code === "stale",
  );

/** The last entry after `since`, where all of them are by whoever asks. */
async function lastOfOwn(id: string, since: number, by: string): Promise<number | undefined> {
  const query = { from: since, limit: 50, only: "everything" } as const;
  const read = await client.read("timeline", { id }, query);
  const lines = read.ok ? read.value.items : [];
  return lines.every((line) => line.by === by) ? lines.at(-1)?.version : undefined;
}

/** What others have recorded since the form was opened. */
function WhatChanged({ id, since }: { readonly id: string; readonly since: number }) {
  const lines = useView("timeline", { id }, { from: since, limit: 10, only: "everything" });
  return (
    <div className="said" role="status">
      <p>
        Nothing was sent: somebody has recorded something since you opened this. What you wrote is
        still here; press again if it still holds.
      </p>
      <ul>
        {lines.data?.items.map(({ version, at, byName, says }) => (
          <li key={version}>
            <At iso={at} short /> {byName}: {says}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** A command as it goes over the wire: without its type, instants as text. */
export function wireOf<T extends Sent>({ type: _, ...fields }: T): InputOf<T["type"]> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      name,
      INSTANT_FIELDS.has(name) && typeof value === "number" ? toIso(value as Instant) : value,
    ]),
  ) as InputOf<T["type"]>;
}

/** Leaves out what is empty: an optional text that nobody wrote is not sent. */
export const given = <K extends string>(name: K, value: string): Partial<Record<K, string>> =>
  value.trim() === "" ? {} : ({ [name]: value } as Record<K, string>);
