/** Processes: what the programs that are measured cost this machine. Linux only. */

import { readdirSync, readFileSync } from "node:fs";

const TICKS_PER_SECOND = 100;

const statOf = (pid: number): readonly string[] => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  } catch {
    return []; // gone
  }
};

/** `pid` and everything that it started. */
export function familyOf(pid: number): readonly number[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync("/proc"))
    if (/^\d+$/.test(name)) parents.set(Number(name), Number(statOf(Number(name))[1]));
  const family = [pid];
  for (const member of family)
    for (const [child, parent] of parents) if (parent === member) family.push(child);
  return family;
}

/** Seconds of CPU that `pid` and everything below it have taken, what has ended there included. */
export function cpuSecondsOf(pid: number): number {
  const ticks = familyOf(pid).flatMap((member) => statOf(member).slice(11, 15).map(Number));
  return ticks.reduce((sum, each) => sum + each, 0) / TICKS_PER_SECOND;
}

/** MB that would come free if all of these ended: what is shared is counted once among them. */
export function pssMbOf(pid: number): number {
  const kb = familyOf(pid).map((member) => {
    try {
      const text = readFileSync(`/proc/${member}/smaps_rollup`, "utf8");
      return Number(/^Pss: +(\d+)/m.exec(text)?.[1] ?? 0);
    } catch {
      return 0;
    }
  });
  return kb.reduce((sum, each) => sum + each, 0) / 1024;
}

/** Resident MB of one process, now. */
export function rssMbOf(pid: number): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, "utf8");
    return Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}
