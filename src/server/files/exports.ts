/**
 * Exports: every party, to take away: CSV that opens in a spreadsheet as text, or
 * JSON that this program imports again as it was.
 *
 *   GET /api/v1/exports/parties?format=csv
 *
 * Written page by page, so that how many there are costs time and no memory.
 */

import { Hono } from "hono";
import { z } from "zod";
import { RESPOND } from "../../api/command-spec.ts";
import { PARTY_FORMAT, type PartyFile } from "../../api/party-file.ts";
import type { ViewSpec } from "../../api/view.ts";
import type { Customer } from "../../core/party/customer.ts";
import { primaryContact, securityContact } from "../../core/party/contact.ts";
import { type Separator, SEPARATORS } from "../../core/party/csv.ts";
import { customerLines, partyLines, sheetHead } from "../../core/party/sheet-out.ts";
import { foldOther, type Other, type OtherEvent } from "../../core/party/other.ts";
import type { Recorded } from "../../core/recorded.ts";
import { readSubjects } from "../../store/ledger.ts";
import type { Store } from "../../store/store.ts";
import type { Access } from "../access-port.ts";
import { everyCustomer } from "../views/every-customer.ts";
import { OK, only, refusal } from "../http/problem.ts";
import { type AppEnv, basePath } from "../world.ts";

export type Exporting = {
  readonly store: Pick<Store, "views" | "pool">;
  readonly access: Pick<Access, "mayView">;
  readonly url: string;
};

/** Who may export, said as of a view. */
const EXPORT_ACCESS: ViewSpec = {
  name: "exportParties",
  path: "/exports/parties",
  summary: "Every party, as CSV or JSON.",
  roles: RESPOND,
  query: z.object({}),
  output: z.unknown(),
};

const TYPES = { csv: "text/csv; charset=utf-8", json: "application/json" } as const;

export function exportRoutes({ store, access, url }: Exporting): Hono<AppEnv> {
  const base = basePath(url);
  return new Hono<AppEnv>().get("/exports/parties", (context) => {
    const { caller } = context.var;
    const may = caller && access.mayView(caller, EXPORT_ACCESS);
    if (!may?.ok) return refusal(may?.problems ?? NOBODY, { base });
    const format = context.req.query("format") ?? "json";
    if (format !== "csv" && format !== "json") return refusal(NO_FORMAT, { base });
    const separator = context.req.query("separator") ?? "comma";
    if (!isSeparator(separator)) return refusal(NO_SEPARATOR, { base });
    const lines = format === "csv" ? csvOf(store, separator) : jsonOf(store);
    return new Response(ReadableStream.from(encoded(lines)) as ReadableStream<Uint8Array>, {
      status: OK,
      headers: {
        "content-type": TYPES[format],
        "content-disposition": `attachment; filename="parties.${format}"`,
        "cache-control": "no-store",
      },
    });
  });
}

const NOBODY = only("not-signed-in", "Sign in, or send an API token as a bearer token.");
const isSeparator = (name: string): name is Separator => Object.hasOwn(SEPARATORS, name);
const NO_SEPARATOR = only("bad-query", "separator must be comma, semicolon or tab.");
const PAGE_SUBJECTS = 200;
const NO_FORMAT = only("bad-query", "format must be csv or json.");

async function* csvOf(store: Exporting["store"], separator: Separator): AsyncGenerator<string> {
  // With its mark, or a spreadsheet takes UTF-8 for its own country's encoding.
  yield "\uFEFF";
  yield sheetHead(separator);
  for await (const page of everyCustomer(store))
    yield page.flatMap((customer) => customerLines(customer, separator)).join("");
  for await (const page of othersOf(store)) {
    const names = await namesOf(store, page);
    yield page.flatMap((other) => partyLines(other, namedBy(other, names), separator)).join("");
  }
}

