/** About: what stands at the head of the page, and the form that changes it. */

import { useEffect, useRef, useState } from "react";
import type { Finding } from "../../../core/policy/lint.ts";
import type { PolicyDocument } from "../../../core/policy/parse.ts";
import type { Policy } from "../../../core/policy/policy.ts";
import { Button } from "../../ui/button.tsx";
import { putValue } from "./putting.ts";
import { Slow } from "./slow.tsx";

type Props = {
  readonly document: PolicyDocument;
  readonly findings: readonly Finding[];
  readonly at: string | undefined;
};

/** Each field by its pointer: what it is called, and what may be declared absent instead. */
const FIELDS = [
  { at: "/title", label: "Title" },
  { at: "/organisation", label: "Organisation" },
  { at: "/version", label: "Version" },
  { at: "/effective", label: "In force from", type: "date" },
  { at: "/changes", label: "What changed, for subscribers", area: true, optional: true },
  { at: "/owner/name", label: "Who answers for it" },
  { at: "/owner/email", label: "Their address", type: "email", optional: true },
  { at: "/reporting/email", label: "Reporting address", type: "email" },
  { at: "/reporting/statusPage", label: "Status page", absent: "We have no status page." },
  { at: "/reporting/bounty", label: "Bounty", absent: "We do not run a bounty programme." },
  {
    at: "/reporting/safeHarbour",
    label: "Safe harbour",
    area: true,
    absent: "We make no promise about research.",
  },
  { at: "/reporting/pgp/fingerprint", label: "PGP fingerprint", above: "/reporting/pgp" },
  { at: "/reporting/pgp/url", label: "PGP key at", above: "/reporting/pgp", type: "url" },
] as const;

export function About({ document, findings, at }: Props) {
  const [isOpen, setOpen] = useState(false);
  const place = useRef<HTMLElement>(null);
  const wanted = FIELDS.find((field) => at !== undefined && `${at}/`.startsWith(`${field.at}/`));
  const isWanted = wanted !== undefined || at === "";
  useEffect(() => {
    if (!isWanted) return;
    setOpen(true);
    place.current?.scrollIntoView({ block: "start" });
  }, [isWanted, at]);
  const { policy } = document;
  return (
    <section ref={place} className="studio-section studio-about">
      <header className="spread">
        <h2>{policy.title}</h2>
        <Button look="quiet" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {isOpen ? "Done" : "Edit"}
          <span className="visually-hidden"> what it says of itself</span>
        </Button>
      </header>
      <p className="outward-from">
        {policy.organisation}. Version {policy.version}, in force from {policy.effective}. Answers
        for it: {policy.owner.name}. Reports to {policy.reporting.email}.
      </p>
      {isOpen ? (
        <div className="stack studio-editing">
          {FIELDS.map((field) => (
            <Field
              key={field.at}
              field={field}
              policy={policy}
              problem={problemOf(findings, field.at)}
            />
          ))}
        </div>
      ) : null}
    </section>
  );
}

type FieldSpec = {
  readonly at: string;
  readonly label: string;
  readonly type?: string;
  readonly area?: boolean;
  readonly optional?: boolean;
  readonly absent?: string;
  readonly above?: string;
};

function Field({
  field,
  policy,
  problem,
}: {
  readonly field: FieldSpec;
  readonly policy: Policy;
  readonly problem: string | undefined;
}) {
  const path = field.at.slice(1).split("/");
  const value = path.reduce<unknown>(
    (holder, key) => (holder as Record<string, unknown> | undefined)?.[key],
    policy,
  );
  const declared = absentIn(value);
  if (field.above !== undefined && value === undefined) return null;
  if (declared !== undefined)
    return (
      <div className="line">
        <span>
          <strong>{field.label}:</strong> declared absent. “{declared}”
        </span>
        <Button look="quiet" onClick={() => putValue(path, "To be written")}>
          Say something instead
        </Button>
      </div>
    );
  return (
    <>
      <Slow
        label={field.label}
        value={typeof value === "string" ? value : ""}
        {...(field.type === undefined ? {} : { type: field.type })}
        {...(field.area ? { area: true } : {})}
        problem={problem}
        onChange={(next) =>
          putValue(path, next === "" && field.optional ? undefined : next, field.at)
        }
      />
      {field.absent === undefined ? null : (
        <span>
          <Button look="quiet" onClick={() => putValue(path, { absent: field.absent })}>
            Declare none: {field.label.toLowerCase()}
          </Button>
        </span>
      )}
    </>
  );
}

const absentIn = (value: unknown): string | undefined =>
  typeof value === "object" && value !== null ? (value as { absent?: string }).absent : undefined;

const problemOf = (findings: readonly Finding[], at: string): string | undefined =>
  findings.find((finding) => finding.at === at || finding.at.startsWith(`${at}/`))?.message;
