import { describe, expect, test } from "vitest";
import { ADA } from "../../policy/fennel.ts";
import { exposed, given, OPENED, owed, time, when } from "../given.ts";
import type { IncidentEvent } from "../incident.ts";

describe("notices to customers", () => {
  const owing = [
    OPENED,
    { type: "CustomerTouched", customer: "cus_1" },
    exposed("confirmed"),
  ] as const satisfies readonly IncidentEvent[];
  const send = {
    type: "SendNotice",
    obligation: "notify-exposed@customer:cus_1",
    to: { name: "Cleo", mail: "cleo@meridian.example" },
    subject: "Preliminary notice",
    body: "Your export files could be listed.",
  } as const;
  const requested = when(given(...owing), "19:00", send) as readonly IncidentEvent[];

  test("name their author and what their delivery meets", () => {
    expect(requested).toEqual([
      {
        type: "NoticeRequested",
        notice: "N-4TTK",
        kind: "notice",
        automatic: false,
        author: ADA.id,
        recipient: "customer:cus_1",
        meets: ["notifiedAt"],
        to: { name: "Cleo", mail: "cleo@meridian.example" },
        from: { name: "Ada", mail: "ada@fennel.example" },
        replyTo: { name: "Ada", mail: "ada@fennel.example" },
        subject: "Preliminary notice",
        body: "Your export files could be listed.",
      },
    ]);
  });

  test("meet nothing when they are asked for, and their recipient's clock when delivered", () => {
    const asked = given(...owing, ...requested);
    expect(owed(asked, send.obligation).stoppedAt).toBeUndefined();
    const delivered = given(...owing, ...requested, {
      type: "Delivered",
      notice: "N-4TTK",
      attempt: 1,
      at: time("19:02"),
      response: "250 OK",
    });
    expect(owed(delivered, send.obligation).stoppedAt).toBe(time("19:02"));
  });

  test("that bounce open the obligation again, at its first due instant", () => {
    const said = [
      ...owing,
      ...requested,
      { type: "Delivered", notice: "N-4TTK", attempt: 1, at: time("19:02"), response: "250 OK" },
      {
        type: "DeliveryFailed",
        notice: "N-4TTK",
        attempt: 1,
        reason: "550 No such user",
        permanent: true,
      },
    ] as const satisfies readonly IncidentEvent[];
    const before = owed(given(...owing), send.obligation).dueAt;
    expect(owed(given(...said), send.obligation)).not.toHaveProperty("stoppedAt");
    expect(owed(given(...said), send.obligation).dueAt).toBe(before);
  });

  test("need a person behind them whose mailbox is read", () => {
    expect(when(given(...owing), "19:00", send, { person: undefined })).toEqual(["author-missing"]);
    const robot = { ...ADA, mail: "no-reply@fennel.example" };
    expect(when(given(...owing), "19:00", send, { person: robot })).toEqual(["author-unattended"]);
    const desk = { ...ADA, mail: "security@fennel.example" };
    expect(when(given(...owing), "19:00", send, { person: desk })).toEqual(["author-role-address"]);
  });

  test("meet an obligation towards somebody else, that is still open", () => {
    expect(when(given(...owing), "19:00", { ...send, obligation: "x@y" })).toEqual([
      "obligation-unknown",
    ]);
    expect(when(given(...owing), "19:00", { ...send, obligation: "triage@team" })).toEqual([
      "obligation-ours",
    ]);
  });
});
