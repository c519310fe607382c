/**
 * Component: what people rely on, under the name by which they know it. The list is ours
 * alone; it follows from no monitoring, and nobody outside learns what lies behind a name.
 */

import type { BareContext } from "../context.ts";
import { checkPublicWords } from "../notice/check/public-words.ts";
import { type Problem, refuse, refuseAll, type Result } from "../problem.ts";
import { textProblem, tooLong } from "../text.ts";
import { isOver, type StatusPage } from "./state.ts";

const NAME_CHARACTERS_MAX = 60;
const ABOUT_CHARACTERS_MAX = 200;
/** More than a page shows in one look. */
const COMPONENTS_MAX = 40;

export type ComponentDescribed = {
  readonly type: "ComponentDescribed";
  readonly component: string;
  readonly name: string;
  readonly about?: string;
};
export type ComponentRemoved = { readonly type: "ComponentRemoved"; readonly component: string };

export type DescribeComponent = {
  readonly type: "DescribeComponent";
  /** Made from the name where it is not said; an id that is known is described anew. */
  readonly component?: string;
  readonly name: string;
  readonly about?: string;
};
export type RemoveComponent = { readonly type: "RemoveComponent"; readonly component: string };

/** Refuses with `text-missing`, `text-too-long`, `too-many`, and every check of the words that blocks. */
export function describeComponent(
  { components }: StatusPage,
  { component, name, about }: DescribeComponent,
  { beside }: BareContext,
): Result<readonly ComponentDescribed[]> {
  const pieces = [
    { at: "/name", text: name },
    { at: "/about", text: about ?? "" },
  ];
  const found = beside?.outward ? checkPublicWords(pieces, beside.outward) : [];
  const isNew = !components.some(({ id }) => id === component);
  const shown = components.filter(({ removed }) => !removed).length;
  const problems: (Problem | undefined)[] = [
    textProblem(name, NAME_CHARACTERS_MAX, "/name", "Name it as those who rely on it do."),
    tooLong(about, ABOUT_CHARACTERS_MAX, "/about"),
    isNew && shown >= COMPONENTS_MAX
      ? { code: "too-many", message: `A page shows at most ${COMPONENTS_MAX} components.` }
      : undefined,
    ...found.filter(({ level }) => level === "block"),
  ];
  const id = component ?? idOf(name, new Set(components.map((one) => one.id)));
  return refuseAll(
    problems.filter((one) => one !== undefined),
    [
      {
        type: "ComponentDescribed",
        component: id,
        name,
        ...(about === undefined || about.trim() === "" ? {} : { about }),
      },
    ],
  );
}

/** Takes it off the page; what was said of it stays. Refuses with `component-unknown`, `component-named`. */
export function removeComponent(
  { components, incidents }: StatusPage,
  { component }: RemoveComponent,
): Result<readonly ComponentRemoved[]> {
  const held = components.find(({ id, removed }) => id === component && !removed);
  if (!held)
    return refuse("component-unknown", `There is no component ${component}.`, "/component");
  const open = incidents.find(
    (one) =>
      !isOver(one) && one.updates.some(({ components: said }) => Object.hasOwn(said, component)),
  );
  if (open) {
    const message = `${open.id} is open and names it: end that first.`;
    return refuse("component-named", message, "/component");
  }
  return refuseAll([], [{ type: "ComponentRemoved", component }]);
}

/** `Exports & imports` -> `exports-imports`. */
function idOf(name: string, taken: ReadonlySet<string>): string {
  const plain = name
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 40);
  const first = plain === "" ? "component" : plain;
  let id = first;
  for (let count = 2; taken.has(id); count += 1) id = `${first}-${count}`;
  return id;
}
