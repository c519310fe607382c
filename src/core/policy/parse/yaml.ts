/**
 * Policy text to a plain value, and the place of everything in it.
 *
 * YAML 1.2, one document, and less than all of YAML: no anchors and aliases (one
 * promise has one line, and a small file cannot unfold into a huge one), no tags,
 * no directives. Depth is watched while tokens are read, before the library
 * recurses over them: one line of 200,000 dashes ends a Node process otherwise,
 * with no exception to catch.
 *
 * Knows nothing of policies: what the value must be is the schema's business.
 */

import {
  Composer,
  CST,
  type Document,
  isMap,
  isScalar,
  isSeq,
  Lexer,
  LineCounter,
  Parser,
  type YAMLMap,
} from "yaml";
import { type Problem, type Result, refuseAll } from "../../problem.ts";
import { textProblem } from "./text.ts";
import { isOpenQuote, refusedSyntax, syntaxMessage } from "./yaml-words.ts";
import { type Path, type Places, placeAt, type Span, type Spot, toPointer } from "../places.ts";
import { POLICY_DEPTH_MAX } from "../policy.ts";

export type ReadText = { readonly value: unknown; readonly places: Places };

/**
 * The document, or everything that keeps the text from being one, each with its place.
 *
 * Refuses with `policy-too-large`, `policy-encoding`, `policy-too-deep`, `policy-yaml`,
 * `policy-several-documents`, `policy-key-duplicate` and `policy-empty`.
 */
export function readYaml(text: string): Result<ReadText> {
  const lines = linesOf(text);
  const unreadable = textProblem(text, lines);
  if (unreadable !== undefined) return { ok: false, problems: [unreadable] };
  const spots = new Map<string, Spot>();
  const reading: Reading = { text, lines, spots, problems: [], quoteAt: 0 };
  const tokens = readTokens(reading);
  const root = tokens && compose(tokens, reading);
  // A value read past a fault of syntax is not what anybody wrote: nothing more is said of it.
  const value = reading.problems.length > 0 ? undefined : toValue(root, [], reading);
  if (value === null) blame(reading, "policy-empty", EMPTY, 0);
  return refuseAll(reading.problems, { value, places: { text, lines, spots } });
}

const EMPTY = 'There is nothing here: a policy starts with "format: duenotice/policy/1".';

type Reading = {
  readonly text: string;
  readonly lines: LineCounter;
  readonly spots: Map<string, Spot>;
  readonly problems: Problem[];
  /** Where the last quote was opened: the only place to look for one that is never closed. */
  quoteAt: number;
};

function blame({ problems, lines }: Reading, code: string, message: string, offset: number): void {
  problems.push({ code, message, ...placeAt({ lines }, offset) });
}

function linesOf(text: string): LineCounter {
  const lines = new LineCounter();
  lines.addNewLine(0);
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) {
    lines.addNewLine(at + 1);
  }
  return lines;
}

/** The text's tokens; none where it nests too deep to go on. */
function readTokens(reading: Reading): CST.Token[] | undefined {
  const parser = new Parser();
  const tokens: CST.Token[] = [];
  let scalarNext = false;
  for (const source of new Lexer().lex(reading.text)) {
    const kind = scalarNext ? "scalar" : CST.tokenType(source);
    if (kind?.endsWith("quoted-scalar") === true) reading.quoteAt = parser.offset;
    const refused = refusedSyntax(kind, source);
    if (refused !== undefined) blame(reading, "policy-yaml", refused, parser.offset);
    scalarNext = source === CST.SCALAR;
    tokens.push(...parser.next(source));
    if (depthOf(parser) > POLICY_DEPTH_MAX) {
      blame(reading, "policy-too-deep", TOO_DEEP, parser.offset);
      return undefined;
    }
  }
  tokens.push(...parser.end());
  return tokens;
}

const TOO_DEEP = `This is nested more than ${POLICY_DEPTH_MAX} levels deep: no policy needs that.`;

/** The stack holds more than collections, so counting starts once it is deep enough to matter. */
const depthOf = ({ stack }: Parser): number =>
  stack.length <= POLICY_DEPTH_MAX ? 0 : stack.filter(CST.isCollection).length;

/** The root node of the one document. */
function compose(tokens: readonly CST.Token[], reading: Reading): Document.Parsed["contents"] {
  const composer = new Composer({
    version: "1.2",
    stringKeys: true,
    // Its check is quadratic, and does not say where the first one stands.
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: "silent",
  });
  const documents = composer.compose(tokens, true, reading.text.length);
  const document = documents.next().value as Document.Parsed;
  const second = documents.next();
  blameSyntax(document, reading);
  if (second.done !== true) {
    blame(reading, "policy-several-documents", SEVERAL, second.value.range[0]);
  }
  return document.contents;
}

const SEVERAL =
  'A second document begins here: a policy is one, without "---" or "..." between its parts.';

/**
 * One slip makes the library complain several times: the first complaint of a line is
 * told, and beside a tab nothing else, since what follows one is read with another depth.
 */
function blameSyntax({ errors }: Document.Parsed, reading: Reading): void {
  const told = new Set<number>();
  const tabs = errors.filter(({ code }) => code === "TAB_AS_INDENT");
  for (const error of tabs.length > 0 ? tabs : errors) {
    const offset = isOpenQuote(error)
      ? reading.quoteAt
      : Math.min(error.pos[0], reading.text.length);
    const { line } = placeAt(reading, offset);
    if (!told.has(line)) blame(reading, "policy-yaml", syntaxMessage(error), offset);
    told.add(line);
  }
}

/** The plain value of a node; notes the places of all that is in it, and keys said twice. */
function toValue(node: unknown, path: Path, reading: Reading, key?: Span): unknown {
  const value = spanOf(node);
  reading.spots.set(toPointer(path), key === undefined ? { value } : { value, key });
  if (isScalar(node)) return node.value;
  if (isSeq(node)) return node.items.map((item, i) => toValue(item, [...path, i], reading));
  return isMap(node) ? toObject(node, path, reading) : null;
}

function toObject(map: YAMLMap, path: Path, reading: Reading): object {
  const entries = new Map<string, unknown>();
  for (const pair of map.items) {
    const name = isScalar(pair.key) ? String(pair.key.value) : "";
    const key = spanOf(pair.key);
    const first = entries.has(name)
      ? reading.spots.get(toPointer([...path, name]))?.key
      : undefined;
    if (first !== undefined) {
      const { line } = placeAt(reading, first.from);
      const message =
        `"${name}" stands here a second time, first on line ${line}: ` + "keep one of the two.";
      blame(reading, "policy-key-duplicate", message, key.from);
      continue;
    }
    entries.set(name, toValue(pair.value, [...path, name], reading, key));
  }
  // fromEntries defines its keys, so that "__proto__" is a key like any other.
  return Object.fromEntries(entries);
}

/** From the first character of a node to its last. */
function spanOf(node: unknown): Span {
  const range = (node as { range?: readonly [number, number, number] } | null)?.range;
  return { from: range?.[0] ?? 0, to: range?.[1] ?? 0 };
}
