/** What was looked for before it leaves, and what was found; never that it is safe. */

import type { DraftView } from "./use-letter.ts";

const LOOKED_FOR =
  "Looked for: missing elements, other customers, words from inside, the reporter, placeholders, suspicions said as certain, numbers, times without zone, the sender, addresses, names of files, wording.";

export function Checks({ draft }: { readonly draft: DraftView }) {
  const { findings } = draft;
  return (
    <section className="part" aria-label="Checks">
      <h2>Checks</h2>
      {findings.length === 0 ? (
        <p>Nothing was found. {LOOKED_FOR}</p>
      ) : (
        <>
          <ul className="plain checks" aria-live="polite">
            {findings.map(({ code, level, message, at }) => (
              <li key={`${code} ${at} ${message}`} className={`check check-${level}`}>
                <span aria-hidden="true">{level === "block" ? "✕" : "!"}</span>
                <span>
                  <span className="visually-hidden">
                    {level === "block" ? "Blocks: " : "Warning: "}
                  </span>
                  {message} <Where at={at} draft={draft} />
                </span>
              </li>
            ))}
          </ul>
          <p className="secondary">{LOOKED_FOR}</p>
        </>
      )}
    </section>
  );
}

/** Leads to the field it is about. */
function Where({ at, draft }: { readonly at: string; readonly draft: DraftView }) {
  const element = /^\/slots\/(.+)$/.exec(at)?.[1];
  if (element === undefined) return null;
  const name = draft.elements.find(({ id }) => id === element)?.name ?? element;
  return (
    <a className="secondary" href={`#slot-${element}`}>
      {name}
    </a>
  );
}
