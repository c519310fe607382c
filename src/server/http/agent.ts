/**
 * Agent: what opened a page, in a few words. Coarse on purpose: it is kept in the record,
 * and shall tell a person from a program, and no two persons apart.
 */

import { SCANNER_WORDS } from "../../core/incident/notice/own-page.ts";

const BROWSERS = [
  ["Edg", "Edge"],
  ["Firefox", "Firefox"],
  ["OPR", "Opera"],
  ["Chrome", "Chrome"],
  ["Safari", "Safari"],
] as const;

const SYSTEMS = [
  ["Windows", "Windows"],
  ["Android", "Android"],
  ["iPhone", "iPhone"],
  ["iPad", "iPad"],
  ["Mac OS X", "macOS"],
  ["Linux", "Linux"],
] as const;

/** Of those who look at every link before a person does. */
const SCANNER =
  /bot|crawl|spider|scan|preview|prefetch|safelink|proofpoint|mimecast|barracuda|slack|teams|headless/i;

/** One that is neither that nor a browser. */
export const PROGRAM_WORDS = "a program";

/** `Firefox on Windows`, `a link scanner`, `a program`. */
export function agentOf(headers: Headers): string {
  const agent = headers.get("user-agent") ?? "";
  const purpose = `${headers.get("sec-purpose") ?? ""} ${headers.get("purpose") ?? ""}`;
  if (SCANNER.test(agent) || /prefetch|preview/i.test(purpose)) return SCANNER_WORDS;
  const browser = BROWSERS.find(([sign]) => agent.includes(sign))?.[1];
  const system = SYSTEMS.find(([sign]) => agent.includes(sign))?.[1];
  if (!agent.startsWith("Mozilla/") || browser === undefined) return PROGRAM_WORDS;
  return system === undefined ? browser : `${browser} on ${system}`;
}
