import { describe, expect, test } from "vitest";
import { ADA, BEN, isAllowed } from "../../policy/fennel.ts";
import { given, OPENED, when } from "../given.ts";

describe("roles", () => {
  const take = (role: string, person?: string) =>
    ({ type: "TakeRole", role, ...(person ? { person } : {}) }) as const;

  test("one person may hold all of them", () => {
    const led = given(OPENED, { type: "RoleTaken", role: "lead", person: ADA.id });
    expect(when(led, "18:00", take("speaker"))).toEqual([
      { type: "RoleTaken", role: "speaker", person: ADA.id },
    ]);
  });

  test("pass from one to the other, and twice to one is refused", () => {
    const led = given(OPENED, { type: "RoleTaken", role: "lead", person: ADA.id });
    expect(isAllowed(when(led, "18:00", take("lead", BEN.id)))).toBe(true);
    expect(when(led, "18:00", take("lead"))).toEqual(["role-held"]);
  });

  test("are the policy's, and held by people of the team", () => {
    expect(when(given(OPENED), "18:00", take("king"))).toEqual(["role-unknown"]);
    expect(when(given(OPENED), "18:00", take("counsel"))).toEqual(["role-outside"]);
    expect(when(given(OPENED), "18:00", take("lead", "account/ac_dov"))).toEqual([
      "person-unknown",
    ]);
  });

  test("are left by whoever holds them", () => {
    const led = given(OPENED, { type: "RoleTaken", role: "lead", person: ADA.id });
    expect(when(led, "18:00", { type: "LeaveRole", role: "lead" })).toEqual([
      { type: "RoleLeft", role: "lead" },
    ]);
    expect(when(led, "18:00", { type: "LeaveRole", role: "lead", person: BEN.id })).toEqual([
      "role-not-held",
    ]);
    expect(when(given(OPENED), "18:00", { type: "LeaveRole", role: "lead" })).toEqual([
      "role-not-held",
    ]);
  });
});
