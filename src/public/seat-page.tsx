/**
 * Seat page: one incident's record as somebody from outside reads it, whole and in order: what is
 * known, what is owed, what was decided, filed and told, every line; and who has opened it.
 */

/** @jsxRuntime automatic @jsxImportSource hono/jsx */

import type { Child } from "hono/jsx";
import { NOT_KNOWN } from "../core/filing/pack.ts";
import { overtaken } from "../core/incident/outward/decision.ts";
import type { SeatOpening } from "../core/seat.ts";
import { formatBoth, formatInstant } from "../core/time/format.ts";
import { type Instant, parseInstant } from "../core/time/instant.ts";
import type { Seated } from "./seat.tsx";
import { SeatLines } from "./seat-lines.tsx";
import type { ListRead, RecordRead } from "./seat-record.ts";

type Around = Seated & { readonly zone: string; readonly now: Instant };
type Given = Around & { readonly record: RecordRead };

const AS = { counsel: "counsel", auditor: "auditor", insurer: "insurer", other: "guest" } as const;
const OUTCOME = {
  notify: "Notify",
  "do-not-notify": "Do not notify",
  later: "Not decided yet",
} as const;
const STATE = { suspected: "suspected", confirmed: "confirmed", "ruled-out": "ruled out" } as const;
const STANDING = {
  running: "running",
  owed: "owed",
  met: "met",
  "met-late": "met late",
  missed: "OVERDUE",
  waived: "does not apply",
} as const;
const SEEN = {
  page: "read",
  ledger: "taken away as a signed record",
  list: "the list of incidents",
} as const;
const OPENINGS_SHOWN = 20;

export function SeatRecord(given: Given) {
  const { record, zone } = given;
  const { incident, state } = record;
  const time = (iso: string | null): string => timeIn(iso, zone);
  return (
    <article class="seat">
      <Whose {...given} />
      <h1>
        {state.drill ? "DRILL: " : ""}
        {incident.id}: {incident.title}
      </h1>
      <dl class="facts">
        <Pair says="Severity">{incident.severity?.name ?? "not set"}</Pair>
        <Pair says="State">
          {[incident.state, ...incident.phases.map(({ name }) => name)].join(", ")}
        </Pair>
        <Pair says="Led by">{incident.lead ?? "nobody"}</Pair>
        <Pair says="Opened">{time(incident.openedAt)}</Pair>
        {incident.closedAt === null ? null : <Pair says="Closed">{time(incident.closedAt)}</Pair>}
        <Pair says="Read up to">
          entry {incident.version}, under version {incident.policyVersion} of the policy
        </Pair>
      </dl>
      <Decision {...given} />
      <Facts {...given} />
      <Owed {...given} />
      <Touched {...given} />
      <Filings {...given} />
      <Letters {...given} />
      <SeatLines
        lines={record.lines}
        from={record.from}
        total={record.total}
        at={given.at}
        zone={zone}
      />
      <Proof {...given} />
      <Openings {...given} opened={record.opened} />
    </article>
  );
}

export function SeatList(given: Around & { readonly list: ListRead }) {
  const { list, at, zone } = given;
  return (
    <article class="seat">
      <Whose {...given} />
      <h1>Incidents</h1>
      {list.items.length === 0 ? <p>There is none.</p> : null}
      <ul class="plain">
        {list.items.map(({ id, title, severity, state, openedAt }) => (
          <li>
            <a href={`${at}/of/${id}`}>
              {id}: {title}
            </a>
            <p class="quiet">
              {severity?.name ?? "no severity"}, {state}, opened {timeIn(openedAt, zone)}
            </p>
          </li>
        ))}
      </ul>
      {list.total > list.items.length ? (
        <p>
          The newest {list.items.length} of {list.total}.
        </p>
      ) : null}
      <Openings {...given} opened={list.opened} />
    </article>
  );
}

function Whose({ seat, zone }: Around) {
  return (
    <header class="seat-whose">
      <p class="mark-of">
        For {seat.name}, {AS[seat.as]} · until {formatBoth(seat.until, zone)}
      </p>
      <p class="note">
        You read what is recorded, and change nothing. Each opening is recorded and stands at the
        end; please do not pass the address on.
      </p>
    </header>
  );
}

function Decision({ record, zone, at, seat }: Given) {
  const { state, policy, asked } = record;
  const last = state.decisions.at(-1);
  if (!last) return null;
  const { counsel } = last;
  const open = policy ? overtaken(state, policy) : [];
  return (
    <section>
      <h2 id="seat_decision">Whether to notify</h2>
      <p>
        <strong>{OUTCOME[last.outcome]}</strong>, {formatBoth(last.at, zone)}, entry {last.version}.
        {last.awaits === "counsel" ? " It stands once counsel agrees." : ""}
        {counsel === undefined
          ? ""
          : ` ${counsel.name} ${counsel.agreed ? "agreed" : "did not agree"}, entry ${counsel.version}.`}
      </p>
      <ul>
        {(policy?.decision ?? []).map(({ id, ask }) => (
          <li>
            {ask} {last.answers[id] ?? "not asked then"}
          </li>
        ))}
      </ul>
      {open.length === 0 ? null : (
        <p>Since then a fact was recorded that says otherwise: it is open again.</p>
      )}
      {asked ? (
        <form method="post" action={`${at}/review`} novalidate>
          <h3>Your review, {seat.name}</h3>
          <div class="field">
            <label for="field_note">What you say to it</label>
            <div class="hint" id="note_hint">
              It is recorded under your name. If you do not agree, say why.
            </div>
            <textarea
              id="field_note"
              name="note"
              rows={4}
              maxlength={10000}
              aria-describedby="note_hint"
            ></textarea>
          </div>
          <button type="submit" name="agrees" value="yes">
            I agree: it stands
          </button>{" "}
          <button type="submit" name="agrees" value="no" class="second">
            I do not agree
          </button>
        </form>
      ) : null}
    </section>
  );
}

