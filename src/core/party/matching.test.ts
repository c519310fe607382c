import { describe, expect, test } from "vitest";
import { computedMs } from "../../../test/computed.ts";
import { type Callable, LIST_LINES_MAX, matchList, plainName } from "./matching.ts";

const CUSTOMERS: readonly Callable[] = [
  { id: "cus_mer", name: "Meridian Health", mails: ["security@meridian.example"] },
  { id: "cus_kes", name: "Kestrel Bank, Ltd.", mails: ["mara@kestrel.example", "it@kes.example"] },
  { id: "cus_oak", name: "Oakline", mails: ["cleo@oakline.example"] },
  { id: "cus_oak2", name: "Oakline GmbH", mails: ["hi@oakline.example"] },
  { id: "cus_arb", name: "شركة النور", mails: [] },
];

const seen = (text: string) => {
  const matched = matchList(text, CUSTOMERS);
  if (!matched.ok) return matched.problems.map(({ code }) => code);
  return matched.value.map(({ line, state, customer, by, near }) =>
    `${line} ${state} ${customer ?? near.map(({ id }) => id).join("+")} ${by ?? ""}`.trim(),
  );
};

describe("a pasted list", () => {
  test("is matched by id, mail address, mail domain and name, whatever the case", () => {
    expect(
      seen(
        "cus_mer\nMARA@kestrel.example\n@kes.example\nhttps://mail.kestrel.example/x\nmeridian  HEALTH\n",
      ),
    ).toEqual([
      "1 matched cus_mer id",
      "2 matched cus_kes mail",
      "3 matched cus_kes domain",
      "4 matched cus_kes domain",
      "5 matched cus_mer name",
    ]);
  });

  test("is matched by names with a comma, a form of company, accents and another script", () => {
    expect(seen("Kestrel Bank\n- Kestrel Bank, Ltd.\nMéridian Health Inc.\nشركة النور")).toEqual([
      "1 matched cus_kes name",
      "2 matched cus_kes name",
      "3 matched cus_mer name",
      "4 matched cus_arb name",
    ]);
  });

  test("never loses a line: what fits nobody comes out with the nearest, what fits several with all", () => {
    expect(seen("Meridan Helth\n\nNobody We Know\nOakline\nnew@oakline.example")).toEqual([
      "1 unmatched cus_mer",
      "3 unmatched",
      "4 ambiguous cus_oak+cus_oak2",
      "5 ambiguous cus_oak+cus_oak2",
    ]);
  });

  test("is a table where it is one, with its heading, its rule and its count", () => {
    expect(
      seen("customer_id | rows\n-----------+-----\n cus_mer   | 1204\n cus_oak   | 3\n(2 rows)"),
    ).toEqual([
      "1 heading",
      "2 heading",
      "3 matched cus_mer id",
      "4 matched cus_oak id",
      "5 heading",
    ]);
    expect(seen('name,mail\n"Kestrel Bank, Ltd.",nobody@elsewhere.example')).toEqual([
      "1 heading",
      "2 matched cus_kes name",
    ]);
  });

  test("is the JSON of a query with whatever columns, whole or a record a line", () => {
    const rows = [
      { tenant: { name: "Meridian Health" }, n: 3 },
      { domain: "kes.example", n: 1 },
      { domain: "unknown.example" },
    ];
    const expected = ["1 matched cus_mer name", "2 matched cus_kes domain", "3 unmatched"];
    expect(seen(JSON.stringify(rows))).toEqual(expected);
    expect(seen(JSON.stringify({ rows, took: 3 }))).toEqual(expected);
    expect(seen(rows.map((row) => JSON.stringify(row)).join("\n"))).toEqual(expected);
  });

  test("is ambiguous where its columns name two customers, and one where they agree on one", () => {
    expect(seen("cus_mer,Kestrel Bank")).toEqual(["1 ambiguous cus_mer+cus_kes"]);
    expect(seen("cus_oak,oakline.example")).toEqual(["1 matched cus_oak id"]);
  });

  test("that is a broken JSON, a formula or markup is lines like any other", () => {
    expect(seen('[{"name": "Meridian Health"')).toEqual(["1 unmatched cus_mer"]);
    expect(seen("=cmd()|x\n<b>Oakline</b>")).toHaveLength(2);
  });

  test("is neither empty nor endless", () => {
    expect(seen(" \n\n")).toEqual(["list-empty"]);
    expect(seen("x\n".repeat(LIST_LINES_MAX + 1))).toEqual(["list-too-long"]);
    expect(seen("x".repeat(300_001))).toEqual(["list-too-long"]);
  });
});

test("a name that is nothing but a form of company stays one", () => {
  expect(plainName("AG")).toBe("ag");
  expect(plainName("Nord AB & Co. KG")).toBe("nord ab and");
});

describe("a list that is meant to hold us up", () => {
  const many = Array.from({ length: 10_000 }, (_, at) => ({
    id: `cus_${at}`,
    name: `Kestrel ${at} Holdings`,
    mails: [`it@k${at}.example`],
  }));
  const wide = Array.from({ length: 60 }, (_, at) => `kes${at} hol`).join(",");

  test.each([
    ["an address of dots", `a@${".".repeat(299_000)}@`],
    ["a domain of dots", `a@${"a.".repeat(149_000)}com`],
    ["forms of companies", `x ${"co ".repeat(99_000)}`],
    ["lines of many cells", Array(499).fill(wide).join("\n").slice(0, 299_000)],
  ])("is read within a moment, and means nobody: %s", (_, list) => {
    let matched: ReturnType<typeof matchList> | undefined;
    expect(computedMs(() => (matched = matchList(list, many)))).toBeLessThan(5_000);
    expect(matched?.ok && matched.value.filter(({ state }) => state === "matched")).toEqual([]);
  });

  test("still offers the nearest to the first lines", () => {
    const matched = matchList("Kestrel 77 Holding\n".repeat(3), many);
    expect(matched.ok && matched.value[0]?.near.map(({ id }) => id)).toContain("cus_77");
  });
});
