/**
 * Holding: what of a customer's we have in hand: the sets of their data, with our
 * role for each, and the releases of ours that they run.
 *
 * Whom we must tell follows from the role, set by set; whom a defect concerns
 * follows from what runs where.
 */

import { type Problem, refuse, refuseAll, type Result } from "../problem.ts";
import { TITLE_CHARACTERS_MAX, textProblem } from "../text.ts";

export type DataRole = "controller" | "processor";

export type DataSet = {
  readonly name: string;
  readonly role: DataRole;
  /** `contact details`, `health records`. */
  readonly categories: readonly string[];
};
export type Deployment = { readonly product: string; readonly release: string };

export type DataSetRecorded = DataSet & {
  readonly type: "DataSetRecorded";
  /** `ds-1`. */
  readonly dataSet: string;
};
export type DataSetRemoved = { readonly type: "DataSetRemoved"; readonly dataSet: string };
export type DeploymentRecorded = Deployment & {
  readonly type: "DeploymentRecorded";
  /** `dp-1`. */
  readonly deployment: string;
};
export type DeploymentRemoved = {
  readonly type: "DeploymentRemoved";
  readonly deployment: string;
};
export type HoldingEvent =
  | DataSetRecorded
  | DataSetRemoved
  | DeploymentRecorded
  | DeploymentRemoved;

/** A new one where none is named. */
export type RecordDataSet = DataSet & {
  readonly type: "RecordDataSet";
  readonly dataSet?: string;
};
export type RemoveDataSet = { readonly type: "RemoveDataSet"; readonly dataSet: string };
/** A new one where none is named; naming one says that they have moved to another release. */
export type RecordDeployment = Deployment & {
  readonly type: "RecordDeployment";
  readonly deployment?: string;
};
export type RemoveDeployment = { readonly type: "RemoveDeployment"; readonly deployment: string };
export type HoldingCommand = RecordDataSet | RemoveDataSet | RecordDeployment | RemoveDeployment;

/** The part of a customer's state that is about what we hold and what they run. */
export type Holding = {
  dataSets: (DataSet & { readonly id: string })[];
  deployments: (Deployment & { readonly id: string })[];
  /** How many were ever recorded: a removed one keeps its number. */
  numbered: { dataSets: number; deployments: number };
};

export const noHolding = (): Holding => ({
  dataSets: [],
  deployments: [],
  numbered: { dataSets: 0, deployments: 0 },
});

const ITEMS_MAX = 500;
const CATEGORIES_MAX = 50;

/** Refuses with `data-set-unknown`, `deployment-unknown`, `too-many`, `text-missing`, `text-too-long`. */
export function decideHolding(
  holding: Holding,
  command: HoldingCommand,
): Result<readonly HoldingEvent[]> {
  switch (command.type) {
    case "RecordDataSet": {
      const { type: _, dataSet, ...set } = command;
      const id = dataSet ?? `ds-${holding.numbered.dataSets + 1}`;
      const known = holding.dataSets.some((held) => held.id === id);
      if (dataSet !== undefined && !known) return noDataSet(dataSet);
      if (!known && holding.dataSets.length >= ITEMS_MAX) return tooMany("data sets");
      return refuseAll(dataSetProblems(set), [{ ...set, type: "DataSetRecorded", dataSet: id }]);
    }
    case "RemoveDataSet": {
      const { dataSet } = command;
      if (!holding.dataSets.some(({ id }) => id === dataSet)) return noDataSet(dataSet);
      return { ok: true, value: [{ type: "DataSetRemoved", dataSet }] };
    }
    case "RecordDeployment": {
      const { type: _, deployment, ...runs } = command;
      const id = deployment ?? `dp-${holding.numbered.deployments + 1}`;
      const known = holding.deployments.some((held) => held.id === id);
      if (deployment !== undefined && !known) return noDeployment(deployment);
      if (!known && holding.deployments.length >= ITEMS_MAX) return tooMany("releases");
      return refuseAll(deploymentProblems(runs), [
        { ...runs, type: "DeploymentRecorded", deployment: id },
      ]);
    }
    case "RemoveDeployment": {
      const { deployment } = command;
      if (!holding.deployments.some(({ id }) => id === deployment)) return noDeployment(deployment);
      return { ok: true, value: [{ type: "DeploymentRemoved", deployment }] };
    }
  }
}

/** Keeps what an event says of what we hold. */
export function keepHolding(holding: Holding, event: HoldingEvent): void {
  switch (event.type) {
    case "DataSetRecorded": {
      const { type: _, dataSet: id, ...set } = event;
      const at = holding.dataSets.findIndex((held) => held.id === id);
      if (at < 0) {
        holding.numbered.dataSets += 1;
        holding.dataSets.push({ id, ...set });
      } else holding.dataSets[at] = { id, ...set };
      return;
    }
    case "DataSetRemoved":
      holding.dataSets = holding.dataSets.filter(({ id }) => id !== event.dataSet);
      return;
    case "DeploymentRecorded": {
      const { type: _, deployment: id, ...runs } = event;
      const at = holding.deployments.findIndex((held) => held.id === id);
      if (at < 0) {
        holding.numbered.deployments += 1;
        holding.deployments.push({ id, ...runs });
      } else holding.deployments[at] = { id, ...runs };
      return;
    }
    case "DeploymentRemoved":
      holding.deployments = holding.deployments.filter(({ id }) => id !== event.deployment);
  }
}

const noDataSet = (id: string): Result<never> =>
  refuse("data-set-unknown", `There is no set of data ${id} here.`, "/dataSet");
const noDeployment = (id: string): Result<never> =>
  refuse("deployment-unknown", `There is nothing of ours recorded as ${id} here.`, "/deployment");
const tooMany = (what: string): Result<never> =>
  refuse("too-many", `A customer has at most ${ITEMS_MAX} ${what} here: remove one first.`);

const dataSetProblems = ({ name, categories }: DataSet): readonly Problem[] =>
  [
    textProblem(name, TITLE_CHARACTERS_MAX, "/name", "Name the set of data."),
    ...categories.map((category, i) =>
      textProblem(category, TITLE_CHARACTERS_MAX, `/categories/${i}`, "Name the category."),
    ),
    categories.length > CATEGORIES_MAX
      ? {
          code: "too-many",
          message: `A set of data has at most ${CATEGORIES_MAX} categories.`,
          at: "/categories",
        }
      : undefined,
  ].filter((problem) => problem !== undefined);

const deploymentProblems = ({ product, release }: Deployment): readonly Problem[] =>
  [
    textProblem(product, TITLE_CHARACTERS_MAX, "/product", "Name the product that they run."),
    textProblem(release, TITLE_CHARACTERS_MAX, "/release", "Name the release that they run."),
  ].filter((problem) => problem !== undefined);