async function* jsonOf(store: Exporting["store"]): AsyncGenerator<string> {
  yield `{"format":"${PARTY_FORMAT}","customers":[`;
  let between = "\n";
  for await (const page of everyCustomer(store)) {
    for (const customer of page) {
      yield `${between}${JSON.stringify(toFile(customer))}`;
      between = ",\n";
    }
  }
  yield `\n],"parties":[`;
  between = "\n";
  for await (const page of othersOf(store)) {
    const names = await namesOf(store, page);
    for (const other of page) {
      yield `${between}${JSON.stringify(toPartyFile(other, names))}`;
      between = ",\n";
    }
  }
  yield "\n]}\n";
}

async function* othersOf({ views, pool }: Exporting["store"]): AsyncGenerator<Other[]> {
  let last = { search: "", subject: "" };
  for (;;) {
    const page = await views.parties.after(last, PAGE_SUBJECTS);
    const end = page.at(-1);
    if (end === undefined) return;
    const subjects = page.map(({ subject }) => subject);
    yield [...(await readSubjects(pool, subjects))].map(([subject, recorded]) =>
      foldOther(subject.slice("party/".length), recorded as readonly Recorded<OtherEvent>[]),
    );
    last = end;
  }
}

/** Who the customers at these providers are: a file names them, because ids are made anew. */
async function namesOf(
  { views }: Exporting["store"],
  others: readonly Other[],
): Promise<ReadonlyMap<string, string>> {
  const ids = [...new Set(others.flatMap(({ customers }) => customers))];
  const found = ids.length === 0 ? [] : await views.customers.of(ids);
  return new Map(found.filter(({ removed }) => !removed).map(({ id, name }) => [id, name]));
}

const namedBy = ({ customers }: Other, names: ReadonlyMap<string, string>): string[] =>
  customers.flatMap((id) => names.get(id) ?? []);

function toPartyFile(
  other: Other,
  names: ReadonlyMap<string, string>,
): NonNullable<PartyFile["parties"]>[number] {
  const { kind, name, about, feeds } = other;
  const named = namedBy(other, names);
  return {
    kind,
    name,
    ...(about === "" ? {} : { about }),
    ...(feeds.length === 0 ? {} : { feeds: [...feeds] }),
    ...(named.length === 0 ? {} : { customers: named }),
    contacts: contactsOf(other),
    clauses: clausesOf(other),
  };
}

async function* encoded(texts: AsyncIterable<string>): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  for await (const text of texts) yield encoder.encode(text);
}

function toFile(customer: Customer): PartyFile["customers"][number] {
  const { name, stage, role, zone, dataSets, deployments } = customer;
  return {
    name,
    ...(stage === undefined ? {} : { stage }),
    ...(role === undefined ? {} : { role }),
    ...(zone === undefined ? {} : { zone }),
    contacts: contactsOf(customer),
    clauses: clausesOf(customer),
    dataSets: dataSets.map(({ id: _, ...rest }) => ({ ...rest, categories: [...rest.categories] })),
    deployments: deployments.map(({ id: _, ...rest }) => rest),
  };
}

type Listed = PartyFile["customers"][number];

function contactsOf(party: Customer | Other): NonNullable<Listed["contacts"]> {
  const [primary, security] = [primaryContact(party), securityContact(party)];
  return party.contacts.map((contact) => {
    const {
      id: _,
      addedAt: __,
      bouncedAt: _bounced,
      key: _key,
      encrypt: _agreed,
      ...rest
    } = contact;
    return {
      ...rest,
      ...(contact === primary ? { primary: true } : {}),
      ...(contact === security ? { security: true } : {}),
    };
  });
}

const clausesOf = ({ clauses }: Customer | Other): NonNullable<Listed["clauses"]> =>
  clauses.map(({ id, terms, ...rest }) => ({
    ...rest,
    clause: id,
    ...(rest.yaml !== undefined || terms === undefined ? {} : { terms: toFields(terms) }),
  }));

type Terms = NonNullable<Customer["clauses"][number]["terms"]>;
type Fields = NonNullable<NonNullable<PartyFile["customers"][number]["clauses"]>[number]["terms"]>;

/** What was given by fields has no more than these. */
function toFields({ duty, from, within, calendar }: Terms): Fields {
  return {
    duty,
    from: typeof from === "string" ? from : `${from.claim}:${from.is}`,
    within: within as Fields["within"],
    ...(calendar === undefined ? {} : { calendar }),
  };
}
