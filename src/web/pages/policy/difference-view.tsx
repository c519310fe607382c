/** Difference view: what one text of the policy does and says otherwise than a published version. */

import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { PolicyDifference } from "../../../api/policy-difference.ts";
import { type Compared, comparison } from "../../../core/policy/comparison.ts";
import { parsePolicy } from "../../../core/policy/parse/parse.ts";
import { listed } from "../../../core/text.ts";
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
  const { lines, situations } = asked.data;
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
      <Words before={base.text} after={text} />
    </>
  );
}

/** The same marks as on the public page of the two versions. */
function Words({ before, after }: { readonly before: string; readonly after: string }) {
  const compared = useMemo(() => {
    const [was, is] = [parsePolicy(before), parsePolicy(after)];
    return was.ok && is.ok
      ? comparison(was.value.policy, is.value.policy, { level: 2 })
      : undefined;
  }, [before, after]);
  if (compared === undefined) return null;
  const { promises, sections, others } = compared;
  return (
    <>
      <Changed title="What it promises otherwise" one="promise" {...promises} />
      <Changed title="Text" one="section" {...sections} />
      {others.length === 0 ? null : <p className="secondary">Changed too: {listed(others)}.</p>}
    </>
  );
}

type ChangedProps = Compared & { readonly title: string; readonly one: string };

function Changed({ title, one, count, html }: ChangedProps) {
  const says =
    count === 0
      ? `Every ${one} reads as it does now.`
      : `${counted(count, one)} would read otherwise.`;
  return (
    <Section title={title} says={says}>
      {count === 0 ? null : (
        // Made by the renderer of the public page: every word is escaped by then.
        <div className="marked" dangerouslySetInnerHTML={{ __html: html }} />
      )}
    </Section>
  );
}
