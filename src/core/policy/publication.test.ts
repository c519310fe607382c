import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Recorded } from "../recorded.ts";
import { FRIDAY } from "./fennel.ts";
import { policyHash } from "./parse.ts";
import { decide, foldPublication, type PublicationEvent } from "./publication.ts";

const text = readFileSync(join(import.meta.dirname, "fennel.yaml"), "utf8").replaceAll(
  ".example",
  ".dev",
);
const next = text.replace('version: "1.0"', 'version: "1.1"');

const after = (...events: readonly PublicationEvent[]) =>
  foldPublication(
    events.map(
      (event, i): Recorded<PublicationEvent> => ({
        version: i + 1,
        id: `entry-${i + 1}`,
        at: FRIDAY,
        by: "account/ac_ada",
        event,
      }),
    ),
  );
const publish = (published: ReturnType<typeof after>, document: string) => {
  const decided = decide(published, { type: "PublishPolicy", text: document });
  return decided.ok ? decided.value : decided.problems.map(({ code }) => code);
};

describe("publishing", () => {
  test("names the version, ours and the document's, and the hash of its bytes", () => {
    expect(publish(after(), text)).toEqual([
      {
        type: "PolicyPublished",
        version: 1,
        label: "1.0",
        hash: policyHash(text),
        bytes: Buffer.byteLength(text),
        effective: "2026-11-02",
        id: "fennel",
      },
    ]);
  });

  test("the same bytes again is refused", () => {
    const once = after(...(publish(after(), text) as readonly PublicationEvent[]));
    expect(publish(once, text)).toEqual(["policy-unchanged"]);
  });

  test("another text under a version that was published is refused", () => {
    const once = after(...(publish(after(), text) as readonly PublicationEvent[]));
    expect(publish(once, `${text}\n# a remark\n`)).toEqual(["policy-label-taken"]);
    expect(publish(once, next)).toMatchObject([{ version: 2, label: "1.1" }]);
  });

  test("what is no policy is refused with the place that is wrong", () => {
    const decided = decide(after(), {
      type: "PublishPolicy",
      text: text.replace("otherwise: minor", "otherwise: 7"),
    });
    expect(decided.ok).toBe(false);
    expect(!decided.ok && decided.problems[0].line).toBeGreaterThan(1);
  });

  test("what the linter blocks is refused", () => {
    const wrong = text.replace("otherwise: minor", "otherwise: none-such");
    expect(publish(after(), wrong)).toEqual(["reference-unknown"]);
  });
});
