/**
 * Time on screen: absolute first, the zone always printed, relative second.
 *
 * `now` is the server's: a browser's clock may be wrong, and a deadline must not
 * be. `U` switches every instant on the page between the installation's zone and
 * UTC. Civil time itself is core/time's business.
 */

import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from "react";
import { formatDuration, formatInstant } from "../../core/time/format.ts";
import { HOUR_MS, type Instant, MINUTE_MS, parseInstant } from "../../core/time/instant.ts";

type Shown = {
  readonly zone: string;
  readonly now: Instant;
  readonly utc: boolean;
  readonly toggleUtc: () => void;
  /** How far this device's clock is from the server's; stated when over half a minute. */
  readonly skewMs: number;
};

const TimeContext = createContext<Shown | undefined>(undefined);

export const SKEW_MS_SAID = 30_000;

export function TimeProvider({
  zone,
  serverAt,
  children,
}: {
  readonly zone: string;
  readonly serverAt: string | undefined;
  readonly children: ReactNode;
}) {
  const skewMs = useMemo(
    () => (serverAt === undefined ? 0 : (parseInstant(serverAt) ?? Date.now()) - Date.now()),
    [serverAt],
  );
  const [tick, setTick] = useState(0);
  const [utc, setUtc] = useState(() => localStorage.getItem("due-utc") === "yes");
  useEffect(() => {
    // Once a minute, on the minute: a countdown by the second is a wallboard, not a log.
    const beat = setTimeout(() => setTick(tick + 1), MINUTE_MS - (Date.now() % MINUTE_MS));
    return () => clearTimeout(beat);
  }, [tick]);
  const value = useMemo<Shown>(
    () => ({
      zone: utc ? "UTC" : zone,
      now: (Date.now() + skewMs) as Instant,
      utc,
      toggleUtc: () => setUtc(!utc),
      skewMs,
    }),
    // `tick` is what makes `now` move on.
    [zone, utc, skewMs, tick],
  );
  useEffect(() => localStorage.setItem("due-utc", utc ? "yes" : "no"), [utc]);
  return <TimeContext.Provider value={value}>{children}</TimeContext.Provider>;
}

export function useTime(): Shown {
  const shown = useContext(TimeContext);
  if (!shown) throw new Error("useTime outside TimeProvider");
  return shown;
}

export const toInstant = (iso: string): Instant => parseInstant(iso) ?? (0 as Instant);

/** `Sat 21 Nov 2026, 21:05 CET`, and how far away when `relative`. */
export function At({
  iso,
  relative = false,
  short = false,
}: {
  readonly iso: string;
  readonly relative?: boolean;
  readonly short?: boolean;
}) {
  const { zone, now } = useTime();
  const at = toInstant(iso);
  const text = formatInstant(at, zone);
  return (
    <time dateTime={iso} title={`${formatInstant(at, "UTC")}`}>
      {short ? text.replace(/ \d{4},/, "") : text}
      {relative ? <span className="secondary"> {relation(at, now)}</span> : null}
    </time>
  );
}

/** Up to here hours are said, as the policy says 72 hours; beyond it nobody divides by 24 at night. */
const HOURS_SAID_MS = 73 * HOUR_MS;

/** `in 3 h 49 min`, `in 6 days 23 h`, `12 min ago`, `now`. */
export function relation(at: Instant, now: Instant): string {
  const distance = Math.abs(at - now);
  if (distance < MINUTE_MS) return "now";
  const text =
    distance < HOURS_SAID_MS
      ? formatDuration(Math.floor(distance / MINUTE_MS) * MINUTE_MS)
      : inDays(Math.floor(distance / HOUR_MS));
  return at > now ? `in ${text}` : `${text} ago`;
}

/** Days of 24 hours: a distance, not dates. */
const inDays = (hours: number): string =>
  `${Math.floor(hours / 24)} days${hours % 24 === 0 ? "" : ` ${hours % 24} h`}`;
