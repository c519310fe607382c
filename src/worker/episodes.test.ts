import fc from "fast-check";
import { expect, test } from "vitest";
import { type Instant, MINUTE_MS } from "../core/time/instant.ts";
import type { Episode, IncomingSignal } from "../intake/signal.ts";
import { episodes, LISTEN_MS } from "./episodes.ts";

const at = (minutes: number): Instant => (minutes * MINUTE_MS) as Instant;
const said = (says: IncomingSignal["says"], ...told: readonly Episode[]): IncomingSignal => ({
  fingerprint: "f",
  describe: () => ({ title: "", text: "", fields: {} }),
  count: told.length,
  says,
  episodes: told,
});
const began = (minutes: number, key = "") => said("whole", { key, startedAt: at(minutes) });
const ended = (from: number, to: number, key = "") =>
  said("whole", { key, startedAt: at(from), endedAt: at(to) });

const last = (messages: readonly IncomingSignal[]): string | undefined => {
  const heard = episodes(at(0));
  return messages.map((message) => heard.hear(message, at(100))).at(-1);
};

test("what has begun anew goes on, whatever is said late of the time before, in any order", () => {
  const messages = [began(1), ended(1, 5), began(7), began(1), ended(1, 5)];
  fc.assert(
    fc.property(fc.shuffledSubarray(messages, { minLength: 5 }), (order) => {
      expect(last(order)).toBe("firing");
    }),
  );
});

test("what has ended last is over, in any order", () => {
  const messages = [began(1), ended(1, 5), began(7), ended(7, 9), began(7), began(7)];
  fc.assert(
    fc.property(fc.shuffledSubarray(messages, { minLength: 6 }), (order) => {
      expect(last(order)).toBe("over");
    }),
  );
});

const part = (key: string, endedAt?: Instant): IncomingSignal =>
  said("parts", { key, startedAt: at(1), ...(endedAt === undefined ? {} : { endedAt }) });

test("a group told in parts is over when each part is, and only once it was listened to", () => {
  const heard = episodes(at(0));
  expect(heard.hear(part("a", at(2)), at(3))).toBe("unproven");
  expect(heard.hear(part("b"), at(3))).toBe("firing");
  expect(heard.hear(part("a", at(2)), (LISTEN_MS + 1) as Instant)).toBe("firing");
  expect(heard.hear(part("b", at(6)), at(6))).toBe("over");
});

test("an alert that nobody repeats is over when it was expected to be", () => {
  const heard = episodes(at(0));
  const expecting = (key: string, minutes: number) =>
    said("parts", { key, startedAt: at(1), expectedEndAt: at(minutes) });
  expect(heard.hear(expecting("a", 14), at(10))).toBe("firing");
  expect(heard.hear(expecting("a", 18), at(14))).toBe("firing");
  expect(heard.hear(said("parts", { key: "b", startedAt: at(1), endedAt: at(19) }), at(20))).toBe(
    "over",
  );
});

test("a group that began after the start is over as soon as all that was named has ended", () => {
  const heard = episodes(at(0));
  expect(heard.hear(part("a"), at(1), false)).toBe("firing");
  expect(heard.hear(part("b"), at(2), true)).toBe("firing");
  expect(heard.hear(part("a", at(3)), at(3), true)).toBe("firing");
  expect(heard.hear(part("b", at(4)), at(4), true)).toBe("over");
});
