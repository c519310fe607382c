/**
 * HTML: elements as text, for a page that is drawn once by the server.
 *
 * What would do something is left out: handlers come with the app, and until then a button or a
 * field is inert, so that nobody presses what does not answer. Styles of single elements are left
 * out as well: the page's own policy forbids them in markup (server/headers.ts).
 */

import type { Context, Element, Node, Props, Provider } from "./react.ts";

const EMPTY = /^(?:area|br|col|hr|img|input|link|meta|wbr)$/;
const WAITS = /^(?:button|input|select|summary|textarea)$/;
const LEFT_OUT = /^(?:children|dangerouslySetInnerHTML|key|ref|style|tabIndex|value|on[A-Z].*)$/;

/** As React writes them; of pictures what is written with a dash. */
const NAMES: Readonly<Record<string, string>> = { className: "class", htmlFor: "for" };
const DASHED = /^(?:fill|stroke|clip|font|text)[A-Z]/;

export function toHtml(node: Node): string {
  if (node === null || node === undefined || typeof node === "boolean") return "";
  if (typeof node === "string") return escaped(node);
  if (typeof node === "number") return String(node);
  if (isList(node)) return node.map(toHtml).join("");
  return elementHtml(node);
}

const isList = (node: Element | readonly Node[]): node is readonly Node[] => Array.isArray(node);

type Made = { render(): Node };

function elementHtml({ type, props }: Element): string {
  if (typeof type === "string") return tagHtml(type, props);
  if (typeof type === "function") {
    const { prototype } = type as { readonly prototype?: Partial<Made> };
    const isClass = typeof prototype?.render === "function";
    return toHtml(
      isClass
        ? new (type as new (props: Props) => Made)(props).render()
        : (type as (props: Props) => Node)(props),
    );
  }
  const { of } = type as Provider<unknown>;
  return within(of, props["value"], () => toHtml(props["children"] as Node));
}

/** Drawing is one turn, so what a provider gives is held while its inside is drawn. */
function within(context: Context<unknown>, value: unknown, draw: () => string): string {
  const before = context.value;
  context.value = value;
  try {
    return draw();
  } finally {
    context.value = before;
  }
}

function tagHtml(tag: string, props: Props): string {
  const attributes = Object.entries(props)
    .filter(([name]) => !LEFT_OUT.test(name))
    .map(([name, value]) => attributeHtml(name, value))
    .join("");
  const start = `<${tag}${attributes}${WAITS.test(tag) ? " inert" : ""}>`;
  if (EMPTY.test(tag)) return start;
  const raw = props["dangerouslySetInnerHTML"] as { readonly __html: string } | undefined;
  return `${start}${raw ? raw.__html : toHtml(props["children"] as Node)}</${tag}>`;
}

/** What an attribute can say. */
type Written = boolean | number | string;

function attributeHtml(name: string, value: unknown): string {
  if (!["boolean", "number", "string"].includes(typeof value)) return "";
  const written = NAMES[name] ?? (DASHED.test(name) ? dashed(name) : attributeName(name));
  if (typeof value === "boolean" && !/^(?:aria|data)-/.test(name))
    return value ? ` ${written}` : "";
  return ` ${written}="${escaped(`${value as Written}`)}"`;
}

const dashed = (name: string): string =>
  name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** Attributes of pictures keep their capitals; those of HTML have none. */
const attributeName = (name: string): string =>
  /^(?:viewBox|preserveAspectRatio)$/.test(name) ? name : name.toLowerCase();

const ESCAPES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
};

const escaped = (text: string): string => text.replace(/[&<>"]/g, (sign) => ESCAPES[sign] ?? sign);
