/** Conflict: two people changed the same lines; both texts, and a choice at each place. */

import { useState } from "react";
import type { DraftConflict } from "../../../api/draft.ts";
import { chosenText } from "../../../core/policy/choose.ts";
import { Button } from "../../ui/button.tsx";
import { At } from "../../ui/time.tsx";
import { settle, useSaving } from "./saving.ts";

export function Conflict() {
  const { conflict } = useSaving();
  return conflict ? <Choosing key={conflict.theirs.revision} conflict={conflict} /> : null;
}

function Choosing({ conflict }: { readonly conflict: DraftConflict }) {
  const { theirs, places } = conflict;
  const [chosen, setChosen] = useState<readonly ("mine" | "theirs" | undefined)[]>([]);
  const open = places.filter((_, index) => chosen[index] === undefined).length;
  const choose = (index: number, side: "mine" | "theirs"): void =>
    setChosen(places.map((_, i) => (i === index ? side : chosen[i])));
  return (
    <section className="conflict" aria-label="Two changes of the same lines">
      <h2>
        {theirs.by} changed the same lines, <At iso={theirs.savedAt} short />
      </h2>
      <p>Nothing of yours is lost, and nothing was saved over theirs. Choose at each place.</p>
      <ol className="plain">
        {places.map(({ mine, theirs: other }, index) => (
          <li key={`${mine.line} ${other.line}`} className="conflict-place">
            <Side title={`Yours, line ${mine.line}`} text={mine.text} />
            <Side title={`${theirs.by}, line ${other.line}`} text={other.text} />
            <span className="line" role="group" aria-label={`Line ${mine.line}`}>
              <Button aria-pressed={chosen[index] === "mine"} onClick={() => choose(index, "mine")}>
                Take yours
              </Button>
              <Button
                aria-pressed={chosen[index] === "theirs"}
                onClick={() => choose(index, "theirs")}
              >
                Take theirs
              </Button>
            </span>
          </li>
        ))}
      </ol>
      <Button
        look="first"
        whyNot={open > 0 ? `${open} of ${places.length} places are open.` : undefined}
        onClick={() =>
          void settle(chosenText(conflict, chosen as readonly ("mine" | "theirs")[]), conflict)
        }
      >
        Save it so
      </Button>
    </section>
  );
}

function Side({ title, text }: { readonly title: string; readonly text: string }) {
  return (
    <div>
      <p className="secondary">{title}</p>
      <pre>{text === "" ? "(taken away)" : text}</pre>
    </div>
  );
}
