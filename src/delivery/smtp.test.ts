import type { Socket } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import {
  badHost,
  compose,
  letter,
  mailhost,
  type Mailhost,
  scripted,
  smtpError,
} from "./fixture.ts";
import { type SmtpSender, smtpSender } from "./smtp.ts";

const ending: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ending.splice(0).reverse()) await end();
});

/** Half a second is enough on loopback, and stalls are over soon. */
async function sending(host: Promise<Mailhost>, attemptMs = 500) {
  const mail = await host;
  const sender: SmtpSender = smtpSender(mail.server, compose, attemptMs);
  ending.push(mail.stop, sender.close);
  return { ...mail, sender };
}

describe("a letter", () => {
  test("is delivered when the server has taken all of it, with the server's words", async () => {
    const { sender, taken } = await sending(mailhost(), 5_000);
    expect(await sender.send(letter())).toEqual({
      is: "delivered",
      response: expect.stringMatching(/^250 /),
    });
    expect(taken).toMatchObject([
      { from: "duenotice@ops.fennel.example", to: ["cleo@meridian.example"] },
    ]);
  });

  test("goes over a connection that is there already", async () => {
    const { sender, taken, connections } = await sending(mailhost(), 5_000);
    for (let i = 0; i < 5; i += 1) await sender.send(letter({ id: `N-${i}` }));
    expect([taken.length, connections()]).toEqual([5, 1]);
  });

  test.each([
    [451, "deferred"],
    [421, "deferred"],
    [452, "deferred"],
    [550, "failed"],
    [553, "failed"],
  ])("whose recipient is refused with %i is %s", async (code, is) => {
    const refuse = () => {
      throw smtpError(code, "Not now, not here");
    };
    const { sender } = await sending(mailhost({ rcpt: refuse }), 5_000);
    expect(await sender.send(letter())).toEqual({ is, reason: expect.stringContaining(`${code}`) });
  });

  test.each([
    [451, "deferred"],
    [554, "failed"],
  ])("whose text is refused with %i is %s, and nobody is in doubt", async (code, is) => {
    const refuse = () => {
      throw smtpError(code, "Content refused");
    };
    const { sender } = await sending(mailhost({ data: refuse }), 5_000);
    const sent = await sender.send(letter());
    expect(sent).toEqual({ is, reason: expect.stringContaining("Content refused") });
  });

  test("is tried again when nobody listens there", async () => {
    const host = await mailhost();
    await host.stop();
    const sender = smtpSender(host.server, compose, 500);
    expect(await sender.send(letter())).toMatchObject({ is: "deferred" });
  });

  test("is not sent in the clear where encryption was asked for", async () => {
    const { server, taken } = await sending(mailhost());
    const strict = smtpSender({ ...server, tls: "starttls" }, compose, 2_000);
    expect(await strict.send(letter())).toMatchObject({ is: "deferred" });
    expect(taken).toEqual([]);
  });

  test("is encrypted and logged in where the server asks for that", async () => {
    const onAuth: NonNullable<Parameters<typeof mailhost>[1]>["onAuth"] = (auth, _, done) =>
      auth.password === "right" ? done(null, { user: "ada" }) : done(new Error("wrong"));
    const { server, taken } = await sending(mailhost({}, { authOptional: false, onAuth }));
    const secure = { ...server, tls: "starttls", rejectUnauthorized: false } as const;
    const login = (pass: string) => {
      const sender = smtpSender({ ...secure, credentials: { user: "ada", pass } }, compose, 5_000);
      ending.push(sender.close);
      return sender;
    };
    expect(await login("right").send(letter())).toMatchObject({ is: "delivered" });
    // A password can be put right: that is no reason to give a letter up.
    expect(await login("wrong").send(letter())).toMatchObject({ is: "deferred" });
    expect(taken).toHaveLength(1);
  });
});

