/**
 * Beside the policy: what its rules must know of other subjects and of the store: who is
 * behind a token, what a draft says by now, how many would be told, and which files of its
 * sections are here.
 */

import type { Beside } from "./core/context.ts";
import { digestsIn, sectionFilesOf } from "./core/publication/section-file.ts";
import type { Publication } from "./core/publication/state.ts";
import { behindOf } from "./beside-public.ts";
import type { Desk } from "./desk.ts";
import type { Envelope, World } from "./handle.ts";

/** Who is behind a token, what the proposed draft says by now, and how many would be told. */
export async function besidePolicy<P>(
  { proposal }: Publication,
  command: Envelope["command"],
  by: string,
  desk: Desk<P>,
  { draftHash, subscribers, isKept }: World<P>,
): Promise<Beside> {
  const draft = command.type === "ProposePolicy" ? command.draft : proposal?.draft;
  const digests = "text" in command ? digestsIn(command.text ?? "") : [];
  const [hash, count, access, kept] = await Promise.all([
    draft === undefined ? undefined : draftHash?.(draft),
    subscribers?.("policy"),
    by.startsWith("token/") ? desk.open("access", "current") : undefined,
    keptAmong(digests, isKept),
  ]);
  return {
    kept,
    ...(hash === undefined ? {} : { draftHash: hash }),
    ...(count === undefined ? {} : { subscribers: count }),
    ...behindOf(by, access),
  };
}

async function keptAmong(
  digests: readonly string[],
  isKept: World<unknown>["isKept"],
): Promise<ReadonlySet<string>> {
  const found = await Promise.all(
    digests.map(async (digest) => ((await isKept?.(digest)) ? [digest] : [])),
  );
  return new Set(found.flat());
}

/** Which files of the policy that runs are here, so that none need be brought to be shared. */
export async function besideShare<P>({ policies, isKept }: World<P>): Promise<Beside> {
  const files = sectionFilesOf((await policies.current())?.policy ?? { sections: [] });
  return {
    kept: await keptAmong(
      files.map(({ digest }) => digest),
      isKept,
    ),
  };
}
