/** The parts of a party's page: contacts, clauses, what we hold, what they run. */

import type { Party } from "../../../api/view.ts";
import type { CommandType, InputOf } from "../../../api/command.ts";
import type { Policy } from "../../../core/policy/policy.ts";
import { useCommand } from "../../api.ts";
import { barred } from "../../barred.ts";
import { useContextOf } from "../../policy-on-screen.ts";
import { Button } from "../../ui/button.tsx";
import { At } from "../../ui/time.tsx";
import type { Act } from "./party.tsx";

type Props = { readonly party: Party; readonly open: (act: Act) => void };

export function Contacts({ party, open }: Props) {
  if (party.contacts.length === 0) return <p className="secondary">Nobody yet.</p>;
  return (
    <ul className="plain party-list">
      {party.contacts.map((contact) => {
        const { id, name, mail, phone, language, zone, verifiedOn, primary, security, key } =
          contact;
        const marks = [primary ? "written to first" : "", security ? "for security" : ""];
        return (
          <li key={id} className="spread">
            <span>
              <strong>{name}</strong> <a href={`mailto:${mail}`}>{mail}</a>{" "}
              {phone ? <a href={`tel:${phone.replaceAll(" ", "")}`}>{phone}</a> : null}
              <br />
              <span className={verifiedOn === null ? "risk" : "secondary"}>
                {verifiedOn === null ? "never verified" : `verified on ${verifiedOn}`}
              </span>
              <Check party={party} contact={id} />
              <Answer asked={contact.asked} />
              <span className="secondary">
                {[...marks, language ?? "", zone ?? ""].map((one) => (one ? ` · ${one}` : ""))}
              </span>
              {key === null && !contact.encrypt ? null : <Key contact={contact} />}
            </span>
            <span className="line">
              <AtOnce
                party={party}
                type="VerifyContact"
                input={{ contact: id }}
                label="Verified today"
                about={name}
              />
              {party.kind === "customer" ? (
                <Button
                  look="quiet"
                  whyNot={
                    contact.encrypt
                      ? "Mail to them leaves encrypted, and this letter cannot: call them."
                      : undefined
                  }
                  onClick={() => open({ kind: "ask", id })}
                >
                  Ask by mail…<span className="visually-hidden"> {name}</span>
                </Button>
              ) : null}
              <Button look="quiet" onClick={() => open({ kind: "contact", id })}>
                Change<span className="visually-hidden"> {name}</span>
              </Button>
              <AtOnce
                party={party}
                type="RemoveContact"
                input={{ contact: id }}
                label="Remove"
                about={name}
              />
            </span>
          </li>
        );
      })}
    </ul>
  );
}

/** Whether mail to them is encrypted, by which key, and until when that serves. */
function Key({ contact: { key, encrypt } }: { readonly contact: Party["contacts"][number] }) {
  const isOver = key !== null && key.expiresAt !== null && new Date(key.expiresAt) <= new Date();
  const agreed = encrypt ? "mail to them is encrypted" : "encryption is not agreed";
  return (
    <>
      <br />
      {key === null ? (
        <span className="risk">
          encryption is agreed and no key is recorded: no notice can leave
        </span>
      ) : (
        <>
          <span className="secondary">{agreed}, by the key</span>{" "}
          <code className="party-key">{inFours(key.fingerprint)}</code>
          {key.expiresAt === null ? null : (
            <span className={isOver ? "risk" : "secondary"}>
              {isOver ? ", which ran out on " : ", until "}
              {key.expiresAt.slice(0, 10)}
            </span>
          )}
        </>
      )}
    </>
  );
}

/** As people compare it by telephone. */
const inFours = (fingerprint: string): string =>
  fingerprint
    .toUpperCase()
    .match(/.{1,4}/g)
    ?.join(" ") ?? "";

/** That they were asked by mail, and what they said; a correction is for somebody to look into. */
function Answer({ asked }: { readonly asked: Party["contacts"][number]["asked"] }) {
  if (asked === null) return null;
  const { at, state, answer, answeredAt, correction } = asked;
  if (answer === "correct" && answeredAt !== null) {
    const said = Object.entries(correction ?? {}).map(([field, value]) => `${field} "${value}"`);
    return (
      <p className="said risk">
        On <At iso={answeredAt} short /> they wrote what would be right: {said.join(", ")}. Nothing
        is changed by it: call them at a number that you know, then change it.
      </p>
    );
  }
  const became =
    answer === "yes"
      ? "said that it is right"
      : state === "failed"
        ? "asked by mail, NOT DELIVERED"
        : "asked by mail, not answered yet";
  return (
    <span className={state === "failed" ? "risk" : "secondary"}>
      {" · "}
      {became} <At iso={answeredAt ?? at} short />
    </span>
  );
}

