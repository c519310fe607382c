/**
 * Draw: a page's first view as HTML, by the app's own components, for the server to send.
 *
 * What a page needs to know is not written here a second time: it is drawn with what is known,
 * and what it asked for meanwhile is answered, until it asks for nothing more. Whoever opens the
 * page reads it while the app is still being loaded (web/first/take.ts). The build makes one
 * file of this for the server, which knows it by `DrawFirst` alone.
 */

import type { VNode } from "preact";
import { hashKey, QueryClient, QueryClientProvider } from "@tanstack/react-query";
import type { Answer, DrawFirst, FirstAsked, FirstDrawn, Question } from "../../api/first.ts";
import { lawObligations } from "../../core/incident/owed/law-owed.ts";
import { Navigation, type Page } from "../navigation.tsx";
import { ROUTES } from "../paths.ts";
import { knowLaw } from "../policy-on-screen.ts";
import { placeOf } from "../place.ts";
import { Room } from "../pages/room/room.tsx";
import { Shell } from "../shell.tsx";
import { standAt } from "./device.ts";
import { toHtml } from "./html.ts";

knowLaw(lawObligations);

/** By each page's route, written in by the build (tools/build.mjs). */
declare const DUE_LOADS: Readonly<Record<string, readonly string[]>>;

const load = (): Promise<void> => Promise.resolve();

/** What is drawn whole. Of other pages only what stands around them is asked for. */
const PAGES: readonly Page[] = [{ route: ROUTES.incident, component: Room, load }];
const AROUND: Omit<Page, "route"> = { component: () => null, load };

/** Nobody is signed in there, and no shell stands around them. */
const OUTSIDE: readonly string[] = [ROUTES.setup, ROUTES.join, ROUTES.login];

/** The shell asks, then the page, then what is inside of it: more than that is a page that never ends. */
const ROUNDS_MAX = 8;

type Drawing = {
  readonly page: Page;
  readonly asked: FirstAsked;
  readonly queries: QueryClient;
  readonly answers: Answer[];
  readonly refused: Set<string>;
};

export const draw: DrawFirst = async (asked) => {
  const { route } = placeOf(Object.values(ROUTES), asked.path, "");
  if (route === undefined || OUTSIDE.includes(route)) return undefined;
  const whole = PAGES.find((page) => page.route === route);
  const page = whole ?? { ...AROUND, route };
  // Of one page and one person: nothing that is read here is there for the next.
  const queries = new QueryClient();
  const drawing: Drawing = { page, asked, queries, answers: [], refused: new Set() };
  const first = await round(drawing);
  // Refused at the first question, it is nobody's.
  if (drawing.answers.length === 0) return undefined;
  return { loads: DUE_LOADS[route] ?? [], drawn: drawOn(drawing, first, whole !== undefined) };
};

type Round = { readonly isLast: boolean; readonly html?: string };

async function drawOn(drawing: Drawing, first: Round, isWhole: boolean): Promise<FirstDrawn> {
  let last = first;
  for (let n = 1; n < ROUNDS_MAX && !last.isLast; n += 1) last = await round(drawing);
  return { answers: drawing.answers, html: isWhole ? last.html : undefined };
}

/** Draws with what is known, and asks for what is not; the last one knows all, or cannot. */
async function round({ page, asked, queries, answers, refused }: Drawing): Promise<Round> {
  const html = drawWith(queries, page, asked);
  const questions = unanswered(queries, refused);
  if (questions.length === 0) return { isLast: true, html };
  const read = await Promise.all(questions.map((question) => asked.ask(question)));
  for (const [index, question] of questions.entries()) {
    const result = read[index];
    if (result?.ok) {
      answers.push([question, result.value]);
      queries.setQueryData(question, result.value);
    } else if (result?.problems[0].code === "not-allowed") refused.add(hashKey(question));
    else return { isLast: true };
  }
  return { isLast: false };
}

function drawWith(queries: QueryClient, page: Page, asked: FirstAsked): string {
  standAt(asked);
  const drawn = (
    <QueryClientProvider client={queries}>
      <Navigation pages={[page]}>
        <Shell>
          <page.component />
        </Shell>
      </Navigation>
    </QueryClientProvider>
  );
  return toHtml(drawn as unknown as VNode);
}

/** What was asked for while it was drawn, and was neither answered nor is nobody's to know. */
const unanswered = (queries: QueryClient, refused: ReadonlySet<string>): readonly Question[] =>
  queries
    .getQueryCache()
    .getAll()
    .filter(({ state, options, queryHash }) => {
      const { enabled } = options as { readonly enabled?: boolean };
      return state.data === undefined && enabled !== false && !refused.has(queryHash);
    })
    .map(({ queryKey }) => queryKey as unknown as Question);
