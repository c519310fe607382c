/** Moved in: a list with one of its items elsewhere. */

/** `items` with the one at `from` standing at `to`, counted as the list is afterwards. */
export function movedIn<T>(items: readonly T[], from: number, to: number): readonly T[] {
  const rest = items.filter((_, i) => i !== from);
  return [...rest.slice(0, to), ...items.slice(from, from + 1), ...rest.slice(to)];
}