function Facts({ record: { state, policy }, zone }: Given) {
  const facts = Object.values(state.facts);
  return (
    <section>
      <h2>What is known</h2>
      {facts.length === 0 ? <p>Nothing is suspected or confirmed.</p> : null}
      <ul>
        {facts.map(({ claim, state: is, since, version, concerning }) => (
          <li>
            {policy?.facts.find((one) => one.claim === claim)?.says ?? claim}
            {concerning === undefined ? "" : ` (${concerning})`}: {STATE[is]} since{" "}
            {formatBoth(since, zone)}, entry {version}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Owed({ record: { incident }, zone }: Given) {
  return (
    <Table
      title="What is owed"
      none="Nothing is owed."
      head={["To", "Promise", "Due", "How it stands"]}
      rows={incident.obligations.map(({ recipient, says, dueAt, standing, stoppedAt }) => [
        recipient.name ?? recipient.kind,
        says,
        dueAt === null ? "no number" : timeIn(dueAt, zone),
        stoppedAt === null
          ? STANDING[standing]
          : `${STANDING[standing]} ${timeIn(stoppedAt, zone)}`,
      ])}
      more={incident.owedTotal - incident.obligations.length}
    />
  );
}

function Touched({ record: { incident } }: Given) {
  const names = [...incident.customers, ...incident.providers].map(({ name }) => name);
  return (
    <section>
      <h2>Who is concerned</h2>
      <p>{names.length === 0 ? "Nobody is recorded as concerned." : names.join(", ")}</p>
    </section>
  );
}

function Filings({ record: { packs }, zone }: Given) {
  if (packs.length === 0) return null;
  return (
    <section>
      <h2>Filings</h2>
      {packs.map(({ regime, stage, recipient, dueText, filed, fields, differences }) => (
        <>
          <h3>
            {regime.name}, {stage}
          </h3>
          <p>
            To {recipient}. {dueText === null ? "" : `Due ${dueText}. `}
            {filed.length === 0
              ? "Not filed."
              : filed
                  .map(
                    ({ filedBy, filedAt, number, reason }) =>
                      `Filed by ${filedBy}, ${timeIn(filedAt, zone)}${number === null ? "" : `, under ${number}`}${reason === null ? "" : `; late: ${reason}`}.`,
                  )
                  .join(" ")}
          </p>
          {differences.map(({ notice, words, filed: told }) => (
            <p class="note">
              The notice {notice} says {words}; filed was {told}.
            </p>
          ))}
          <details>
            <summary>The answers as they stand, {fields.length} fields</summary>
            <dl class="facts">
              {fields.map(({ label, value, source }) => (
                <Pair says={label}>
                  <span class="as-written">{value ?? NOT_KNOWN}</span>
                  <br />
                  <span class="quiet">{source}</span>
                </Pair>
              ))}
            </dl>
          </details>
        </>
      ))}
    </section>
  );
}

function Letters({ record: { letters }, zone }: Given) {
  if (letters.length === 0) return null;
  return (
    <section>
      <h2>Notices</h2>
      <ul class="words plain">
        {letters.map(({ id, at, to, subject, body }) => (
          <li class="ours">
            <strong>{subject}</strong>
            <p class="quiet">
              To {to}, {formatInstant(at as Instant, zone)} · {id}
            </p>
            <div class="body">{body.trim()}</div>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Proof({ record: { incident }, at }: Given) {
  return (
    <section>
      <h2>That this is the record</h2>
      <p>
        <a href={`${at}/ledger.jsonl?upTo=${incident.version}`}>
          The entries that this page was made of
        </a>
        , signed: every entry of {incident.id} up to {incident.version}, those about this seat, and
        of all others only their hashes. <code>due ledger verify</code> checks the file offline, and
        with the key that you were given elsewhere; its format is described so that you need not use
        our program.
      </p>
    </section>
  );
}

function Openings({ opened, zone }: Around & { readonly opened: readonly SeatOpening[] }) {
  const before = opened.slice(-OPENINGS_SHOWN).reverse();
  return (
    <section>
      <h2>When this seat was opened</h2>
      <p class="quiet">
        {opened.length === 0
          ? "Now, for the first time."
          : `Now, and ${opened.length} ${opened.length === 1 ? "time" : "times"} before.`}{" "}
        The team sees the same.
      </p>
      <ul>
        {before.map(({ at, what, upTo, agent }) => (
          <li>
            {formatBoth(at, zone)}: {SEEN[what]}, up to entry {upTo}
            {agent === undefined ? "" : `, by ${agent}`}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Table({
  title,
  none,
  head,
  rows,
  more,
}: {
  readonly title: string;
  readonly none: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly more: number;
}) {
  return (
    <section>
      <h2>{title}</h2>
      {rows.length === 0 ? (
        <p>{none}</p>
      ) : (
        <div class="wide" role="group" aria-label={title} tabindex={0}>
          <table>
            <thead>
              <tr>
                {head.map((cell) => (
                  <th scope="col">{cell}</th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr>
                  {row.map((cell) => (
                    <td>{cell}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {more > 0 ? <p>And {more} more; they are in the record below.</p> : null}
    </section>
  );
}

function Pair({ says, children }: { readonly says: string; readonly children?: Child }) {
  return (
    <div>
      <dt>{says}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function timeIn(iso: string | null, zone: string): string {
  const at = iso === null ? undefined : parseInstant(iso);
  return at === undefined ? "-" : formatBoth(at, zone);
}
