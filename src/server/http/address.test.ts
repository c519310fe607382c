import { describe, expect, test } from "vitest";
import { clientOf, isLocal, networkOf, proxiesOf } from "./address.ts";

const proxies = proxiesOf(["127.0.0.1", "10.0.0.0/8", "fd00::/8"]);
const from = (peer: string, headers: Record<string, string> = {}) =>
  clientOf(new Headers(headers), { address: peer, isEncrypted: false }, proxies);

describe("the client's address", () => {
  test.each([
    ["a stranger who says he is somebody else", "192.0.2.1", "203.0.113.9", "192.0.2.1"],
    ["one proxy", "127.0.0.1", "203.0.113.9", "203.0.113.9"],
    ["two proxies", "127.0.0.1", "203.0.113.9, 10.1.2.3", "203.0.113.9"],
    [
      "a client that made one up before the proxy",
      "127.0.0.1",
      "1.1.1.1, 203.0.113.9",
      "203.0.113.9",
    ],
    ["a proxy that adds nothing", "127.0.0.1", "", "127.0.0.1"],
    ["nonsense", "127.0.0.1", "203.0.113.9, <script>", "127.0.0.1"],
    ["nothing but proxies", "127.0.0.1", "10.0.0.1, 10.0.0.2", "10.0.0.1"],
    ["an IPv6 proxy", "fd00::1", "2001:db8::7", "2001:db8::7"],
    ["IPv4 written as IPv6", "::ffff:127.0.0.1", "203.0.113.9", "203.0.113.9"],
  ])("behind %s", (_, peer, forwarded, client) => {
    expect(from(peer, { "x-forwarded-for": forwarded }).address).toBe(client);
  });

  test("only a named proxy says that the connection was encrypted, and the last one counts", () => {
    expect(from("127.0.0.1", { "x-forwarded-proto": "https" }).isEncrypted).toBe(true);
    expect(from("127.0.0.1", { "x-forwarded-proto": "https, http" }).isEncrypted).toBe(false);
    expect(from("192.0.2.1", { "x-forwarded-proto": "https" }).isEncrypted).toBe(false);
  });
});

describe("a program on this machine", () => {
  const local = (address: string, headers: Record<string, string> = {}) =>
    isLocal(new Headers(headers), { address, isEncrypted: false });

  test("asks from loopback, without a proxy between", () => {
    expect([
      local("127.0.0.1"),
      local("::1"),
      local("::ffff:127.0.0.1"),
      local("127.8.9.1"),
    ]).toEqual([true, true, true, true]);
  });

  test.each(["x-forwarded-for", "forwarded", "via", "x-real-ip"])(
    "and not through a proxy that says so by %s, named in the settings or not",
    (name) => expect(local("127.0.0.1", { [name]: "192.0.2.1" })).toBe(false),
  );

  test("and not from elsewhere, nor from nowhere", () => {
    expect([local("192.0.2.1"), local(""), local("127.0.0.1.example")]).toEqual([
      false,
      false,
      false,
    ]);
  });
});

describe("what a limit counts by", () => {
  test.each([
    ["192.0.2.7", "192.0.2.7"],
    ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2"],
    ["2001:db8:1:2::9", "2001:db8:1:2"],
    ["2001:0DB8:0001:0002:ffff::", "2001:db8:1:2"],
    ["2001:db8::1", "2001:db8:0:0"],
    ["fe80::1%eth0", "fe80:0:0:0"],
    ["::1", "0:0:0:0"],
    ["::", "0:0:0:0"],
    ["", ""],
  ])("%s is of %s", (address, network) => {
    expect(networkOf(address)).toBe(network);
  });
});
