/**
 * Writes: load on an installation, counted by whoever was answered.
 *
 * Every write carries an id of its own and is sent once, never again: so what was
 * acknowledged must be there once, and what was not may be there once at most.
 */

import { randomBytes } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { alertOf, requestOf, webhookOf, Wire } from "../../bench/load.ts";
import type { Installation } from "./installation.ts";

const INTAKE_SOCKETS = 8;
const GROUPS = 40;
const AFTER_NO_MS = 20;
/** The API lets one address send thirty requests a second for long. */
const LINE_EVERY_MS = 75;

export type Count = { sent: number; readonly acknowledged: Set<string>; refused: number };

export type Writes = {
  readonly bodies: Count;
  readonly lines: Count;
  /** How often each status was answered; 0 where the connection broke. */
  readonly statuses: ReadonlyMap<number, number>;
  /** When the last write was acknowledged, on the clock of performance.now(). */
  readonly lastAt: () => number;
  /** Resolves when every request under way was answered or broken off. */
  readonly stop: () => Promise<void>;
};

export type WritesOptions = {
  readonly incidents: readonly string[];
  readonly run: string;
  /** How many characters each body has that cannot be compressed. */
  readonly padding?: number;
};

/** Writes until it is stopped, whatever happens to the server. */
export function writing(
  { program, intakeToken, token }: Pick<Installation, "program" | "intakeToken" | "token">,
  { incidents, run, padding = 0 }: WritesOptions,
): Writes {
  const bodies: Count = { sent: 0, acknowledged: new Set(), refused: 0 };
  const lines: Count = { sent: 0, acknowledged: new Set(), refused: 0 };
  const statuses = new Map<number, number>();
  let lastAt = 0;
  let stopped = false;
  const { url } = program();

  const send = (wire: Wire, request: Buffer): Promise<number> =>
    new Promise((answered) => wire.send(request, answered));
  const write = async (wire: Wire, count: Count, id: string, request: Buffer): Promise<void> => {
    const status = await send(wire, request);
    statuses.set(status, (statuses.get(status) ?? 0) + 1);
    if (status >= 200 && status < 300) {
      count.acknowledged.add(id);
      lastAt = performance.now();
      return;
    }
    count.refused += 1;
    await pause(AFTER_NO_MS);
  };
  const lane = async (act: (wire: Wire) => Promise<void>): Promise<void> => {
    const wire = new Wire(url);
    while (!stopped) await act(wire);
    wire.close();
  };
  const intake = (wire: Wire): Promise<void> => {
    const n = (bodies.sent += 1);
    const alert = alertOf(n, run, new Date().toISOString());
    const annotations = { ...alert.annotations, padding: randomBytes(padding / 2).toString("hex") };
    const padded = padding === 0 ? alert : { ...alert, annotations };
    const body = webhookOf([padded], `group-${n % GROUPS}`);
    const headers = { authorization: `Bearer ${intakeToken}` };
    const request = requestOf(`${url}/intake/alertmanager`, body, headers);
    return write(wire, bodies, `${run}-${n}`, request);
  };
  const line = async (wire: Wire, incident: string): Promise<void> => {
    const id = `line-${run}-${(lines.sent += 1)}`;
    const body = JSON.stringify({ text: `Written under fire: ${id}.` });
    const headers = { authorization: `Bearer ${token}` };
    const request = requestOf(`${url}/api/v1/incidents/${incident}/log`, body, headers);
    await write(wire, lines, id, request);
    await pause(LINE_EVERY_MS);
  };
  const lanes = [
    ...Array.from({ length: INTAKE_SOCKETS }, () => lane(intake)),
    ...incidents.map((incident) => lane((wire) => line(wire, incident))),
  ];
  return {
    bodies,
    lines,
    statuses,
    lastAt: () => lastAt,
    async stop() {
      stopped = true;
      await Promise.all(lanes);
    },
  };
}

/** Incidents to write lines into. */
export async function openIncidents(
  { program, token }: Pick<Installation, "program" | "token">,
  count: number,
): Promise<readonly string[]> {
  const opened: string[] = [];
  for (let n = 0; n < count; n += 1) {
    const answer = await fetch(`${program().url}/api/v1/incidents/open-incident`, {
      method: "POST",
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      body: JSON.stringify({ title: `Under fire ${n}` }),
    });
    if (!answer.ok) throw new Error(`no incident: ${await answer.text()}`);
    const { subject } = (await answer.json()) as { readonly subject: string };
    opened.push(subject.replace("incident/", ""));
  }
  return opened;
}

export type Kept = {
  /** Acknowledged, and not there. */
  readonly lost: readonly string[];
  /** There more than once. */
  readonly doubled: readonly string[];
  /** Bodies that are there, and how often they were counted or wait to be: must be equal. */
  readonly bodies: number;
  readonly counted: number;
};

/** What of the writes is in the database. */
export async function keptOf(
  { rows }: Pick<Installation, "rows">,
  { bodies, lines }: Pick<Writes, "bodies" | "lines">,
): Promise<Kept> {
  const found = new Map<string, number>();
  for (const { id, n } of await rows(
    `select substring(convert_from(body, 'UTF8') from '"sid":"([^"]+)"') as id, count(*)::int as n
     from raw where source = 'alertmanager' group by 1
     union all
     select substring(leaves from 'line-[a-z0-9]+-[0-9]+'), count(*)::int
     from disclosure where leaves like '%Written under fire%' group by 1`,
  ))
    found.set(String(id), Number(n));
  const [sums] = await rows(
    `select (select count(*)::int from raw where source = 'alertmanager') as bodies,
       (select coalesce(sum(count), 0)::int from seen where fingerprint like 'alertmanager:%')
       + (select count(*)::int from raw_queue) as counted`,
  );
  const acknowledged = [...bodies.acknowledged, ...lines.acknowledged];
  return {
    lost: acknowledged.filter((id) => !found.has(id)),
    doubled: [...found].filter(([, n]) => n > 1).map(([id]) => id),
    bodies: Number(sums?.["bodies"]),
    counted: Number(sums?.["counted"]),
  };
}
