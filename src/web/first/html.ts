/**
 * HTML: what the app draws, as text, for a page that is drawn once by the server.
 *
 * What would do something is left out: handlers come with the app, and until then a button or a
 * field is inert, so that nobody presses what does not answer. Styles of single elements are left
 * out as well: the page's own policy forbids them in markup (server/http/headers.ts).
 */

import { options, type VNode } from "preact";
import { renderToString } from "preact-render-to-string";

const WAITS = /^(?:button|input|select|summary|textarea)$/;
const LEFT_OUT = /^(?:style|tabIndex|tabindex|value)$/;

// Nothing but this drawing is in the file that the build makes of it, so this holds for all it draws.
const before = options.vnode;
options.vnode = (element: VNode) => {
  before?.(element);
  if (typeof element.type === "string") element.props = still(element.type, element.props);
};

export const toHtml = (drawn: VNode): string => renderToString(drawn);

function still<P extends object>(tag: string, props: P): P {
  const kept = Object.entries(props).filter(([name]) => !LEFT_OUT.test(name));
  return Object.fromEntries(WAITS.test(tag) ? [...kept, ["inert", true]] : kept) as P;
}
