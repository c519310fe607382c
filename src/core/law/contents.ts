/** Contents: what each stage of a law wants said, by `regime/stage` as obligations name it. */

import type { Regime } from "./regime.ts";

export type LawContents = ReadonlyMap<string, readonly string[]>;

export const lawContents = (regimes: readonly Regime[]): LawContents =>
  new Map(
    regimes.flatMap(({ id, clauses }) =>
      clauses.flatMap((clause) =>
        clause.contents === undefined
          ? []
          : [[`${clause.reportAs ?? id}/${clause.id}`, clause.contents] as const],
      ),
    ),
  );
