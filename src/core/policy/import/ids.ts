/** Ids from names: `Triage & assignment` is `triage-assignment`, each taken once. */

export function idFrom(name: string, taken: Set<string>, otherwise: string): string {
  const words = name
    .slice(0, 200)
    .normalize("NFKD")
    .replace(/[\u0300-\u036f]/g, "")
    .toLowerCase()
    .match(/[a-z0-9]+/g);
  const base = (words?.join("-") ?? otherwise).slice(0, 44).replace(/-+$/, "") || otherwise;
  let id = base;
  for (let n = 2; taken.has(id); n += 1) id = `${base}-${n}`;
  taken.add(id);
  return id;
}
