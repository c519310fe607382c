import { expect, test } from "vitest";
import {
  decideHolding,
  type Holding,
  type HoldingCommand,
  type HoldingEvent,
  keepHolding,
  noHolding,
} from "./holding.ts";

const given = (...events: readonly HoldingEvent[]): Holding => {
  const holding = noHolding();
  for (const event of events) keepHolding(holding, event);
  return holding;
};
const when = (holding: Holding, command: HoldingCommand) => {
  const decided = decideHolding(holding, command);
  return decided.ok ? decided.value : decided.problems.map(({ code }) => code);
};

test("our role is said for each set of data, and may change", () => {
  const set = { name: "Exports", role: "processor", categories: ["account names"] } as const;
  const recorded = { ...set, type: "DataSetRecorded", dataSet: "ds-1" } as const;
  expect(when(given(), { ...set, type: "RecordDataSet" })).toEqual([recorded]);
  const changed = when(given(recorded), {
    ...set,
    type: "RecordDataSet",
    dataSet: "ds-1",
    role: "controller",
  });
  expect(given(recorded, ...(changed as readonly HoldingEvent[])).dataSets).toEqual([
    { id: "ds-1", ...set, role: "controller" },
  ]);
  expect(when(given(), { type: "RemoveDataSet", dataSet: "ds-1" })).toEqual(["data-set-unknown"]);
  expect(given(recorded, { type: "DataSetRemoved", dataSet: "ds-1" }).dataSets).toEqual([]);
});

test("who runs which release is known, and moves with them", () => {
  const runs: HoldingEvent = {
    type: "DeploymentRecorded",
    deployment: "dp-1",
    product: "agent",
    release: "2.14",
  };
  const move = {
    type: "RecordDeployment",
    deployment: "dp-1",
    product: "agent",
    release: "2.15",
  } as const;
  const moved = when(given(runs), move) as readonly HoldingEvent[];
  expect(given(runs, ...moved).deployments).toEqual([
    { id: "dp-1", product: "agent", release: "2.15" },
  ]);
  expect(when(given(), move)).toEqual(["deployment-unknown"]);
  expect(when(given(runs), { ...move, release: " " })).toEqual(["text-missing"]);
});

test("a release that nobody runs any more goes, and its number is not given to another", () => {
  const [product, release] = ["agent", "2.14"];
  const runs: HoldingEvent = { type: "DeploymentRecorded", deployment: "dp-1", product, release };
  const gone = when(given(runs), { type: "RemoveDeployment", deployment: "dp-1" });
  const left = given(runs, ...(gone as readonly HoldingEvent[]));
  expect(left.deployments).toEqual([]);
  expect(when(left, { type: "RemoveDeployment", deployment: "dp-1" })).toEqual([
    "deployment-unknown",
  ]);
  expect(when(left, { type: "RecordDeployment", product, release })).toEqual([
    { type: "DeploymentRecorded", deployment: "dp-2", product, release },
  ]);
});
