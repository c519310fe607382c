/**
 * Element: SVG as text. Colours are the page's custom properties, with the light
 * ones for where there is no page, so that one picture serves light, dark and
 * paper. Attributes only: where it is shown no inline style is allowed.
 */

export const PAPER = "var(--paper, #fbfaf7)";
export const INK = "var(--ink, #1b1d21)";
export const SECONDARY = "var(--secondary, #575b63)";
export const RISK = "var(--risk, #8a4b00)";
export const MET = "var(--met, #17708f)";
export const RULE = "var(--rule, #d9d6cd)";
export const WASH = "var(--wash, #f1efe8)";

type Attributes = Readonly<Record<string, string | number | undefined>>;

/** What XML cannot hold would make the whole picture unreadable: controls, halves of pairs. */
const UNWRITABLE = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

/** What stands between `<` and `>` of an attribute or a text is only ever text. */
export const escaped = (text: string): string =>
  text.replace(UNWRITABLE, "\ufffd").replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

export function element(name: string, attributes: Attributes, inner = ""): string {
  const list = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(
      ([key, value]) =>
        ` ${key}="${escaped(String(typeof value === "number" ? px(value) : value))}"`,
    )
    .join("");
  return inner === "" ? `<${name}${list}/>` : `<${name}${list}>${inner}</${name}>`;
}

/** A tenth of a pixel is finer than any screen. */
export const px = (value: number): number => Math.round(value * 10) / 10;

type Written = {
  readonly x: number;
  readonly y: number;
  readonly fill?: string;
  readonly anchor?: "start" | "middle" | "end";
  readonly weight?: 400 | 600;
  /** Paper around the letters, where they stand on a line. */
  readonly halo?: boolean;
  readonly class?: string;
  /** Pixels; twelve, if not said. */
  readonly size?: number;
};

export const written = (text: string, at: Written): string =>
  element(
    "text",
    {
      class: at.class,
      x: at.x,
      y: at.y,
      fill: at.fill ?? SECONDARY,
      "text-anchor": at.anchor === "start" ? undefined : at.anchor,
      "font-weight": at.weight,
      "font-size": at.size,
      ...(at.halo ? { stroke: PAPER, "stroke-width": 4, "paint-order": "stroke" } : {}),
    },
    escaped(text),
  );

export type Frame = {
  readonly width: number;
  readonly height: number;
  /** The picture in one sentence. */
  readonly says: string | undefined;
  readonly class: string;
};

export const picture = ({ width, height, says, ...frame }: Frame, inner: string): string =>
  element(
    "svg",
    {
      xmlns: "http://www.w3.org/2000/svg",
      class: `tape ${frame.class}`,
      width,
      height,
      viewBox: `0 0 ${px(width)} ${px(height)}`,
      ...(says === undefined ? { "aria-hidden": "true" } : { role: "img", "aria-label": says }),
      "font-family": "var(--sans, system-ui, sans-serif)",
      "font-size": 12,
    },
    inner,
  );

/** How wide a text of twelve pixels is, rather too wide than too narrow: there is no font to ask. */
export function textWidth(text: string): number {
  let width = 0;
  for (const sign of text) width += widthOf(sign);
  return Math.ceil(width);
}

function widthOf(sign: string): number {
  if (/[ .,:;'|il]/.test(sign)) return 4;
  if (/[mwMW@%]/.test(sign)) return 11;
  return /[A-Z]/.test(sign) ? 8.6 : sign < "\u0250" ? 7.2 : 12;
}

/** The same in bold. */
export const boldWidth = (text: string): number => Math.ceil(textWidth(text) * 1.1);

/** `text` cut to `width`, with an ellipsis where something is missing. */
export function fitted(text: string, width: number): string {
  if (textWidth(text) <= width) return text;
  let cut = "";
  for (const sign of text) {
    if (textWidth(`${cut}${sign}…`) > width) break;
    cut += sign;
  }
  return `${cut.trimEnd()}…`;
}
