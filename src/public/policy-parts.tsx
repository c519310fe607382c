/**
 * Policy parts: everything of the document that is not prose, in words: the
 * promises one by one, and the lists that they count by.
 *
 * The prose refers to these lists ("the questions of this policy", "listed with
 * the phase"), so all of them stand on the page.
 */

/** @jsxRuntime automatic @jsxImportSource hono/jsx */

import type { Child } from "hono/jsx";
import { coverageWords } from "../core/policy/coverage.ts";
import { carriedClause, carriedItem, placesIn } from "../core/policy/carried.ts";
import type { Clause } from "../core/policy/clause.ts";
import type { Gate, Policy } from "../core/policy/policy.ts";
import { clauseSentence, targetLabel } from "../core/policy/sentence.ts";
import { termsOf } from "../core/policy/terms.ts";
import { promisesByRecipient } from "./policy-facts.ts";
import { Calendars, Named, toNamed } from "./policy-lists.tsx";

type Given = { readonly policy: Policy };

/** What can be shown of a part, and whether there is anything. */
export type Part = { readonly id: string; readonly title: string; readonly body: Child };

/** The parts that this policy has, in the order of the page. Promises cite `page`. */
export function partsOf(policy: Policy, page: string): readonly Part[] {
  const parts: (Part | false)[] = [
    { id: "part_promises", title: "Every promise", body: <Promises {...{ policy, page }} /> },
    { id: "part_severities", title: "Severities", body: <Severities policy={policy} /> },
    { id: "part_phases", title: "Phases", body: <Phases policy={policy} /> },
    { id: "part_roles", title: "Roles", body: <Roles policy={policy} /> },
    { id: "part_channels", title: "Channels", body: <Channels policy={policy} /> },
    policy.elements.length > 0 && {
      id: "part_contents",
      title: "What a notice contains",
      body: <Named items={policy.elements.map((it) => toNamed("element", it, "says"))} />,
    },
    (policy.stages ?? []).length > 0 && {
      id: "part_stages",
      title: "Stages of a customer",
      body: <Named items={(policy.stages ?? []).map((it) => toNamed("stage", it, "adds"))} />,
    },
    (policy.providers ?? []).length > 0 && {
      id: "part_providers",
      title: "Providers",
      body: <Providers policy={policy} />,
    },
    { id: "part_review", title: "Review", body: <Review policy={policy} /> },
    { id: "part_calendars", title: "Calendars", body: <Calendars policy={policy} /> },
  ];
  return parts.filter((part) => part !== false);
}

function Promises({ policy, page }: Given & { readonly page: string }) {
  const told = promisesByRecipient(policy);
  const placeOf = placesIn(
    policy.clauses,
    told.flatMap(({ clauses }) => clauses),
  );
  return (
    <>
      <p>
        Each has an address that a contract can cite: it names the version, and what stands there
        does not change. Where two promises meet, the earlier one counts.
      </p>
      {told.map(({ kind, title, clauses }) => (
        <>
          <h3 id={`to_${kind}`}>{title}</h3>
          <ul class="promises">
            {clauses.map((clause) => (
              <OnePromise {...{ clause, policy, page, nth: placeOf(clause) }} />
            ))}
          </ul>
        </>
      ))}
    </>
  );
}

function OnePromise({
  clause,
  policy,
  page,
  nth,
}: Given & {
  readonly clause: Clause;
  readonly page: string;
  readonly nth: number | undefined;
}) {
  const names = (clause.contents ?? []).map(
    (id) => policy.elements.find((element) => element.id === id)?.name ?? id,
  );
  const by = (clause.by ?? []).map(
    (id) => policy.channels.find((channel) => channel.id === id)?.name ?? id,
  );
  return (
    <li id={clause.id} data-clause={carriedClause(clause, nth)}>
      <p class="target">{targetLabel(clause)}</p>
      <div>
        <p class="says" data-is={clause.says === undefined ? undefined : "says"}>
          {clauseSentence(clause, policy, termsOf(policy))}
        </p>
        {names.length === 0 ? null : <p class="cite">Contains: {names.join("; ")}.</p>}
        {by.length === 0 ? null : <p class="cite">By: {by.join("; ")}.</p>}
        {clause.cites === undefined ? null : (
          <p class="cite">
            Source: <span data-is="cites">{clause.cites}</span>
          </p>
        )}
        <p class="cite">
          <a href={`${page}#${clause.id}`} class="mono">
            ¶ {clause.id}
          </a>
          {clause.assumed ? " · a number of our own choice, where the source names none" : ""}
        </p>
      </div>
    </li>
  );
}

/** The ink ladder: more ink is worse. Scales of any length take its rungs from the top. */
const RANKS = [
  <rect x="1.5" y="1.5" width="13" height="13" fill="currentColor" />,
  <path d="M8 1.5 15 14H1z" fill="currentColor" />,
  <path
    d="M8 2a6 6 0 0 1 0 12zM8 2a6 6 0 0 0 0 12"
    fill="currentColor"
    fill-rule="evenodd"
    stroke="currentColor"
  />,
  <circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" stroke-width="1.5" />,
];

