/** Difference view: what one text of the policy does and says otherwise than a published version. */

import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { PolicyDifference } from "../../../api/policy-difference.ts";
import { difference } from "../../../core/policy/difference.ts";
import { parsePolicy } from "../../../core/policy/parse.ts";
import { sectionChanges } from "../../../core/policy/section-changes.ts";
import { client, problemsIn, valueOf } from "../../api.ts";
import { Problems } from "../../ui/field.tsx";
import { Section } from "../../ui/sheet.tsx";
import type { Base } from "./draft.ts";
import { counted } from "./reading.ts";

type Props = { readonly base: Base; readonly text: string };

/** Behaviour first, since that is what somebody relies on; then the words. */
export function DifferenceView({ base, text }: Props) {
  const asked = useQuery({
    queryKey: ["policy-difference", base.hash, text],
    placeholderData: (before: PolicyDifference | undefined) => before,
    queryFn: async () =>
      valueOf(
        await client.call<PolicyDifference>("POST", "/api/v1/policy-differences", {
          before: { version: base.version },
          after: { text },
        }),
      ),
  });
  if (!asked.data)
    return asked.error ? (
      <Problems problems={problemsIn(asked.error)} />
    ) : (
      <p className="shell-wait">Comparing…</p>
    );
  const { lines, situations, promises } = asked.data;
  return (
    <>
      <Section
        title="What it does otherwise"
        says={
          lines.length === 0
            ? `Nothing: in ${counted(situations, "situation")} both owe the same.`
            : `Compared in ${counted(situations, "situation")}.`
        }
      >
        <ul className="behaviour">
          {lines.map(({ says, kind }) => (
            <li key={says} data-kind={kind}>
              {says}
            </li>
          ))}
        </ul>
      </Section>
      <Section
        title="What it promises otherwise"
        says={
          promises.length === 0
            ? "Every promise reads as it does now."
            : `${counted(promises.length, "promise")} would read otherwise.`
        }
      >
        <Changes
          changes={promises.map(({ clause, was, is }) => ({ id: clause, before: was, after: is }))}
        />
      </Section>
      <Prose before={base.text} after={text} />
    </>
  );
}

function Prose({ before, after }: { readonly before: string; readonly after: string }) {
  const sections = useMemo(() => {
    const [was, is] = [parsePolicy(before), parsePolicy(after)];
    return was.ok && is.ok ? sectionChanges(was.value.policy, is.value.policy) : [];
  }, [before, after]);
  if (sections.length === 0) return null;
  return (
    <Section title="Text" says={`${counted(sections.length, "section")} would read otherwise.`}>
      <Changes
        changes={sections.map((section) => ({
          id: section.title,
          before: section.before,
          after: section.after,
        }))}
      />
    </Section>
  );
}

type Change = {
  readonly id: string;
  readonly before: string | null | undefined;
  readonly after: string | null | undefined;
};

function Changes({ changes }: { readonly changes: readonly Change[] }) {
  return (
    <dl className="diffs">
      {changes.map(({ id, before, after }) => (
        <div key={id}>
          <dt>{id}</dt>
          <dd>
            <Words before={before ?? ""} after={after ?? ""} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Words({ before, after }: { readonly before: string; readonly after: string }) {
  return difference(before, after, "word").map(({ text, is }, index) =>
    is === "same" ? (
      <span key={index}>{text}</span>
    ) : is === "added" ? (
      <ins key={index}>{text}</ins>
    ) : (
      <del key={index}>{text}</del>
    ),
  );
}
