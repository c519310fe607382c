import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { BareContext, Beside, Person } from "../context.ts";
import { FRIDAY } from "../policy/fennel.ts";
import { parsePolicy, policyHash } from "../policy/parse/parse.ts";
import { pinned } from "../policy/terms.ts";
import type { Recorded } from "../recorded.ts";
import { type Instant, parseInstant, plus } from "../time/instant.ts";
import {
  decide,
  foldPublication,
  type PublicationCommand,
  type PublicationEvent,
} from "./publication.ts";
import { nextReviewAt, policyReviews, reviewsWakeAt } from "./review.ts";
import { comingVersions, runningVersion } from "./state.ts";

const text = readFileSync(join(import.meta.dirname, "../policy/fennel.yaml"), "utf8").replaceAll(
  ".example",
  ".dev",
);
const next = text.replace('version: "1.0"', 'version: "1.1"');
const later = next.replace("effective: 2026-11-02", "effective: 2027-01-01");

const person = (name: string, role: Person["role"], mail = `${name}@fennel.dev`): Person => ({
  id: `account/ac_${name}`,
  name,
  mail,
  role,
});
const ADA = person("ada", "owner");
const BEN = person("ben", "responder");
const EVE = person("eve", "owner");

type As = {
  readonly by?: string;
  readonly team?: readonly Person[];
  readonly at?: Instant;
  readonly beside?: Beside;
};
const contextOf = ({
  by = ADA.id,
  team = [ADA, BEN],
  at = FRIDAY,
  beside = {},
}: As): BareContext => {
  const signedIn = team.find(({ id }) => id === by);
  return {
    at,
    by,
    team,
    zone: "Europe/Berlin",
    url: "https://due.fennel.dev",
    beside,
    ...(signedIn === undefined ? {} : { person: signedIn }),
  };
};

/** A record that commands are added to, one after the other. */
function record() {
  const entries: Recorded<PublicationEvent>[] = [];
  const state = () => foldPublication(entries);
  const send = (command: PublicationCommand, as: As = {}) => {
    const context = contextOf(as);
    const running = runningVersion(state());
    const parsed = parsePolicy(running?.label === "1.0" ? text : next);
    if (!parsed.ok) throw new Error("the policy of the tests is broken");
    const policy = pinned(1, "", parsed.value.policy);
    const decided = decide(state(), command, running ? { ...context, policy } : context);
    if (!decided.ok) return decided.problems.map(({ code }) => code);
    for (const event of decided.value) {
      const version = entries.length + 1;
      entries.push({ version, id: `e${version}`, at: context.at, by: context.by, event });
    }
    return decided.value;
  };
  return { state, send };
}
const publish = (document: string, more: object = {}): PublicationCommand => ({
  type: "PublishPolicy",
  text: document,
  ...more,
});
const propose = (document: string, more: object = {}): PublicationCommand => ({
  type: "ProposePolicy",
  text: document,
  ...more,
});
const approve = (document: string, more: object = {}): PublicationCommand => ({
  type: "ApprovePolicy",
  hash: policyHash(document),
  ...more,
});
/** A record with its first version. */
function published() {
  const one = record();
  one.send(publish(text));
  return one;
}

