/**
 * HTML: what the app draws, as text, for a page that is drawn once by the server.
 *
 * What would do something is left out: handlers come with the app, and until then a button or a
 * field is inert, so that nobody presses what does not answer. Styles of single elements are left
 * out as well: the page's own policy forbids them in markup (server/http/headers.ts).
 *
 * What the app draws in a turn of its own is laid out in one as well: before each such part stands a
 * script that lays out what was read so far. A browser that has the whole page before it has its
 * styles would lay all of it out at once, and answer nobody meanwhile.
 */

import { options, type VNode } from "preact";
import { jsx } from "preact/jsx-runtime";
import { renderToString } from "preact-render-to-string";
import { TURN } from "../../api/first.ts";
import { Later } from "../ui/later.tsx";

const WAITS = /^(?:button|input|select|summary|textarea)$/;
const LEFT_OUT = /^(?:style|tabIndex|tabindex|value)$/;

// Nothing but this drawing is in the file that the build makes of it, so this holds for all it draws.
const before = options.vnode;
options.vnode = (element: VNode) => {
  before?.(element);
  if (typeof element.type === "string") element.props = still(element.type, element.props);
  else if (element.type === (Later as unknown)) element.props = inTurn(element.props);
};

export const toHtml = (drawn: VNode): string => renderToString(drawn);

function inTurn<P extends { readonly children?: unknown }>(props: P): P {
  const turn = jsx("script", { dangerouslySetInnerHTML: { __html: TURN } });
  return { ...props, children: [turn, props.children] };
}

function still<P extends object>(tag: string, props: P): P {
  const kept = Object.entries(props).filter(([name]) => !LEFT_OUT.test(name));
  return Object.fromEntries(WAITS.test(tag) ? [...kept, ["inert", true]] : kept) as P;
}
