/**
 * Changes: what moved in the law's data since the release that somebody here read last,
 * stage by stage; what may be due at another time first.
 */

import type { ViewOf } from "../../../api/view.ts";
import { useCommand, useView } from "../../api.ts";
import { Button } from "../../ui/button.tsx";
import { Problems } from "../../ui/field.tsx";
import { Section } from "../../ui/sheet.tsx";

type Change = ViewOf<"law-changes">["changes"][number];

export function LawChanges() {
  const { data } = useView("law-changes");
  const { send, problems, pending } = useCommand("ReadLaw");
  if (!data) return null;
  const { changes, from, to, lastRead } = data;
  const hash = data.releases.at(-1)?.hash.slice(0, 12);
  if (lastRead === to) {
    return (
      <p className="secondary">
        Release {to} of the law&rsquo;s data (<code>{hash}</code>), read here. The next release says
        here what changed.
      </p>
    );
  }
  const read = (
    <div className="line">
      <Button
        onClick={() => void send({ release: to }).catch(() => undefined)}
        whyNot={pending ? "It is being recorded." : undefined}
      >
        Mark release {to} as read
      </Button>
    </div>
  );
  return (
    <Section
      title={from === null ? `Release ${to}` : `What changed from ${from} to ${to}`}
      says={
        from === null
          ? `The first release of the law's data here (${hash}). Once it is read, the next one says here what changed.`
          : undefined
      }
    >
      <Problems problems={problems} />
      {from !== null && changes.length === 0 ? <p>Nothing changed.</p> : null}
      <Part
        title="May be due at another time"
        changes={changes.filter(({ movesDue }) => movesDue)}
      />
      <Part title="Moves no deadline" changes={changes.filter(({ movesDue }) => !movesDue)} />
      {changes.some(({ movesDue }) => movesDue) ? (
        <p className="secondary">
          Open incidents go by what they took up: each can look again from its room.
        </p>
      ) : null}
      {read}
    </Section>
  );
}

function Part({ title, changes }: { readonly title: string; readonly changes: readonly Change[] }) {
  if (changes.length === 0) return null;
  return (
    <>
      <h3>{title}</h3>
      <ul>
        {changes.map(({ regime, says }) => (
          <li key={`${regime} ${says}`}>{says}</li>
        ))}
      </ul>
    </>
  );
}
