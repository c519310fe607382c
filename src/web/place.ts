/**
 * Place: what an address of the app says, apart from any browser.
 *
 *   /incidents/INC-7?asOf=2026-11-20T18:40:00Z
 *
 * A route is a path of paths.ts, with `$id` where any text may stand. What stands
 * in the query is text; a name that comes twice counts once, the last.
 */

export type Search = Readonly<Record<string, string | undefined>>;

export type Place = {
  /** Below /app, without a slash at its end. */
  readonly path: string;
  /** The route it belongs to; undefined where there is no such page. */
  readonly route: string | undefined;
  readonly params: Readonly<Record<string, string>>;
  readonly search: Search;
};

/** The place of an address: `path` below /app, `query` as the browser has it. */
export function placeOf(routes: readonly string[], path: string, query: string): Place {
  const search = Object.fromEntries(new URLSearchParams(query));
  for (const route of routes) {
    const params = paramsOf(route, path);
    if (params) return { path, route, params, search };
  }
  return { path, route: undefined, params: {}, search };
}

function paramsOf(route: string, path: string): Record<string, string> | undefined {
  const [wanted, given] = [route.split("/"), path.split("/")];
  if (wanted.length !== given.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const text = given[index] ?? "";
    if (part.startsWith("$") && text !== "") params[part.slice(1)] = decoded(text);
    else if (part !== text) return undefined;
  }
  return params;
}

/** What is not well escaped stands for itself. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** `route` with its parameters filled in and behind it what of `search` says something. */
export function addressOf(
  route: string,
  params: Readonly<Record<string, string>> = {},
  search: Search = {},
): string {
  const path = route.replace(/\$(\w+)/g, (_, name: string) =>
    encodeURIComponent(params[name] ?? ""),
  );
  const said = Object.entries(search).filter((pair): pair is [string, string] => Boolean(pair[1]));
  const query = new URLSearchParams(said).toString();
  return query === "" ? path : `${path}?${query}`;
}
