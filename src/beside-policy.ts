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

const IS_PUBLISHING: ReadonlySet<string> = new Set(["PublishPolicy", "ProposePolicy"]);

/** What a text that is to be published is worth, who is behind a token, what the proposed draft says by now, and how many would be told. */
export async function besidePolicy<P>(
  { proposal }: Publication,
  { command, by, at }: Pick<Envelope, "command" | "by" | "at">,
  desk: Desk<P>,
  { draftHash, subscribers, isKept, judge, installation }: World<P>,
): Promise<Beside> {
  const draft = command.type === "ProposePolicy" ? command.draft : proposal?.draft;
  const text = IS_PUBLISHING.has(command.type) && "text" in command ? command.text : undefined;
  const [judged, hash, count, access, kept] = await Promise.all([
    text === undefined ? undefined : judge?.(text, { now: at, zone: installation().zone }),
    draft === undefined ? undefined : draftHash?.(draft),
    subscribers?.("policy"),
    by.startsWith("token/") ? desk.open("access", "current") : undefined,
    keptAmong(digestsIn(text ?? ""), isKept),
  ]);
  return {
    kept,
    ...(judged === undefined ? {} : { judged }),
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
