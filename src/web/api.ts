/**
 * The web app's one door: the public API, through the same client as the CLI.
 *
 * Reading is a query keyed by view, parameters and query, so that live.ts can
 * say which ones an entry has outdated. Writing sends one idempotency key per
 * attempt of a person, whatever the network does in between.
 */

import {
  keepPreviousData,
  QueryClient,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { apiClient, type Accepted, type SendOptions } from "../api/client.ts";
import type { CommandType, InputOf } from "../api/command.ts";
import type { QueryOf, ViewName, ViewOf } from "../api/view.ts";
import type { Problem, Result } from "../core/problem.ts";
import { API_ROUTES } from "./api-routes.ts";
import { newsFor } from "./news.ts";
import { outdate } from "./outdated.ts";
import { BASE } from "./paths.ts";

/** As the server's origin check wants: no form and no link of another site can set it. */
export const CLIENT_HEADERS = { "due-client": "web" };

export const client = apiClient(
  API_ROUTES,
  (path, init) => fetch(`${BASE}${path}`, { ...init, credentials: "same-origin" }),
  () => CLIENT_HEADERS,
);

/** A refusal on its way through the query library, which wants something thrown. */
export class Refused extends Error {
  readonly problems: readonly Problem[];
  constructor(problems: readonly Problem[]) {
    super(problems.map(({ message }) => message).join(" "));
    this.problems = problems;
  }
}

export function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Refused(result.problems);
  return result.value;
}

export const queryClient = new QueryClient({
  defaultOptions: {
    // What changes is pushed (live.ts); asking again on every focus would only cost.
    queries: {
      staleTime: 30_000,
      refetchOnWindowFocus: false,
      retry: (count, error) => count < 2 && isUnreachable(error),
    },
  },
});

export const news = newsFor({
  refresh: (touched) => outdate(queryClient, touched),
  now: () => performance.now(),
  later(ms, act) {
    const timer = setTimeout(act, ms);
    return () => clearTimeout(timer);
  },
});

const isUnreachable = (error: unknown): boolean =>
  error instanceof Refused && error.problems.some(({ code }) => code === "unreachable");

/** The problems behind a failed query or command; empty when there are none. */
export const problemsIn = (error: unknown): readonly Problem[] =>
  error instanceof Refused
    ? error.problems
    : error instanceof Error
      ? [{ code: "bug", message: error.message }]
      : [];

type Query<N extends ViewName> = QueryOf<N> | Record<string, never>;

export const viewKey = (
  name: ViewName,
  parameters: Record<string, string> = {},
  query: object = {},
) => [name, parameters, query] as const;

/** Reads a view and keeps it current. */
export function useView<N extends ViewName>(
  name: N,
  parameters: Record<string, string> = {},
  query: Query<N> = {},
  options: { readonly enabled?: boolean } = {},
) {
  return useQuery({
    queryKey: viewKey(name, parameters, query),
    queryFn: async (): Promise<ViewOf<N>> => valueOf(await client.read(name, parameters, query)),
    // Paging and filtering keep what is on screen until the next page is there.
    placeholderData: keepPreviousData,
    ...options,
  });
}

/** Sends a command; its problems are in `problems`, the first of each field beside the field. */
export function useCommand<T extends CommandType>(type: T, subjectId = "") {
  const queries = useQueryClient();
  const mutation = useMutation<Accepted, Refused, { input: InputOf<T>; options?: SendOptions }>({
    mutationFn: async ({ input, options }) =>
      valueOf(
        await client.send(type, subjectId, input, {
          idempotencyKey: crypto.randomUUID(),
          ...options,
        }),
      ),
    // The answer may arrive before the stream tells of it: the screen must not lag behind its own act.
    onSuccess: async ({ subject, seq }) => {
      // What else it may have changed is asked for when it is next looked at.
      void queries.invalidateQueries({ refetchType: "none" });
      await news.acted(subject, seq);
    },
  });
  return {
    send: (input: InputOf<T>, options?: SendOptions): Promise<Accepted> =>
      mutation.mutateAsync(options ? { input, options } : { input }),
    problems: problemsIn(mutation.error),
    pending: mutation.isPending,
    done: mutation.isSuccess,
    reset: mutation.reset,
  };
}

/** The problem that belongs beside a field, by its JSON Pointer. */
export const problemAt = (problems: readonly Problem[], field: string): string | undefined =>
  problems
    .find(({ at }) => at === `/${field}` || at?.startsWith(`/${field}/`))
    // The message names the field as the API does; beside its control the label has named it.
    ?.message.replace(new RegExp(`^${field} (?=must |is |has )`), "This ");