function Severities({ policy }: Given) {
  const last = policy.severities.length - 1;
  const name = (id: string): string => policy.severities.find((it) => it.id === id)?.name ?? id;
  return (
    <>
      <ul class="plain">
        {policy.severities.map((severity, rank) => (
          <li data-severity={carriedItem(severity, ["name", "criteria", "response"])}>
            <h3>
              <svg class="rank" viewBox="0 0 16 16" aria-hidden="true">
                {RANKS[rank === last && last > 0 ? 3 : Math.min(rank, 2)]}
              </svg>
              <span data-is="name">{severity.name}</span>
            </h3>
            <ul class="prose">
              {severity.criteria.map((criterion) => (
                <li data-is="criteria">{criterion}</li>
              ))}
            </ul>
            {severity.response === undefined ? null : (
              <p class="prose" data-is="response">
                {severity.response}
              </p>
            )}
          </li>
        ))}
      </ul>
      {policy.questions.length === 0 ? null : (
        <>
          <h3>The questions that decide it</h3>
          <p>
            The most severe answer counts; if none is answered yes, it is {name(policy.otherwise)}.
          </p>
          <div class="wide" role="group" aria-label="Questions" tabindex={0}>
            <table>
              <thead>
                <tr>
                  <th scope="col">Question</th>
                  <th scope="col">Yes makes it at least</th>
                  <th scope="col">Not known counts as</th>
                </tr>
              </thead>
              <tbody>
                {policy.questions.map((question) => (
                  <tr data-question={carriedItem(question, ["ask"])}>
                    <td data-is="ask">{question.ask}</td>
                    <td>{name(question.severity)}</td>
                    <td>{question.unknown ?? "no"}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </>
      )}
    </>
  );
}

function Phases({ policy }: Given) {
  const { fix, resolve, close } = policy.gates;
  return (
    <>
      <ul class="plain">
        {policy.phases.map(({ name, does, enter, leave, parallel }) => (
          <li>
            <h3>{name}</h3>
            <p class="prose">
              {does}
              {parallel ? " It may run beside another phase." : ""}
            </p>
            <Gates label="To enter" gates={enter} />
            <Gates label="To leave" gates={leave} />
          </li>
        ))}
      </ul>
      <Gates label="Before a fix counts" gates={fix} />
      <Gates label="Before an incident is resolved" gates={resolve} />
      <Gates label="Before it is closed" gates={close} />
    </>
  );
}

function Gates({ label, gates }: { readonly label: string; readonly gates: Gate[] | undefined }) {
  if (gates === undefined || gates.length === 0) return null;
  return (
    <>
      <p class="quiet">{label}:</p>
      <ul>
        {gates.map(({ says, second }) => (
          <li>
            {says}
            {second ? " (a second person)" : ""}
          </li>
        ))}
      </ul>
    </>
  );
}

function Roles({ policy }: Given) {
  const inside = policy.roles.filter(({ outside }) => !outside);
  const outside = policy.roles.filter((role) => role.outside);
  const placeOf = placesIn(policy.roles, [...inside, ...outside]);
  const items = (roles: Policy["roles"]) =>
    roles.map((role) => ({
      ...toNamed("role", role, "responsibility", placeOf(role)),
      covered: coverageWords(role, policy),
    }));
  return (
    <>
      <p>Functions that are covered; one person may hold several.</p>
      <Named items={items(inside)} />
      {outside.length === 0 ? null : (
        <>
          <h3>Whom we call from outside</h3>
          <Named items={items(outside)} />
        </>
      )}
    </>
  );
}

function Channels({ policy }: Given) {
  const of = (wanted: "in" | "out") =>
    policy.channels.filter(({ direction }) => direction === wanted);
  const placeOf = placesIn(policy.channels, [...of("in"), ...of("out")]);
  const items = (wanted: "in" | "out") =>
    of(wanted).map((channel) => toNamed("channel", channel, "says", placeOf(channel)));
  return (
    <>
      <h3>How things reach us, best signal first</h3>
      <Named items={items("in")} />
      {of("out").length === 0 ? null : (
        <>
          <h3>How you hear from us</h3>
          <Named items={items("out")} />
        </>
      )}
    </>
  );
}

function Providers({ policy }: Given) {
  return (
    <div class="wide" role="group" aria-label="Providers" tabindex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">Provider</th>
            <th scope="col">For</th>
            <th scope="col">Where their word reaches us</th>
          </tr>
        </thead>
        <tbody>
          {(policy.providers ?? []).map((provider) => (
            <tr>
              <td>{provider.name}</td>
              <td>{provider.role}</td>
              <td>{provider.interface}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Review({ policy: { review, severities } }: Given) {
  const names = review.severities.map((id) => severities.find((it) => it.id === id)?.name ?? id);
  return (
    <>
      <p>
        Written without blame after: {names.join(", ")}. {review.says ?? ""}
      </p>
      <p class="quiet">Every review answers:</p>
      <ul>
        {review.questions.map((question) => (
          <li>{question}</li>
        ))}
      </ul>
    </>
  );
}
