/** Pages of a list: forward by the cursor that the server gave, back by the ones used before. */

import { useState } from "react";
import { Button } from "./button.tsx";

export type Pages = {
  readonly query: { readonly cursor?: string };
  readonly hasBack: boolean;
  readonly back: () => void;
  readonly go: (cursor: string) => void;
};

export function usePages(): Pages {
  const [cursors, setCursors] = useState<readonly string[]>([]);
  const cursor = cursors.at(-1);
  return {
    query: cursor === undefined ? {} : { cursor },
    hasBack: cursors.length > 0,
    back: () => setCursors(cursors.slice(0, -1)),
    go: (next) => setCursors([...cursors, next]),
  };
}

export function More({
  pages,
  next,
  words: [back, forth] = ["Newer", "Older"],
}: {
  readonly pages: Pages;
  readonly next: string | null | undefined;
  /** What lies before and after, where the order is not time. */
  readonly words?: readonly [back: string, forth: string];
}) {
  if (!pages.hasBack && !next) return null;
  return (
    <nav className="line" aria-label="Pages">
      <Button whyNot={pages.hasBack ? undefined : "This is the first page."} onClick={pages.back}>
        {back}
      </Button>
      <Button
        whyNot={next ? undefined : "This is the last page."}
        onClick={() => next && pages.go(next)}
      >
        {forth}
      </Button>
    </nav>
  );
}
