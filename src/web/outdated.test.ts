import { QueryClient, QueryObserver } from "@tanstack/react-query";
import { expect, test } from "vitest";
import { outdate } from "./outdated.ts";

test("what somebody wrote is asked for before anything else that it may have changed", async () => {
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const asked: string[] = [];
  const show = async (name: string, id = "INC-1"): Promise<void> => {
    const observer = new QueryObserver(queries, {
      queryKey: [name, { id }],
      queryFn: async () => {
        asked.push(`${name} ${id}`);
        await Promise.resolve();
        asked.push(`${name} ${id} is there`);
        return asked.length;
      },
    });
    observer.subscribe(() => {});
    await observer.refetch();
  };
  await show("incident");
  await show("timeline");
  await show("timeline", "INC-2");
  asked.length = 0;
  await outdate(queries, new Map([["incident", new Set(["INC-1"])]]));
  expect(asked).toEqual([
    "timeline INC-1",
    "timeline INC-1 is there",
    "incident INC-1",
    "incident INC-1 is there",
  ]);
  queries.clear();
});
