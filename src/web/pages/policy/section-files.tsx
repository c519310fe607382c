/**
 * Section files: what the draft keeps beside itself and the installation does not have yet.
 *
 * A file that was made here a moment ago (audience.tsx) is at hand and goes along by itself;
 * any other one is chosen, and held to its digest before anything is sent.
 */

import { useState } from "react";
import type { Policy } from "../../../core/policy/policy.ts";
import {
  digestOf,
  type SectionFile,
  sectionFilesOf,
} from "../../../core/publication/section-file.ts";
import { useView } from "../../api.ts";
import { FieldProblem } from "../../ui/field.tsx";

/** By digest; for as long as this page is open. */
const atHand = new Map<string, string>();

export const keepAtHand = (text: string): void => {
  atHand.set(digestOf(text), text);
};

export type FilesAlong = {
  /** Whole texts, to be sent with the policy. */
  readonly texts: readonly string[];
  readonly missing: readonly SectionFile[];
  readonly choose: (file: File | undefined) => Promise<void>;
  readonly problem: string | undefined;
};

export function useSectionFiles(policy: Policy | undefined): FilesAlong {
  const files = useView("policy-files", { version: "current" });
  const [problem, setProblem] = useState<string>();
  const [, setCount] = useState(0);
  const kept = new Set((files.data?.items ?? []).flatMap((one) => (one.kept ? [one.digest] : [])));
  const needed = policy ? sectionFilesOf(policy).filter(({ digest }) => !kept.has(digest)) : [];
  const missing = needed.filter(({ digest }) => !atHand.has(digest));
  return {
    texts: needed.flatMap(({ digest }) => atHand.get(digest) ?? []),
    missing: files.isPending ? [] : missing,
    problem,
    async choose(file) {
      if (file === undefined) return;
      const text = await file.text();
      const isNamed = missing.some(({ digest }) => digest === digestOf(text));
      setProblem(
        isNamed
          ? undefined
          : `${file.name} is none of the files that the policy names, byte for byte.`,
      );
      if (isNamed) keepAtHand(text);
      setCount((count) => count + 1);
    },
  };
}

export function SectionFiles({ missing, choose, problem }: FilesAlong) {
  if (missing.length === 0) return null;
  return (
    <div className="stack">
      <p>
        The policy keeps {missing.length === 1 ? "a section" : `${missing.length} sections`} in
        files that are not here yet. They go along with it, for those whom they are for:
      </p>
      {missing.map(({ section, title, file }) => (
        <label key={section}>
          {title} (<code>{file}</code>){" "}
          <input type="file" onChange={(event) => void choose(event.target.files?.[0])} />
        </label>
      ))}
      <FieldProblem says={problem} />
    </div>
  );
}
