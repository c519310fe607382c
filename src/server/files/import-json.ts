/** Import JSON: a party file as what it asks for; what is wrong is told by where it stands in it. */

import { partyFileShape } from "../../api/party-file.ts";
import type { AddCustomer } from "../../core/party/customer.ts";
import type { AddParty } from "../../core/party/other.ts";
import { firstProblems } from "../../core/party/import.ts";
import type { Asked } from "../../core/party/sheet.ts";
import { ok, type Problems, refuse, type Result } from "../../core/problem.ts";
import { checkTexts } from "../http/body.ts";
import { parseInput } from "../http/input.ts";

/** Refuses with `bad-json`, `bad-text`, `bad-key`, and as parseInput does. */
export function readPartyFile(text: string): Result<readonly Asked[]> {
  let value: unknown;
  try {
    value = JSON.parse(text.startsWith("\uFEFF") ? text.slice(1) : text);
  } catch (error) {
    return refuse("bad-json", `This is not JSON: ${(error as Error).message.slice(0, 200)}.`);
  }
  const file = parseInput(partyFileShape, value);
  if (!file.ok) return { ok: false, problems: firstProblems(file.problems) as Problems };
  // After its shape: only then is it known how deep it is.
  const unfit = checkTexts(file.value);
  if (unfit) return unfit;
  const { customers, parties = [] } = file.value;
  return ok([
    ...customers.map((customer, i) => ({
      command: { type: "AddCustomer", ...customer } as AddCustomer,
      placeOf: (at: string) => ({ at: `/customers/${i}${at}` }),
    })),
    ...parties.map(({ customers: named, ...party }, i) => ({
      command: { type: "AddParty", ...party } as AddParty,
      placeOf: (at: string) => ({ at: `/parties/${i}${at}` }),
      ...(named === undefined ? {} : { named }),
    })),
  ]);
}
