/**
 * Conformance: worked cases in, what the counting says out, and whether that is what they
 * expect. Anybody may try their own cases against ours: no server is needed.
 */

import { type Difference, differences, isJudged } from "../core/law/compare.ts";
import { parseCases, resultOf } from "../core/law/conformance.ts";
import { shownValue } from "../core/problem.ts";
import { readDocument } from "./document.ts";
import { refused, visible } from "./say.ts";
import { EXIT } from "./shell.ts";
import { type Asked, complete, type Fill } from "./verb.ts";

export const conformance: Fill = (command, shell) => {
  complete(command.argument("<file>", "cases as JSON; - reads standard input"), EXAMPLE).action(
    async (file: string, { json }: Asked) => {
      const text = await readDocument(file, CASES_BYTES_MAX);
      const cases = text.ok ? parseCases(text.value) : text;
      if (!cases.ok) {
        refused(shell, cases.problems, json === undefined ? {} : { json });
        shell.exit = EXIT.usage;
        return;
      }
      const { regimes } = await import("../server/regimes.ts");
      const law = regimes();
      const results = cases.value.map((one) => resultOf(one, law));
      shell.print(JSON.stringify({ results }, null, 2));
      const judged = cases.value.flatMap((one, i) => {
        const result = results[i];
        return isJudged(one) && result ? [{ id: one.id, found: differences(one, result) }] : [];
      });
      if (judged.length === 0) return;
      for (const { id, found } of judged) {
        if (found.length === 0) shell.note(`pass ${visible(id)}`);
        else shell.note(visible(`FAIL ${id}: ${found.map(differenceWords).join("; ")}`));
      }
      const failed = judged.filter(({ found }) => found.length > 0).length;
      shell.note(`${judged.length - failed} passed, ${failed} failed`);
      if (failed > 0) shell.exit = EXIT.failed;
    },
  );
};

/** Ten thousand cases with their reasoning, several times over. */
const CASES_BYTES_MAX = 64 * 1024 * 1024;

const differenceWords = ({ what, expected, got }: Difference): string =>
  `${what}, expected ${shownValue(expected ?? null)}, got ${shownValue(got ?? null)}`;

const EXAMPLE = "due conformance test/golden/deadline-cases.json";
