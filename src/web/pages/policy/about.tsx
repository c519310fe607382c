/** About: what stands at the head of the page, and the form that changes it. */

import { useEffect, useRef, useState } from "react";
import { UNDECIDED } from "../../../core/policy/clause.ts";
import type { Finding } from "../../../core/policy/lint/lint.ts";
import type { PolicyDocument } from "../../../core/policy/parse/parse.ts";
import type { Policy } from "../../../core/policy/policy.ts";
import { Button } from "../../ui/button.tsx";
import { TextField } from "../../ui/field.tsx";
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
] as const;
const KEY = "/reporting/pgp";

/** Whether what stands there is asked for on the head of the document. */
export const isOnHead = (at: string): boolean =>
  [...FIELDS.map((field) => field.at), KEY].some((field) => `${at}/`.startsWith(`${field}/`));

export function About({ document, findings, at }: Props) {
  const [isOpen, setOpen] = useState(false);
  const place = useRef<HTMLElement>(null);
  const wanted = at !== undefined && isOnHead(at);
  const isWanted = wanted || at === "";
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
        {policy.organisation}. Version {policy.version}, in force from {decided(policy.effective)}.
        Answers for it: {policy.owner.name}. Reports to {decided(policy.reporting.email)}.
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
          <KeyField key={`key ${"absent" in policy.reporting.pgp}`} policy={policy} />
        </div>
      ) : null}
    </section>
  );
}

const decided = (value: string): string => (value === UNDECIDED ? "(not decided yet)" : value);

type FieldSpec = {
  readonly at: string;
  readonly label: string;
  readonly type?: string;
  readonly area?: boolean;
  readonly optional?: boolean;
  readonly absent?: string;
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
  const [isSaying, setSaying] = useState(false);
  const declared = absentIn(value);
  if (declared !== undefined && !isSaying)
    return (
      <Absent label={field.label} path={path} says={declared} onOther={() => setSaying(true)} />
    );
  return (
    <>
      <Slow
        label={field.label}
        value={typeof value === "string" && value !== UNDECIDED ? value : ""}
        {...(field.type === undefined ? {} : { type: field.type })}
        {...(field.area ? { area: true } : {})}
        problem={problem}
        onChange={(next) => {
          if (next === "" && declared !== undefined) return undefined;
          const put = putValue(path, next === "" && field.optional ? undefined : next, field.at);
          if (put === undefined) setSaying(false);
          return put;
        }}
      />
      {field.absent === undefined ? null : (
        <span>
          <Button
            look="quiet"
            onClick={() => {
              setSaying(false);
              if (declared === undefined) putValue(path, { absent: field.absent });
            }}
          >
            Declare none: {field.label.toLowerCase()}
          </Button>
        </span>
      )}
    </>
  );
}

/** What is not offered, in the sentence that says so. */
function Absent({
  label,
  path,
  says,
  onOther,
}: {
  readonly label: string;
  readonly path: readonly string[];
  readonly says: string;
  readonly onOther: () => void;
}) {
  return (
    <>
      <Slow
        label={`${label}: declared absent, in this sentence`}
        value={says}
        onChange={(next) => (next === "" ? undefined : putValue([...path, "absent"], next))}
      />
      <span>
        <Button look="quiet" onClick={onOther}>
          Say something instead<span className="visually-hidden"> {label.toLowerCase()}</span>
        </Button>
      </span>
    </>
  );
}

const KEY_PATH = KEY.slice(1).split("/");

/** The key for encrypted reports, or that there is none. A key is put in whole. */
function KeyField({ policy }: { readonly policy: Policy }) {
  const { pgp } = policy.reporting;
  const [given, setGiven] = useState<{ readonly fingerprint: string; readonly url: string }>();
  const [problem, setProblem] = useState<string>();
  if ("absent" in pgp && given === undefined)
    return (
      <Absent
        label="PGP key"
        path={KEY_PATH}
        says={pgp.absent}
        onOther={() => setGiven({ fingerprint: "", url: "" })}
      />
    );
  if ("absent" in pgp && given !== undefined)
    return (
      <>
        <TextField
          label="PGP fingerprint"
          value={given.fingerprint}
          onChange={(fingerprint) => setGiven({ ...given, fingerprint })}
        />
        <TextField
          label="PGP key at"
          type="url"
          value={given.url}
          onChange={(url) => setGiven({ ...given, url })}
          problem={problem}
        />
        <span className="line">
          <Button
            whyNot={
              given.fingerprint === "" || given.url === "" ? "Both belong to a key." : undefined
            }
            onClick={() => setProblem(putValue(KEY_PATH, given))}
          >
            Put the key in
          </Button>
          <Button look="quiet" onClick={() => setGiven(undefined)}>
            Declare none: pgp key
          </Button>
        </span>
      </>
    );
  if ("absent" in pgp) return null;
  return (
    <>
      {(["fingerprint", "url"] as const).map((part) => (
        <Slow
          key={part}
          label={part === "url" ? "PGP key at" : "PGP fingerprint"}
          value={pgp[part]}
          onChange={(next) => putValue([...KEY_PATH, part], next)}
        />
      ))}
      <span>
        <Button
          look="quiet"
          onClick={() => putValue(KEY_PATH, { absent: "We do not offer encrypted mail." })}
        >
          Declare none: pgp key
        </Button>
      </span>
    </>
  );
}

const absentIn = (value: unknown): string | undefined =>
  typeof value === "object" && value !== null ? (value as { absent?: string }).absent : undefined;

const problemOf = (findings: readonly Finding[], at: string): string | undefined =>
  findings.find((finding) => finding.at === at || finding.at.startsWith(`${at}/`))?.message;
