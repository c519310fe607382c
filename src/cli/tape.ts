/**
 * Tape: what an incident or a signal owes, drawn on the terminal by the same
 * geometry as on every screen. Leaves 4 where something is overdue.
 */

import type { ObligationView } from "../api/view.ts";
import { ok, refuse, type Result } from "../core/problem.ts";
import { fractionOf, type Scale, SCALES } from "../core/tape/axis.ts";
import { stateOf, toItem, toItems } from "../core/tape/item.ts";
import { axisOf } from "../core/tape/line.ts";
import { tapeText } from "../core/tape/text.ts";
import { overdueCount, summaryOf } from "../core/tape/words.ts";
import { type Instant, parseInstant, toIso } from "../core/time/instant.ts";
import { reach, type Reached } from "./reach.ts";
import { answered, inline, refused } from "./say.ts";
import { zoneOf } from "./send.ts";
import { EXIT, type Shell } from "./shell.ts";
import { type Asked, complete, type Fill } from "./verb.ts";
import { parseWhen } from "./when.ts";

type Given = Asked & {
  readonly width?: string;
  readonly scale?: string;
  readonly asOf?: string;
  readonly utc?: boolean;
};

const COLUMNS_MIN = 56;
const COLUMNS_MAX = 400;
/** As wide as the design's own drawing, where nobody says how wide the terminal is. */
const COLUMNS = 87;

export const tape: Fill = (command, shell) => {
  complete(
    command
      .argument("<id>", "an incident or a signal")
      .option("--width <columns>", `${COLUMNS_MIN} to ${COLUMNS_MAX}; as wide as the terminal`)
      .option("--scale <scale>", `${SCALES.join(", ")}`, "folded")
      .option("--as-of <time>", "as it stood then")
      .option("--utc", "say times in UTC"),
    "due tape INC-7",
  ).action(async (id: string, asked: Given) => {
    const client = await reach(shell);
    if (!client.ok) return refused(shell, client.problems, asked);
    const columns = columnsOf(asked, shell);
    if (!columns.ok) return refused(shell, columns.problems, asked);
    const scale = SCALES.find((one) => one === asked.scale);
    if (scale === undefined) return refused(shell, [scaleProblem], asked);
    const ours = await zoneOf(client.value);
    const clock = { now: shell.now(), zone: async () => ours };
    const asOf =
      asked.asOf === undefined ? ok(undefined) : await parseWhen(asked.asOf, clock, "as-of", "");
    if (!asOf.ok) return refused(shell, asOf.problems, asked);
    const zone = asked.utc || !ours.ok ? "UTC" : ours.value;
    const owed = await obligationsOf(
      client.value,
      id.replace(/^(?:incident|signal)\//, ""),
      asOf.value,
    );
    const now = parseInstant(asOf.value ?? "") ?? shell.now();
    const drawn = { now, zone, scale, columns: columns.value };
    if (owed.ok && overdueCount(toItems(owed.value), now) > 0) shell.exit = EXIT.overdue;
    if (asked.json)
      answered(shell, owed.ok ? ok(asData(owed.value, drawn)) : owed, asked, () => []);
    else answered(shell, owed, asked, (found) => words(found, drawn, shell));
  });
};

type Drawn = {
  readonly now: Instant;
  readonly zone: string;
  readonly scale: Scale;
  readonly columns: number;
};

function columnsOf({ width }: Given, shell: Shell): Result<number> {
  if (width === undefined)
    return ok(Number.isFinite(shell.width) ? Math.max(shell.width, COLUMNS_MIN) : COLUMNS);
  const columns = Number(width);
  return Number.isInteger(columns) && columns >= COLUMNS_MIN && columns <= COLUMNS_MAX
    ? ok(columns)
    : refuse("bad-value", `A tape is ${COLUMNS_MIN} to ${COLUMNS_MAX} columns wide.`, "/width");
}

const scaleProblem = {
  code: "not-one-of",
  message: `A tape has the scales ${SCALES.join(", ")}.`,
  at: "/scale",
};

async function obligationsOf(
  client: Reached,
  id: string,
  asOf: string | undefined,
): Promise<Result<readonly ObligationView[]>> {
  const query = asOf === undefined ? {} : { asOf };
  const found = id.startsWith("R-")
    ? await client.read("signal", { id }, query)
    : await client.read("incident", { id }, query);
  return found.ok ? ok(found.value.obligations) : found;
}

/** What a name holds came from outside: it must not move the cursor. */
const clean = (owed: ObligationView): ObligationView => ({
  ...owed,
  recipient: { ...owed.recipient, name: owed.recipient.name && inline(owed.recipient.name) },
});

function words(
  owed: readonly ObligationView[],
  { now, zone, scale, columns }: Drawn,
  { ink }: Shell,
): readonly string[] {
  const items = toItems(owed.map(clean));
  return tapeText(items, now, { zone, scale, width: columns }).map(({ text, isLoud }) =>
    isLoud ? ink.alarm(text) : text,
  );
}

/** The same for a program: each obligation whole, with its place on the axis. */
function asData(owed: readonly ObligationView[], { now, zone, scale }: Drawn) {
  const items = toItems(owed);
  const axis = axisOf(items, now, { scale });
  return {
    now: toIso(now),
    startAt: toIso(axis.startAt),
    zone,
    scale,
    says: summaryOf(items, now, zone),
    obligations: owed.map((one) => {
      const item = toItem(one);
      const { dueAt } = item;
      return {
        ...one,
        state: stateOf(item, now),
        fraction: dueAt === undefined ? null : fractionOf(dueAt, axis),
      };
    }),
  };
}
