/**
 * security.txt is kept good without anybody asking: signed when a policy is
 * published, and again well before it runs out.
 *
 * Where something keeps it from being signed until a month before its end, that
 * is raised: a file that has run out tells researchers that nobody looks here.
 */

import { type Instant, MINUTE_MS } from "../core/time/instant.ts";
import { WARN_MS } from "../store/security-txt.ts";
import { raise } from "./raise.ts";
import type { Step, WorkerWorld } from "./world.ts";

export function keepingSecurityTxt(world: WorkerWorld): Step {
  const { handling, store, url } = world;
  /** When it was last found good, or as good as it gets. */
  let lookedAt: Instant | undefined;
  return async (now) => {
    if (lookedAt !== undefined && Math.abs(now - lookedAt) < MINUTE_MS) return false;
    const current = await handling.world.policies.current();
    if (!current) return false;
    lookedAt = now;
    const { problem, ...kept } = await store.securityTxt.keep({
      policy: current.policy,
      url,
      at: now,
    });
    if (problem && (!kept.isSigned || kept.expiresAt - now < WARN_MS))
      await raise(
        world,
        { source: "worker", about: problem.code, title: TITLE, text: problem.message },
        now,
      );
    return false;
  };
}

const TITLE = "security.txt cannot be signed";
