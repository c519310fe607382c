/** Every customer of the installation, page by page: for what goes over all of them. */

import { type Customer, type CustomerEvent, foldCustomer } from "../../core/party/customer.ts";
import type { Recorded } from "../../core/recorded.ts";
import { readSubjects } from "../../store/ledger.ts";
import type { Store } from "../../store/store.ts";

const PAGE_SUBJECTS = 200;

/** By name, without the removed. */
export async function* everyCustomer({
  views,
  pool,
}: Pick<Store, "views" | "pool">): AsyncGenerator<Customer[]> {
  let last = { search: "", subject: "" };
  for (;;) {
    const page = await views.customers.after(last, PAGE_SUBJECTS);
    const end = page.at(-1);
    if (end === undefined) return;
    const entries = await readSubjects(
      pool,
      page.map(({ subject }) => subject),
    );
    yield [...entries].map(([subject, recorded]) =>
      foldCustomer(subject.slice("party/".length), recorded as readonly Recorded<CustomerEvent>[]),
    );
    last = end;
  }
}
