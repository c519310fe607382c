/**
 * Audience: who may read a section, marked on it and changed there.
 *
 * Only the public text stands in the policy's file. A section under NDA, or of our own,
 * is a file beside it that the policy names by a salted fingerprint: who changes the
 * audience is given that file to keep, and the draft holds its fingerprint instead. It goes
 * along when the draft is published (section-files.tsx).
 */

import { bytesToHex, randomBytes } from "@noble/hashes/utils.js";
import { useState } from "react";
import type { PolicyDocument } from "../../../core/policy/parse/parse.ts";
import { digestOf, withoutSalt } from "../../../core/publication/section-file.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { putValue } from "./putting.ts";
import { keepAtHand } from "./section-files.tsx";
import type { Section } from "./section-view.tsx";
import { FieldProblem } from "../../ui/field.tsx";

type Audience = Section["audience"];

const SAYS: Readonly<Record<Audience, string>> = {
  public: "Public",
  nda: "Under NDA",
  internal: "Internal",
};

type Props = {
  readonly document: PolicyDocument;
  readonly section: Section;
  readonly index: number;
};

export function Audience({ section, index }: Props) {
  const [made, setMade] = useState<{ readonly name: string; readonly text: string }>();
  const [problem, setProblem] = useState<string>();
  const [asksFor, setAsksFor] = useState(false);
  const { id, title, audience } = section;
  const change = (next: Audience): void => {
    if (next === audience) return;
    if ("text" in section) {
      const file = fileOf(section);
      putValue(["sections", index], { id, title, audience: next, ...file.named });
      setMade(file);
      keepAtHand(file.text);
    } else if (next === "public") setAsksFor(true);
    else putValue(["sections", index, "audience"], next);
  };
  const read = async (chosen: File | undefined): Promise<void> => {
    if (chosen === undefined || "text" in section) return;
    const text = await chosen.text();
    if (digestOf(text) !== section.digest)
      return setProblem("This is not the file that the policy names: its fingerprint is another.");
    putValue(["sections", index], { id, title, audience: "public", text: withoutSalt(text) });
    setAsksFor(false);
  };
  return (
    <>
      <label className={`audience audience-${audience}`}>
        <span className="visually-hidden">Who may read {title}</span>
        <select value={audience} onChange={(event) => change(event.target.value as Audience)}>
          {(Object.keys(SAYS) as Audience[]).map((one) => (
            <option key={one} value={one}>
              {SAYS[one]}
            </option>
          ))}
        </select>
      </label>
      <Dialog title="Keep this file" open={made !== undefined} onClose={() => setMade(undefined)}>
        <p>
          The text of “{title}” is no longer in the policy. Keep this file: the policy names it by
          its fingerprint, and without it nobody can read the section. Its first line is a random
          salt.
        </p>
        {made ? (
          <a
            className="button button-first"
            download={made.name}
            href={`data:text/markdown;charset=utf-8,${encodeURIComponent(made.text)}`}
          >
            Keep {made.name}
          </a>
        ) : null}
      </Dialog>
      <Dialog title="Make it public" open={asksFor} onClose={() => setAsksFor(false)}>
        <p>Choose the file of this section: its text becomes part of the public page.</p>
        <label>
          {"file" in section ? section.file : "The file"}{" "}
          <input type="file" onChange={(event) => void read(event.target.files?.[0])} />
        </label>
        <FieldProblem says={problem} />
      </Dialog>
    </>
  );
}

const SALT_BYTES = 16;

/** The section as a file with a salt of its own, and what the policy says instead. */
function fileOf({ id, text }: Extract<Section, { text: string }>) {
  const name = `${id}.md`;
  const whole = `salt: ${bytesToHex(randomBytes(SALT_BYTES))}\n\n${text}`;
  return { name, text: whole, named: { file: name, digest: digestOf(whole) } };
}
