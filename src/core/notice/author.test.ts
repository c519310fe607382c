import { describe, expect, test } from "vitest";
import { ADA } from "../policy/fennel.ts";
import { isUnattended } from "../mailbox.ts";
import { authorProblem, isRoleAddress } from "./author.ts";

describe("an author's address", () => {
  test.each([
    "noreply@fennel.example",
    "no-reply@fennel.example",
    "No.Reply@fennel.example",
    "do-not-reply@fennel.example",
    "donotreply+incident@fennel.example",
    "fennel-noreply@fennel.example",
    "MAILER-DAEMON@fennel.example",
    "postmaster@fennel.example",
    "notifications@fennel.example",
    "alerts2@fennel.example",
  ])("%s is read by nobody", (mail) => {
    expect(isUnattended(mail)).toBe(true);
    expect(authorProblem({ ...ADA, mail })?.code).toBe("author-unattended");
  });

  test.each(["security@fennel.example", "info@fennel.example", "Support@fennel.example"])(
    "%s is a function's, not a person's",
    (mail) => {
      expect(isRoleAddress(mail)).toBe(true);
      expect(authorProblem({ ...ADA, mail })?.code).toBe("author-role-address");
    },
  );

  test.each([
    "ada@fennel.example",
    "ana.keller@fennel.example",
    "a.alertson@fennel.example",
    "ivo.team@fennel.example",
  ])("%s is a person's", (mail) => {
    expect(authorProblem({ ...ADA, mail })).toBeUndefined();
  });

  test("nobody is no author", () => {
    expect(authorProblem(undefined)?.code).toBe("author-missing");
  });
});
