/**
 * Law: what the laws ask in this incident beside what runs already: what is undecided, with
 * the date it would have; what waits, and for what; what is not owed, and why. And the
 * facts that would decide, to be answered at once.
 */

import { factName, NUMBERS, WORDS } from "../../../core/law/profile-words.ts";
import { factsAsked } from "../../../core/law/profile.ts";
import { lawSet } from "../../../core/incident/owed/law-owed.ts";
import { momentWords } from "../../../core/policy/moment-words.ts";
import { toIso } from "../../../core/time/instant.ts";
import { useCommand } from "../../api.ts";
import { Link } from "../../navigation.tsx";
import { ROUTES } from "../../paths.ts";
import { Button } from "../../ui/button.tsx";
import { At } from "../../ui/time.tsx";
import { LawActs } from "./no-law.tsx";
import { Part } from "./part.tsx";
import { barred } from "../../barred.ts";
import { refusal, useRoom } from "./room-state.tsx";

const STATE: Readonly<Record<string, string>> = {
  "scope-undecided": "not decided",
  "not-started": "not started",
  "anchor-missing": "its moment is not recorded",
  record: "to be kept on record",
  informational: "theirs, for information",
};

export function Law() {
  const room = useRoom();
  const { state, context, policy } = room;
  const nameOf = (id: string): string =>
    state.law?.regimes.find(
      (one) => one.id === id || one.clauses.some(({ reportAs }) => reportAs === id),
    )?.name ?? id;
  const set = lawSet(state, context.policy.terms);
  return (
    <Part title="Law" act={<LawActs />}>
      {set === undefined ? (
        <p className="secondary">No law that could bind us was found.</p>
      ) : set.ok ? (
        <>
          <Asked />
          <ul className="plain">
            {set.value.obligations
              .filter(({ state: is }) => STATE[is] !== undefined)
              .map(({ regime, stage, recipient, clause, state: is, dueAt, waitingFor, reason }) => (
                <li key={`${regime} ${stage} ${recipient}`}>
                  {nameOf(regime)}: {clause?.recipientName ?? recipient}{" "}
                  <span className="secondary">
                    {STATE[is]}
                    {waitingFor === undefined
                      ? ""
                      : `, waits for: ${momentWords(waitingFor, policy)}`}
                    {reason === undefined ? "" : `: ${reason}`}
                    {dueAt === undefined ? null : (
                      <>
                        {is === "informational" ? ", by " : "; it would be due "}
                        <At iso={toIso(dueAt)} short />
                      </>
                    )}
                  </span>
                </li>
              ))}
          </ul>
          <NotDue />
          <p>
            <Link to={ROUTES.filings} params={{ id: room.incident.id }}>
              What the authorities ask for, and what was filed
            </Link>
          </p>
        </>
      ) : (
        <p role="alert">{set.problems[0].message}</p>
      )}
    </Part>
  );
}

function NotDue() {
  const { state, context } = useRoom();
  const set = lawSet(state, context.policy.terms);
  if (!set?.ok || set.value.notDue.length === 0) return null;
  return (
    <details>
      <summary>Not owed ({set.value.notDue.length})</summary>
      <ul className="plain secondary">
        {set.value.notDue.map(({ regime, stage, reason }) => (
          <li key={`${regime} ${stage ?? ""}`}>
            {regime} {stage ?? ""}: {reason}
          </li>
        ))}
      </ul>
    </details>
  );
}

/** The facts that would decide what is undecided. */
function Asked() {
  const room = useRoom();
  const { state, open } = room;
  const { law } = state;
  const told = {
    ...law?.told,
    ...Object.fromEntries(Object.keys(state.moments).map((m) => [m, m])),
  };
  const asked = factsAsked(law?.regimes ?? [], told);
  if (asked.length === 0) return null;
  return (
    <ul className="plain asked">
      {asked.map((name) => (
        <li key={name} className="spread">
          <span>{factName(name)}?</span>
          {NUMBERS.includes(name) || WORDS.includes(name) ? (
            <Button
              look="quiet"
              whyNot={barred(room, "TellFact")}
              onClick={() => open({ kind: "tell", name })}
            >
              Tell<span className="visually-hidden"> {factName(name)}</span>
            </Button>
          ) : (
            <span className="line">
              <Tell name={name} value />
              <Tell name={name} value={false} />
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}

function Tell({ name, value }: { readonly name: string; readonly value: boolean }) {
  const room = useRoom();
  const { send, problems } = useCommand("TellFact", room.incident.id);
  return (
    <Button
      look="quiet"
      whyNot={problems[0]?.message ?? refusal(room, { type: "TellFact", name, value })}
      onClick={() => void send({ name, value }).catch(() => undefined)}
    >
      {value ? "Yes" : "No"}
      <span className="visually-hidden">: {factName(name)}</span>
    </Button>
  );
}