describe("a server that stalls loses the connection, and the letter is tried again", () => {
  test.each<[string, Parameters<typeof badHost>[0], boolean]>([
    ["says nothing", () => {}, false],
    ["greets one letter at a time", (socket) => drip(socket, "220 ready\r\n"), false],
    ["closes at once", (socket) => socket.end(), false],
    ["never reads", (socket) => void socket.pause(), false],
    [
      "closes in the middle of the message",
      (socket) => scripted(socket, {}, () => socket.destroy()),
      true,
    ],
    ["never answers the message", (socket) => scripted(socket, {}, () => {}), true],
    [
      "never ends its answer to the sender",
      (socket) => scripted(socket, { MAIL: "250-wait" }, () => {}),
      false,
    ],
  ])("%s", async (_, speak, uncertain) => {
    const { sender } = await sending(badHost(speak));
    const startedAt = performance.now();
    const sent = await sender.send(letter());
    expect(sent).toEqual({
      is: "deferred",
      reason: expect.any(String),
      ...(uncertain ? { uncertain: true } : {}),
    });
    expect(performance.now() - startedAt).toBeLessThan(2_000);
  });

  test("and letters that wait meanwhile are sent when it gives way", async () => {
    let stalled = 0;
    const { sender } = await sending(
      badHost((socket) => {
        stalled += 1;
        if (stalled > 8)
          scripted(
            socket,
            {},
            (one, text) => text.endsWith("\r\n.\r\n") && one.write("250 taken\r\n"),
          );
      }),
    );
    const sent = await Promise.all(Array.from({ length: 12 }, () => sender.send(letter())));
    const count = (is: string) => sent.filter((one) => one.is === is).length;
    expect([count("deferred"), count("delivered")]).toEqual([8, 4]);
  });
});

describe("a hundred receivers that never answer", () => {
  const STALLED = 100;
  const OTHERS = 300;
  const isStalled = (text: string): boolean => /RCPT TO:<stalled/i.test(text);
  /** Answers everybody but those: of them half get a letter a tenth of a second, half get nothing. */
  const half = (socket: Socket): void => {
    let inData = false;
    let stalled = false;
    socket.write("220 ready\r\n");
    socket.on("data", (chunk) => {
      const text = chunk.toString();
      stalled ||= isStalled(text);
      if (stalled) return drip(socket, text.includes("0@") ? "250 ok\r\n" : "");
      if (inData && !text.endsWith("\r\n.\r\n")) return;
      socket.write(inData ? "250 taken\r\n" : /^DATA/i.test(text) ? "354 go on\r\n" : "250 ok\r\n");
      inData = /^DATA/i.test(text);
    });
  };

  test("each lose their attempt in time, and hold up nobody else until then", async () => {
    const { server } = await sending(badHost(half));
    const attemptMs = 4_000;
    const sender = smtpSender(server, compose, attemptMs);
    ending.push(sender.close);
    const startedAt = performance.now();
    const sent = async (address: string) => {
      const one = await sender.send({ ...letter(), to: { name: "", address } });
      return { is: one.is, ms: performance.now() - startedAt };
    };
    const stalled = Array.from({ length: STALLED }, (_, i) => sent(`stalled${i}@slow.example`));
    const others = await Promise.all(
      Array.from({ length: OTHERS }, (_, i) => sent(`other${i}@quick.example`)),
    );
    expect(new Set(others.map(({ is }) => is))).toEqual(new Set(["delivered"]));
    const cut = await Promise.all(stalled);
    expect(new Set(cut.map(({ is }) => is))).toEqual(new Set(["deferred"]));
    // Asked for after all of the stalled ones: every one of them had arrived before the first was cut.
    expect(Math.max(...others.map(({ ms }) => ms))).toBeLessThan(attemptMs);
    expect(Math.max(...cut.map(({ ms }) => ms))).toBeLessThan(2 * attemptMs);
  });
});

function drip(socket: Socket, text: string): void {
  let sent = 0;
  const timer = setInterval(() => {
    if (sent === text.length || socket.destroyed) return clearInterval(timer);
    socket.write(text.charAt(sent));
    sent += 1;
  }, 100);
}
