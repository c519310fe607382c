/** What is known, on paper: facts, who is touched, roles, what was done, the review, remediations. */

import type { ReactNode } from "react";
import type { Incident } from "../../../core/incident/state.ts";
import { formatInstant } from "../../../core/time/format.ts";
import type { Instant } from "../../../core/time/instant.ts";
import { useTime } from "../../ui/time.tsx";
import { customerName, FACT_SIGN, FACT_WORD, STATUS_WORDS } from "../room/known-words.ts";
import { Prose } from "../room/prose.tsx";
import { named, personName } from "../../names.ts";
import type { OnPaper } from "./paper.tsx";

export function Known({ incident, context }: Omit<OnPaper, "asOf">) {
  const { zone } = useTime();
  const state = incident.folded as unknown as Incident;
  const { policy } = context.policy;
  const when = (at: Instant): string => formatInstant(at, zone);
  return (
    <>
      <List title="Facts" none="Nothing is suspected or confirmed.">
        {Object.values(state.facts).map(({ claim, state: is, concerning, since, version }) => (
          <li key={`${claim} ${concerning ?? ""}`}>
            <span aria-hidden="true">{FACT_SIGN[is]}</span>{" "}
            {policy.facts.find((one) => one.claim === claim)?.says ?? claim}
            {concerning ? `, at ${customerName(incident.customers, concerning)}` : ""}:{" "}
            <strong>{FACT_WORD[is]}</strong> {when(since)}, entry {version}
          </li>
        ))}
      </List>
      <List title="Touched" none="No customer is recorded as affected.">
        {incident.customers.map(({ id, name }) => {
          const stage = state.customers.find((one) => one.id === id)?.stage;
          return (
            <li key={id}>
              {name}
              {stage ? `, ${named(policy.stages ?? [], stage)}` : ""}
            </li>
          );
        })}
      </List>
      <List title="Roles">
        {policy.roles.map(({ id, name, outside, contact }) => (
          <li key={id}>
            {name}:{" "}
            <strong>
              {outside
                ? `outside${contact ? `, ${contact}` : ""}`
                : (personName(context, state.roles[id]) ?? "nobody")}
            </strong>
          </li>
        ))}
      </List>
      <List title="Mitigations and fixes" none="Nothing reduces the risk yet.">
        {state.mitigations.map(({ id, kind, text, happenedAt, partial, liftedAt }) => (
          <li key={id}>
            {id} {named(policy.mitigations, kind)}
            {partial ? ", partial" : ""}, {when(happenedAt)}
            {liftedAt === undefined ? "" : `, lifted ${when(liftedAt)}`}: <Prose text={text} />
          </li>
        ))}
        {state.fixes.map(({ id, text, release, happenedAt }) => (
          <li key={id}>
            {id} fix{release ? ` in ${release}` : ""}, {when(happenedAt)}: <Prose text={text} />
          </li>
        ))}
      </List>
      {state.review ? (
        <section>
          <h2>Review</h2>
          <p className="secondary">
            {state.moments["reviewedAt"] === undefined
              ? `Saved ${when(state.review.writtenAt)}, not finished.`
              : `Finished ${when(state.moments["reviewedAt"])}.`}
          </p>
          <Prose text={state.review.text} />
          {policy.review.questions.map((question, index) => (
            <div key={question} className="paper-answer">
              <h3>{question}</h3>
              <Prose text={state.review?.answers[index] ?? "Not answered."} />
            </div>
          ))}
        </section>
      ) : null}
      <List title="Remediations" none="None.">
        {state.remediations.map(({ id, title, owner, targetOn, status }) => (
          <li key={id}>
            {id} {title}: <strong>{STATUS_WORDS[status].toLowerCase()}</strong>,{" "}
            {owner.startsWith("account/") ? personName(context, owner) : owner}, by {targetOn}
          </li>
        ))}
      </List>
    </>
  );
}

function List({
  title,
  none,
  children,
}: {
  readonly title: string;
  readonly none?: string;
  readonly children: ReactNode;
}) {
  const isEmpty = Array.isArray(children) && children.flat().length === 0;
  return (
    <section>
      <h2>{title}</h2>
      {isEmpty && none !== undefined ? <p>{none}</p> : <ul>{children}</ul>}
    </section>
  );
}
