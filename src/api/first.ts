/**
 * First: what the server and the web app agree on about a page's first view, which the server
 * draws with the app's own components (web/first/draw.tsx) and sends as part of the page.
 */

import type { Result } from "../core/problem.ts";

/** A view as the app's queries name it: its name, its parameters, its query. */
export type Question = readonly [
  name: string,
  parameters: Readonly<Record<string, string>>,
  query: Readonly<Record<string, unknown>>,
];

/** What the page asked while it was drawn, and was answered: the app begins with it. */
export type Answer = readonly [question: Question, value: unknown];

export type FirstAsked = {
  /** Below /app: `/incidents/INC-7`. */
  readonly path: string;
  /** `?asOf=…`, or nothing. */
  readonly query: string;
  /** What this device keeps of how it shows things, by the app's own names. */
  readonly kept: Readonly<Record<string, string>>;
  /** Answers as the API would answer whoever asks for the page. */
  readonly ask: (question: Question) => Promise<Result<unknown>>;
};

export type FirstBegun = {
  /** What the page loads before it shows anything, below /app, as it was built. */
  readonly loads: readonly string[];
  /** That somebody may read it is known by now, so what it loads can be sent ahead of it. */
  readonly drawn: Promise<FirstDrawn>;
};

export type FirstDrawn = {
  readonly answers: readonly Answer[];
  /** Undefined where something could not be read: the app says what, and why. */
  readonly html: string | undefined;
};

/** Undefined where there is no such page, none that is drawn ahead, or none for whoever asks. */
export type DrawFirst = (asked: FirstAsked) => Promise<FirstBegun | undefined>;

/** Where the page holds its answers, and what was drawn of it. */
export const FIRST = { answers: "first-answers", drawn: "first" } as const;

/**
 * The only script in its markup, before each part that has a turn of its own: it lays out what was
 * read so far. The page's policy allows it by its hash, and none but it.
 */
export const TURN = "document.body.getBoundingClientRect()";

/** The cookie by which a device says how it shows things: names and values as a query. */
export const SHOWN_COOKIE = "due-shown";
