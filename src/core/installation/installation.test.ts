import { describe, expect, test } from "vitest";
import { FRIDAY, isAllowed } from "../policy/fennel.ts";
import type { Recorded } from "../recorded.ts";
import {
  decide,
  foldInstallation,
  type InstallationCommand,
  type InstallationEvent,
} from "./installation.ts";

const given = (...events: readonly InstallationEvent[]) =>
  foldInstallation(
    events.map(
      (event, i): Recorded<InstallationEvent> => ({
        version: i + 1,
        id: `entry-${i + 1}`,
        at: FRIDAY,
        by: "worker",
        event,
      }),
    ),
  );
const when = (installation: ReturnType<typeof given>, command: InstallationCommand) => {
  const decided = decide(installation, command);
  return decided.ok ? decided.value : decided.problems.map(({ code }) => code);
};

describe("an installation", () => {
  test("is set up once", () => {
    const setUp = { type: "FinishSetup", organisation: "Fennel", zone: "Europe/Berlin" } as const;
    expect(when(given(), { ...setUp, zone: "Mars/Olympus" })).toEqual(["zone-unknown"]);
    const events = when(given(), setUp) as readonly InstallationEvent[];
    expect(events).toEqual([
      { type: "SetupFinished", organisation: "Fennel", zone: "Europe/Berlin" },
    ]);
    expect(when(given(...events), setUp)).toEqual(["already-set-up"]);
  });

  test("has sample data or has not", () => {
    const loaded: InstallationEvent = { type: "SampleLoaded", subjects: 9 };
    expect(when(given(loaded), { type: "LoadSample", subjects: 9 })).toEqual(["sample-loaded"]);
    expect(isAllowed(when(given(loaded), { type: "WipeSample", subjects: 9 }))).toBe(true);
    expect(when(given(), { type: "WipeSample", subjects: 0 })).toEqual(["sample-absent"]);
  });

  test("records a damage of the ledger once, until it is found whole again", () => {
    const check = {
      type: "RecordCheck",
      size: 90,
      broken: { seq: 7, says: "Hash differs" },
    } as const;
    const broken = when(given(), check) as readonly InstallationEvent[];
    expect(broken).toMatchObject([{ type: "LedgerBroken", seq: 7 }]);
    expect(when(given(...broken), check)).toEqual([]);
    const whole: InstallationEvent = { type: "LedgerChecked", size: 91 };
    expect(given(...broken, whole).broken).toBeUndefined();
    expect(isAllowed(when(given(...broken, whole), check))).toBe(true);
  });
});
