/** Sections whose text changed from one text of the policy to another; promises are apart. */

import type { Policy } from "./policy.ts";

export type SectionChange = {
  readonly id: string;
  readonly title: string;
  readonly before?: string;
  readonly after?: string;
};

/** Sections whose title, text or audience is another. */
export function sectionChanges(before: Policy, after: Policy): readonly SectionChange[] {
  const old = new Map(before.sections.map((section) => [section.id, section]));
  const kept = new Set(after.sections.map(({ id }) => id));
  const changed = after.sections.flatMap((section): SectionChange[] => {
    const { id, title } = section;
    const was = old.get(id);
    if (was === undefined) return [{ id, title, after: textOf(section) }];
    const [then, now] = [textOf(was), textOf(section)];
    return then === now ? [] : [{ id, title, before: then, after: now }];
  });
  const gone = before.sections
    .filter(({ id }) => !kept.has(id))
    .map((section) => ({ id: section.id, title: section.title, before: textOf(section) }));
  return [...changed, ...gone];
}

const textOf = (section: Policy["sections"][number]): string =>
  "text" in section
    ? `${section.title}\n\n${section.text}`
    : `${section.title}\n\nNot public (${section.audience}): ${section.file}, ${section.digest}\n`;