describe("the first version", () => {
  test("is published by one person, and names the hash of its bytes", () => {
    expect(record().send(publish(text))).toEqual([
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

  test("runs at once, also where its first day is still to come: nothing else would", () => {
    const one = record();
    one.send(publish(later));
    expect(runningVersion(one.state())?.label).toBe("1.1");
  });

  test("is refused where it is no policy, with the place, or where the linter blocks", () => {
    const broken = text.replace("otherwise: minor", "otherwise: 7");
    const decided = decide(foldPublication([]), publish(broken), contextOf({}));
    expect(!decided.ok && decided.problems[0].line).toBeGreaterThan(1);
    const dangling = text.replace("otherwise: minor", "otherwise: none-such");
    expect(record().send(publish(dangling))).toEqual(["reference-unknown"]);
    expect(record().send(propose(dangling))).toEqual(["reference-unknown"]);
  });
});

describe("a later version in one step", () => {
  test("is another text under another version", () => {
    const one = published();
    expect(one.send(publish(text))).toEqual(["policy-unchanged"]);
    expect(one.send(publish(`${text}\n# a remark\n`))).toEqual(["policy-label-taken"]);
  });

  test("needs a reason where nobody else could approve it, and keeps that", () => {
    const one = published();
    expect(one.send(publish(next))).toEqual(["alone-unsaid"]);
    expect(one.send(publish(next, { alone: "  " }))).toEqual(["alone-unsaid"]);
    expect(one.send(publish(next, { alone: "I am the only owner" }))).toMatchObject([
      { version: 2, label: "1.1", alone: "I am the only owner" },
    ]);
  });

  test("is refused where somebody else could approve it, whatever the reason", () => {
    const one = published();
    const as = { team: [ADA, BEN, EVE] };
    expect(one.send(publish(next, { alone: "In a hurry" }), as)).toEqual(["approval-needed"]);
    // The host's own token does not make up for the second owner either.
    expect(one.send(publish(next, { alone: "In a hurry" }), { ...as, by: "token/cli" })).toEqual([
      "approval-needed",
    ]);
  });
});

describe("two people", () => {
  const team = [ADA, BEN, EVE];

  test("publish by one proposing and another approving the very bytes", () => {
    const one = published();
    expect(one.send(propose(next), { by: BEN.id, team })).toMatchObject([
      { type: "PolicyProposed", hash: policyHash(next), proposer: BEN.id },
    ]);
    expect(runningVersion(one.state())?.label).toBe("1.0");
    expect(one.send(approve(later), { team })).toEqual(["proposal-moved"]);
    expect(one.send(approve(next), { team })).toMatchObject([
      { type: "PolicyPublished", version: 2, hash: policyHash(next), proposedBy: BEN.id },
    ]);
    expect(one.state().proposal).toBeUndefined();
    expect(one.send(approve(next), { team })).toEqual(["proposal-missing"]);
  });

  test("are not one person twice, not by a token either", () => {
    const one = published();
    one.send(propose(next), { team });
    expect(one.send(approve(next, { alone: "Eve is away" }), { team })).toEqual(["approval-own"]);
    const token = { by: "token/tok_1", team, beside: { behind: ADA.id } };
    expect(one.send(approve(next), token)).toEqual(["approval-own"]);
    expect(one.send(approve(next), { by: "token/cli", team })).toEqual(["approver-unnamed"]);
    expect(one.send(approve(next), { by: EVE.id, team })).toMatchObject([{ version: 2 }]);
  });

  test("proposing by a token is proposing by the person who made it", () => {
    const one = published();
    one.send(propose(next), { by: "token/tok_1", team, beside: { behind: ADA.id } });
    expect(one.send(approve(next), { team })).toEqual(["approval-own"]);
  });

  test("are one with a reason where there is nobody else", () => {
    const one = published();
    one.send(propose(next));
    expect(one.send(approve(next))).toEqual(["alone-unsaid"]);
    expect(one.send(approve(next, { alone: "Nobody else yet" }))).toMatchObject([
      { version: 2, alone: "Nobody else yet", proposedBy: ADA.id },
    ]);
  });

  test("start again when the draft was edited after it was proposed", () => {
    const one = published();
    const drafted = { beside: { draftHash: policyHash(next) }, team };
    expect(one.send(propose(next, { draft: "next" }), { team })).toEqual(["draft-moved"]);
    one.send(propose(next, { draft: "next" }), drafted);
    const edited = { by: EVE.id, team, beside: { draftHash: policyHash(later) } };
    expect(one.send(approve(next), edited)).toEqual(["proposal-void"]);
    expect(one.send(approve(next), { ...edited, ...drafted })).toMatchObject([{ version: 2 }]);
  });

  test("take a proposal back, replace it, and do not propose the same twice", () => {
    const one = published();
    one.send(propose(next), { team });
    expect(one.send(propose(next), { team })).toEqual(["proposal-same"]);
    one.send(propose(later), { team });
    expect(one.state().proposal?.hash).toBe(policyHash(later));
    expect(one.send({ type: "WithdrawProposal", reason: "" })).toEqual(["text-missing"]);
    one.send({ type: "WithdrawProposal", reason: "Not yet" });
    expect(one.send({ type: "WithdrawProposal", reason: "Not yet" })).toEqual(["proposal-missing"]);
  });
});

describe("telling subscribers", () => {
  const beside = { subscribers: 2 };
  const alone = "Nobody else";

  test("is asked for wherever there are any, and named with who writes to them", () => {
    const one = published();
    expect(one.send(publish(next, { alone }), { beside })).toEqual(["tell-unsaid"]);
    expect(one.send(publish(next, { alone, tell: "yes" }), { beside })).toMatchObject([
      { tell: { author: ADA.id } },
    ]);
  });

  test("is left out when that is said", () => {
    const [event] = published().send(publish(next, { alone, tell: "no" }), { beside });
    expect(event).not.toHaveProperty("tell");
  });

  test("needs a person with a mailbox of their own", () => {
    const desk = person("security", "owner");
    const as = { by: desk.id, team: [desk], beside };
    expect(published().send(publish(next, { alone, tell: "yes" }), as)).toEqual([
      "author-role-address",
    ]);
  });
});

describe("a version that applies from a later day", () => {
  const start = parseInstant("2026-12-31T23:00:00Z") as Instant;
  const waiting = () => {
    const one = published();
    one.send(publish(later, { alone: "Only me" }));
    return one;
  };

  test("is published, and does not run until that day begins in the policy's zone", () => {
    const one = waiting();
    expect(comingVersions(one.state()).map(({ runsFrom }) => runsFrom)).toEqual([start]);
    expect(runningVersion(one.state())?.label).toBe("1.0");
    expect(one.send({ type: "Wake" }, { at: plus(start, -1) })).toEqual([]);
    expect(runningVersion(one.state())?.label).toBe("1.0");
  });

  test("runs from that instant, and from no other", () => {
    const one = waiting();
    expect(one.send({ type: "Wake" }, { at: start })).toEqual([
      { type: "PolicyTookEffect", version: 2 },
    ]);
    expect(runningVersion(one.state())?.label).toBe("1.1");
    expect(one.send({ type: "Wake" }, { at: plus(start, 1) })).toEqual([]);
  });

  test("never runs where another followed it before its day", () => {
    const one = waiting();
    one.send(publish(next.replace('"1.1"', '"1.2"'), { alone: "A mistake in 1.1" }));
    expect(runningVersion(one.state())?.label).toBe("1.2");
    expect(comingVersions(one.state())).toEqual([]);
    expect(one.send({ type: "Wake" }, { at: start })).toEqual([]);
  });
});

describe("looking at the policy again", () => {
  const parsed = parsePolicy(text);
  if (!parsed.ok) throw new Error("broken");
  const policy = pinned(1, "", parsed.value.policy);
  const due = (one: ReturnType<typeof record>) =>
    policyReviews(one.state(), policy).map(({ id, dueAt }) => [id, dueAt]);

  test("is due by the cadence after the last version, and recorded as missed once", () => {
    const one = published();
    const dueAt = nextReviewAt(one.state(), policy) as Instant;
    expect(dueAt).toBe(parseInstant("2027-11-20T23:00:00Z"));
    expect(due(one)).toEqual([["policy-review@policy", dueAt]]);
    const wakeAt = reviewsWakeAt(one.state(), policy) as Instant;
    expect(one.send({ type: "Wake" }, { at: plus(wakeAt, -1) })).toEqual([]);
    expect(one.send({ type: "Wake" }, { at: wakeAt })).toMatchObject([
      { type: "ObligationMissed", clause: "policy-review", dueAt },
    ]);
    expect(one.send({ type: "Wake" }, { at: plus(wakeAt, 1) })).toEqual([]);
    expect(reviewsWakeAt(one.state(), policy)).toBeUndefined();
  });

  test("is done by saying what came of it, and starts the next one", () => {
    const one = published();
    const at = plus(FRIDAY, 40 * 86_400_000);
    expect(one.send({ type: "RecordPolicyReview", note: " " }, { at })).toEqual(["text-missing"]);
    one.send({ type: "RecordPolicyReview", note: "Read it all: nothing to change." }, { at });
    expect(one.state().reviewedAt).toBe(at);
    expect(nextReviewAt(one.state(), policy)).toBeGreaterThan(
      nextReviewAt(published().state(), policy) ?? 0,
    );
    expect(record().send({ type: "RecordPolicyReview", note: "Read" })).toEqual(["policy-missing"]);
  });

  test("is owed within 30 days of a material incident, once for each, until somebody has looked", () => {
    const one = published();
    const at = plus(FRIDAY, 86_400_000);
    one.send({ type: "CallForReview", incident: "INC-7" }, { at });
    expect(one.send({ type: "CallForReview", incident: "INC-7" }, { at })).toEqual([]);
    const [first] = policyReviews(one.state(), policy);
    expect(first?.id).toBe("policy-review-after-incident@incident:INC-7");
    expect(first?.startedAt).toBe(at);
    one.send({ type: "RecordPolicyReview", note: "Looked" }, { at: plus(at, 1) });
    expect(due(one).map(([id]) => id)).toEqual(["policy-review@policy"]);
  });
});
