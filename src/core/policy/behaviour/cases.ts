/**
 * Cases: many situations in as few descriptions as say exactly the same.
 *
 * A description holds, for some variables, the classes they may be in, and says nothing
 * of the rest. Variables are taken in their order: the first ones head the sentence.
 */

/**
 * `situations`, and with them those in which nothing is at stake, as far as that lets whole
 * variables go unsaid: what is owed nowhere else need not be told where it is owed.
 */
export function widened(
  situations: readonly (readonly number[])[],
  idle: ReadonlySet<string>,
  sizes: readonly number[],
  /** The places of the variables that may go unsaid, the first to go first. */
  droppable: readonly number[],
): readonly (readonly number[])[] {
  let held = new Map(situations.map((one) => [one.join(), one]));
  for (const variable of droppable) {
    const wider = new Map(held);
    let isWhole = true;
    for (const one of held.values()) {
      for (let place = 0; isWhole && place < (sizes[variable] as number); place += 1) {
        const other = one.with(variable, place);
        const key = other.join();
        if (!held.has(key) && !idle.has(key)) isWhole = false;
        wider.set(key, other);
      }
    }
    if (isWhole) held = wider;
  }
  return [...held.values()];
}

/** For each variable that matters, the places of its classes. */
export type Described = ReadonlyMap<number, readonly number[]>;

/** `situations` exactly, each in one description; `sizes` is how many classes each variable has. */
export function described(
  situations: readonly (readonly number[])[],
  sizes: readonly number[],
  from = 0,
): readonly Described[] {
  const size = sizes[from];
  if (size === undefined) return situations.length === 0 ? [] : [new Map()];
  const byPlace = new Map<number, (readonly number[])[]>();
  for (const one of situations) {
    const place = one[from] as number;
    const same = byPlace.get(place);
    if (same) same.push(one);
    else byPlace.set(place, [one]);
  }
  const alike = new Map<
    string,
    { readonly places: number[]; readonly rest: (readonly number[])[] }
  >();
  for (const [place, same] of byPlace) {
    const rest = same
      .map((one) => one.slice(from + 1).join())
      .sort()
      .join(";");
    const known = alike.get(rest);
    if (known) known.places.push(place);
    else alike.set(rest, { places: [place], rest: same });
  }
  return [...alike.values()].flatMap(({ places, rest }) =>
    described(rest, sizes, from + 1).map(
      (one): Described => (places.length === size ? one : new Map([[from, places], ...one])),
    ),
  );
}
