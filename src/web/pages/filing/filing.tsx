/**
 * Filing: one stage's pack as an authority asks for it, field by field, each with where it
 * came from and how sure it is; what is taken away from here, and what was filed.
 *
 * Nothing is filed by this page: a person does that, and records it here.
 */

import { useEffect } from "react";
import { problemsIn, useView } from "../../api.ts";
import { barred } from "../../barred.ts";
import { Link, useParams } from "../../navigation.tsx";
import { ROUTES } from "../../paths.ts";
import { Button } from "../../ui/button.tsx";
import { Copy } from "../../ui/copy.tsx";
import { OutwardSheet } from "../../ui/sheet.tsx";
import { Differences } from "./differences.tsx";
import { Filed } from "./filed.tsx";
import { FieldOf } from "./field.tsx";
import {
  BASIS,
  filePath,
  filingPlace,
  type FilingView,
  STANDING,
  VERIFIED,
} from "./filing-words.ts";
import "./filing.css";

export function Filing() {
  const { id = "", regime = "", stage = "" } = useParams();
  const view = useView("filing", { id, regime, stage });
  const person = useView("me").data?.person;
  const title = view.data ? `${id} ${view.data.regime.name}` : id;
  useEffect(() => {
    document.title = title;
    return () => {
      document.title = "Duenotice";
    };
  }, [title]);
  const filing = view.data;
  if (!filing)
    return <p className="shell-wait">{problemsIn(view.error)[0]?.message ?? "Opening…"}</p>;
  const asking = { asOf: undefined, context: person ? { person } : {} };
  const sections = [...new Set(filing.fields.map(({ section }) => section))];
  return (
    <article className="filing">
      <Head id={id} filing={filing} />
      <div className="filing-columns">
        <OutwardSheet recipient={filing.recipient}>
          {sections.map((section) => (
            <section key={section} className="filing-part">
              <h2>{section}</h2>
              <dl>
                {filing.fields
                  .filter((field) => field.section === section)
                  .map((field) => (
                    <FieldOf
                      key={field.id}
                      id={id}
                      filing={filing}
                      field={field}
                      whyNot={whyNotWrite(filing) ?? barred(asking, "WriteFilingField")}
                    />
                  ))}
              </dl>
            </section>
          ))}
          <p className="filing-hash">
            SHA-256 of the answers <code className="hash">{filing.hash}</code>
          </p>
        </OutwardSheet>
        <div className="filing-beside">
          <Filed
            id={id}
            filing={filing}
            whyNot={whyNotWrite(filing) ?? barred(asking, "RecordFiling")}
          />
          <Stages id={id} filing={filing} />
          <Differences items={filing.differences} isFiled={filing.filed.length > 0} />
        </div>
      </div>
    </article>
  );
}

const whyNotWrite = ({ lookedAt, files, regime }: FilingView): string | undefined => {
  if (!files) return "They are told by a notice, not by a filing.";
  return lookedAt ? undefined : `This incident does not look at ${regime.name}: open it first.`;
};

function Head({ id, filing }: { readonly id: string; readonly filing: FilingView }) {
  const { regime, form, stage, open, fields, filed } = filing;
  const place = { regime: regime.id, stage };
  return (
    <header className="filing-head">
      <p>
        <Link to={ROUTES.incident} params={{ id }}>
          {id}
        </Link>{" "}
        / <Link {...{ to: ROUTES.filings, params: { id } }}>Filings</Link>
      </p>
      <h1>
        {filing.drill ? "DRILL: " : ""}
        {regime.name}, {stage}
      </h1>
      <p>
        {filing.dueText === null ? (
          "Nothing is due for this stage now. "
        ) : (
          <span className={filing.late && filed.length === 0 ? "risk" : undefined}>
            Due {filing.dueText}.{" "}
          </span>
        )}
        {open === 0
          ? "Every field that is asked for now has an answer."
          : `${open} of ${fields.length} fields are asked for now and not known yet.`}
      </p>
      <p className="secondary">
        Prepared here, filed by a person: nothing was filed by preparing it. Fields{" "}
        {BASIS[form.basis]}, {VERIFIED[form.verified]}, {form.checked}. {form.says}
      </p>
      <p className="filing-where">
        {form.portal === null ? (
          "Where it is filed is not known here. "
        ) : (
          <>
            Filed at <Outside to={form.portal} />, as far as we know: portals move.{" "}
          </>
        )}
        {regime.cite}
        {regime.url === null ? "" : ": "}
        {regime.url === null ? null : <Outside to={regime.url} />}
      </p>
      <nav className="line filing-files" aria-label="Take it away">
        <Copy text={filing.text} look="plain">
          Copy all of it
        </Copy>
        <a href={filePath(id, place, "/pdf")} download>
          PDF
        </a>
        <a href={filePath(id, place, "/text")} download>
          Text
        </a>
        <a href={filePath(id, place, "")} download={`${id}-${regime.id}.json`}>
          JSON
        </a>
        <Button onClick={() => print()}>Print</Button>
      </nav>
    </header>
  );
}

/** An address as it is, to be read before it is followed. */
function Outside({ to }: { readonly to: string }) {
  return (
    <a className="hash" href={to} rel="noreferrer noopener" target="_blank">
      {to.replace(/^(?:https:\/\/|mailto:)/, "")}
    </a>
  );
}

/** What else an authority receives under the same law: most of it counts from a stage before. */
function Stages({ id, filing }: { readonly id: string; readonly filing: FilingView }) {
  if (filing.stages.length === 0) return null;
  return (
    <section className="section">
      <h2>The other stages of this law</h2>
      <ul className="plain">
        {filing.stages.map((other) => (
          <li key={other.stage}>
            <Link {...filingPlace(id, { regime: filing.regime.id, stage: other.stage })}>
              {other.stage}
            </Link>{" "}
            <span className={other.standing === "missed" ? "risk" : "secondary"}>
              {other.standing === null ? "not started" : STANDING[other.standing]}
              {other.dueText === null || other.filed > 0 ? "" : `, due ${other.dueText}`};{" "}
              {other.within}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