/** By when somebody is to ask them again. */
function Check({ party, contact }: { readonly party: Party; readonly contact: string }) {
  const check = party.obligations.find(({ recipient }) => recipient.id === `contact:${contact}`);
  if (!check?.dueAt) return null;
  const isLate = check.standing === "missed";
  return (
    <span className={isLate ? "risk" : "secondary"}>
      {" · "}
      {isLate ? "to be checked, overdue since " : "to be checked by "}
      <At iso={check.dueAt} />
    </span>
  );
}

export function Clauses({ party, policy, open }: Props & { readonly policy: Policy | undefined }) {
  if (party.clauses.length === 0)
    return (
      <p className="secondary">
        {party.kind === "provider"
          ? "Nothing that they owe you by contract is recorded."
          : `No contract clauses: your published floor applies${floorOf(policy)}.`}
      </p>
    );
  return (
    <>
      {party.clauses.map(({ id, text, source, says }) => (
        <article key={id} className="party-clause">
          <blockquote className="clause">
            {text}
            <footer className="secondary">{source}</footer>
          </blockquote>
          <div>
            <p>{says ?? "Kept as words only: no clock runs by it."}</p>
            <p className="line">
              <code>{id}</code>
              <Button look="quiet" onClick={() => open({ kind: "record-again", id })}>
                Change<span className="visually-hidden"> {id}</span>
              </Button>
              <Button look="quiet" onClick={() => open({ kind: "unbind", id })}>
                Binds no longer<span className="visually-hidden">: {id}</span>
              </Button>
            </p>
          </div>
        </article>
      ))}
    </>
  );
}

/** ` (72 h)`: the longest time within which the policy itself has a customer told. */
function floorOf(policy: Policy | undefined): string {
  const hours = (policy?.clauses ?? []).flatMap(({ duty, to, within }) =>
    duty === "notify" && to === "customer" && typeof within === "object" && within.unit === "hours"
      ? [within.count]
      : [],
  );
  return hours.length === 0 ? "" : ` (${Math.max(...hours)} h)`;
}

export function DataSets({ party, open }: Props) {
  if (party.dataSets.length === 0)
    return <p className="secondary">No data of theirs is recorded here.</p>;
  return (
    <ul className="plain party-list">
      {party.dataSets.map(({ id, name, role, categories }) => (
        <li key={id} className="spread">
          <span>
            <strong>{name}</strong>, we are {role}
            <br />
            <span className="secondary">{categories.join(", ")}</span>
          </span>
          <span className="line">
            <Button look="quiet" onClick={() => open({ kind: "set", id })}>
              Change<span className="visually-hidden"> {name}</span>
            </Button>
            <AtOnce
              party={party}
              type="RemoveDataSet"
              input={{ dataSet: id }}
              label="No longer held"
              about={name}
            />
          </span>
        </li>
      ))}
    </ul>
  );
}

export function Deployments({ party, open }: Props) {
  if (party.deployments.length === 0)
    return <p className="secondary">Nothing of ours is recorded as running there.</p>;
  return (
    <ul className="plain party-list">
      {party.deployments.map(({ id, product, release }) => (
        <li key={id} className="spread">
          <span>
            <strong>{product}</strong> {release}
          </span>
          <span className="line">
            <Button look="quiet" onClick={() => open({ kind: "runs", id })}>
              Change<span className="visually-hidden"> {product}</span>
            </Button>
            <AtOnce
              party={party}
              type="RemoveDeployment"
              input={{ deployment: id }}
              label="No longer run"
              about={product}
            />
          </span>
        </li>
      ))}
    </ul>
  );
}

/** A button that does one thing at once; why it cannot stands in it. */
function AtOnce<T extends CommandType>({
  party,
  type,
  input,
  label,
  about,
}: {
  readonly party: Party;
  readonly type: T;
  readonly input: InputOf<T>;
  readonly label: string;
  readonly about: string;
}) {
  const sending = useCommand(type, party.id);
  const context = useContextOf("current");
  const forbidden = context && barred({ context, asOf: undefined }, type);
  return (
    <Button
      look="quiet"
      whyNot={
        forbidden ?? sending.problems[0]?.message ?? (sending.pending ? "One moment." : undefined)
      }
      onClick={() => void sending.send(input).catch(() => undefined)}
    >
      {label}
      <span className="visually-hidden"> {about}</span>
    </Button>
  );
}
