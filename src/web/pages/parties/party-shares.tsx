/**
 * Party shares: sections of the policy that are under agreement, opened to somebody at this
 * customer by a link of their own; who opened it when; and to take a link back.
 */

import { useState } from "react";
import type { Party, ViewOf } from "../../../api/view.ts";
import { DAY_MS, type Instant, toIso } from "../../../core/time/instant.ts";
import { problemsIn, useView } from "../../api.ts";
import { WhenField } from "../../forms/when-field.tsx";
import { PartyForm } from "../../forms/party-form.tsx";
import { PartyReason } from "../../forms/party-reason.tsx";
import { publicPath } from "../../paths.ts";
import { Button } from "../../ui/button.tsx";
import { Copy } from "../../ui/copy.tsx";
import { Problems, SelectField } from "../../ui/field.tsx";
import { Section } from "../../ui/sheet.tsx";
import { At } from "../../ui/time.tsx";

type Share = ViewOf<"shares">["items"][number];
type File = ViewOf<"policy-files">["items"][number];

const LINK_DAYS = 30;

export function PartyShares({ party }: { readonly party: Party }) {
  const shares = useView("shares", { id: party.id });
  const files = useView("policy-files", { version: "current" }).data?.items ?? [];
  const sections = files.filter(({ audience }) => audience === "nda");
  const [act, setAct] = useState<"open" | Share>();
  const close = (): void => setAct(undefined);
  const items = shares.data?.items ?? [];
  if (sections.length === 0 && items.length === 0) return null;
  const opening = whyNot(party, sections);
  return (
    <Section
      title="Sections under agreement"
      says="Parts of the policy that one person may read, by a link that ends. Each opening is recorded, and shown to them too."
      side={
        <Button whyNot={opening} onClick={() => setAct("open")}>
          Open a section…
        </Button>
      }
    >
      {act === "open" ? <OpenSection party={party} sections={sections} onClose={close} /> : null}
      {typeof act === "object" ? <TakeBack party={party} share={act} onClose={close} /> : null}
      <Problems problems={problemsIn(shares.error)} />
      {items.length === 0 ? (
        <p className="secondary">Nothing was opened to them yet.</p>
      ) : (
        <ul className="plain party-list">
          {items.toReversed().map((share) => (
            <ShareRow
              key={share.id}
              share={share}
              title={files.find(({ section }) => section === share.section)?.title}
              onTakeBack={() => setAct(share)}
            />
          ))}
        </ul>
      )}
    </Section>
  );
}

function whyNot(party: Party, sections: readonly File[]): string | undefined {
  if (party.contacts.length === 0) return "Add a contact first: a link is for one person.";
  if (sections.length === 0) return "The policy that runs has no section under agreement.";
  return sections.some(({ kept }) => kept)
    ? undefined
    : "The file of the section is not here: publish a version with it.";
}

function ShareRow({
  share: { id, name, section, path, until, sharedAt, state, opened },
  title = section,
  onTakeBack,
}: {
  readonly share: Share;
  readonly title: string | undefined;
  readonly onTakeBack: () => void;
}) {
  const link = new URL(publicPath(path.slice(1)), location.href).href;
  return (
    <li className="spread">
      <span>
        <strong>{title}</strong> for {name} <code>{id}</code>
        <br />
        <span className={state === "open" ? undefined : "secondary"}>
          {state === "open" ? (
            <>
              open until <At iso={until} />
            </>
          ) : state === "ended" ? (
            "taken back"
          ) : (
            <>
              ended on <At iso={until} />
            </>
          )}
        </span>
        <span className="secondary">
          {" "}
          · given <At iso={sharedAt} />
        </span>
        <Openings opened={opened} />
      </span>
      {state === "open" ? (
        <span className="line">
          <Copy text={link}>
            Copy the link<span className="visually-hidden"> of {name}</span>
          </Copy>
          <Button look="quiet" onClick={onTakeBack}>
            Take back…<span className="visually-hidden"> {id}</span>
          </Button>
        </span>
      ) : null}
    </li>
  );
}

function Openings({ opened }: { readonly opened: readonly string[] }) {
  const last = opened.at(-1);
  if (last === undefined)
    return (
      <>
        <br />
        <span className="secondary">never opened</span>
      </>
    );
  return (
    <details>
      <summary>
        opened {opened.length === 1 ? "once" : `${opened.length} times`}, last <At iso={last} />
      </summary>
      <ol className="plain">
        {opened.map((at) => (
          <li key={at}>
            <At iso={at} />
          </li>
        ))}
      </ol>
    </details>
  );
}

function OpenSection({
  party,
  sections,
  onClose,
}: {
  readonly party: Party;
  readonly sections: readonly File[];
  readonly onClose: () => void;
}) {
  const kept = sections.filter((one) => one.kept);
  const [section, setSection] = useState(kept[0]?.section ?? "");
  const [contact, setContact] = useState(party.contacts[0]?.id ?? "");
  const [until, setUntil] = useState<Instant>();
  const inAMonth = (Date.now() + LINK_DAYS * DAY_MS) as Instant;
  return (
    <PartyForm
      title="Open a section to one of them"
      type="ShareSection"
      id={party.id}
      input={{ section, contact, until: toIso(until ?? inAMonth) }}
      submit="Make the link"
      beside={["section", "contact", "until"]}
      onClose={onClose}
    >
      {(problem) => (
        <>
          <SelectField
            label="Section"
            value={section}
            choices={kept.map(({ section: value, title: label }) => ({ value, label }))}
            onChange={setSection}
          />
          <SelectField
            label="For"
            value={contact}
            choices={party.contacts.map(({ id, name, mail }) => ({
              value: id,
              label: `${name}, ${mail}`,
            }))}
            onChange={setContact}
          />
          <WhenField
            label="Until"
            hint={`In ${LINK_DAYS} days, if left empty; a year at the most.`}
            problem={problem("until")}
            onChange={setUntil}
          />
        </>
      )}
    </PartyForm>
  );
}

const TakeBack = ({
  party,
  share,
  onClose,
}: {
  readonly party: Party;
  readonly share: Share;
  readonly onClose: () => void;
}) => (
  <PartyReason
    title={`Take back ${share.id}, the link of ${share.name}`}
    type="EndSectionShare"
    id={party.id}
    input={(reason) => ({ share: share.id, reason })}
    submit="Take it back"
    hint="It opens nothing from then on, and says so to whoever has it."
    onClose={onClose}
  />
);
