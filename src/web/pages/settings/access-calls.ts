/** Calls to the routes of accounts and tokens (api/access.ts), as queries and acts. */

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { Problem, Result } from "../../../core/problem.ts";
import { client, valueOf } from "../../api.ts";

/** A list that one of these routes answers with. */
export const useItems = <T>(path: string, enabled = true) =>
  useQuery({
    queryKey: ["access", path],
    enabled,
    queryFn: async () =>
      valueOf(await client.call<{ readonly items: readonly T[] }>("GET", `/api/v1${path}`)).items,
  });

/** What one of these routes answers with. */
export const useAnswer = <T>(path: string) =>
  useQuery({
    queryKey: ["access", path],
    queryFn: async () => valueOf(await client.call<T>("GET", `/api/v1${path}`)),
  });

/** Sends to one of these routes, keeps what was refused, and reads the lists anew. */
export function useAct() {
  const queries = useQueryClient();
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  const send = async <T>(path: string, body: unknown = {}): Promise<T | undefined> =>
    settle(await client.call<T>("POST", `/api/v1${path}`, body));
  const settle = <T>(answer: Result<T>): T | undefined => {
    setProblems(answer.ok ? [] : answer.problems);
    void queries.invalidateQueries();
    return answer.ok ? answer.value : undefined;
  };
  return { problems, send, settle };
}
