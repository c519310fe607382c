/**
 * Copy: a text to the clipboard, and a word that it is there.
 *
 * The clipboard's own interface is only there where the page came over HTTPS or from this
 * machine. Elsewhere the old way still works, and a press must not do nothing.
 */

import { type ReactNode, useEffect, useState } from "react";
import { Button } from "./button.tsx";

/** How long the button says that it was done. */
const SAID_MS = 4_000;

export function Copy({
  text,
  children,
  look = "quiet",
}: {
  readonly text: string;
  /** What is copied: "Copy", "Copy all of it". */
  readonly children: ReactNode;
  readonly look?: "plain" | "quiet";
}) {
  const [said, setSaid] = useState<string>();
  useEffect(() => {
    if (said === undefined) return;
    const over = setTimeout(() => setSaid(undefined), SAID_MS);
    return () => clearTimeout(over);
  }, [said]);
  const copy = (): void => {
    void copied(text).then((done) => setSaid(done ? "Copied" : "Select and copy it by hand"));
  };
  return (
    <Button look={look} onClick={copy}>
      <span aria-live="polite">{said ?? children}</span>
    </Button>
  );
}

async function copied(text: string): Promise<boolean> {
  try {
    if (navigator.clipboard) {
      await navigator.clipboard.writeText(text);
      return true;
    }
  } catch {
    // Not permitted here: the old way may be.
  }
  return copiedByHand(text);
}

function copiedByHand(text: string): boolean {
  const field = document.createElement("textarea");
  const before = document.activeElement;
  field.value = text;
  field.className = "visually-hidden";
  document.body.append(field);
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  if (before instanceof HTMLElement) before.focus();
  return done;
}
