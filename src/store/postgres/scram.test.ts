import { createHash, createHmac } from "node:crypto";
import { expect, test } from "vitest";
import { scramVerifier } from "./scram.ts";

// The exchange of RFC 7677, section 3: user "user", password "pencil".
const SALT = Buffer.from("W22ZaJ0SNY7soEsUEjb6gQ==", "base64");
const EXCHANGE = [
  "n=user,r=rOprNGfwEbeRWgbNEkqO",
  "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096",
  "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0",
].join(",");
const CLIENT_PROOF = "dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=";
const SERVER_SIGNATURE = "6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=";

test("the verifier accepts the client's proof of RFC 7677 and signs as its server does", () => {
  const parts = /^SCRAM-SHA-256\$4096:(.+)\$(.+):(.+)$/.exec(scramVerifier("pencil", SALT));
  const [salt, storedKey, serverKey] = (parts ?? []).slice(1).map((x) => Buffer.from(x, "base64"));
  if (!salt || !storedKey || !serverKey) throw new Error("not a verifier");
  expect(salt).toEqual(SALT);
  const sign = (key: Buffer): Buffer => createHmac("sha256", key).update(EXCHANGE).digest();
  expect(sign(serverKey).toString("base64")).toBe(SERVER_SIGNATURE);
  const mask = sign(storedKey);
  const clientKey = Buffer.from(CLIENT_PROOF, "base64").map((byte, at) => byte ^ (mask[at] ?? 0));
  expect(createHash("sha256").update(clientKey).digest()).toEqual(storedKey);
});
