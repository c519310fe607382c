/** Seats: who from outside reads this incident, until when, and what they have opened. */

import { useState } from "react";
import type { ViewOf } from "../../../api/view.ts";
import { type Instant, toIso } from "../../../core/time/instant.ts";
import { problemAt, problemsIn, useCommand, useView } from "../../api.ts";
import { WhenField } from "../../forms/when-field.tsx";
import { BASE } from "../../paths.ts";
import { ActForm } from "../../ui/act-form.tsx";
import { Button } from "../../ui/button.tsx";
import { Copy } from "../../ui/copy.tsx";
import { Problems, SelectField, TextArea, TextField, Tick } from "../../ui/field.tsx";
import { At } from "../../ui/time.tsx";

type Seat = ViewOf<"seats">["items"][number];

const AS = {
  counsel: "counsel",
  auditor: "an auditor",
  insurer: "an insurer",
  other: "a guest",
} as const;
const SEEN = { page: "read it", ledger: "took it away", list: "read the list" } as const;
const SHOWN = 5;

/** `incident`: its reference; without it, seats that are for every incident. */
export function Seats({
  incident,
  barred,
}: {
  readonly incident?: string;
  readonly barred?: string | undefined;
}) {
  const view = useView("seats", {}, incident === undefined ? {} : { incident });
  const [giving, setGiving] = useState(false);
  const whyNot = barred ?? view.data?.whyNot ?? problemsIn(view.error)[0]?.message;
  return (
    <section className="part">
      <header className="spread">
        <h2>{incident === undefined ? "Seats for every incident" : "Seats from outside"}</h2>
        <Button look="quiet" whyNot={whyNot} onClick={() => setGiving(true)}>
          Give one
        </Button>
      </header>
      {giving ? (
        <Give incident={incident} whyNot={whyNot} onClose={() => setGiving(false)} />
      ) : null}
      {(view.data?.items ?? []).length === 0 ? (
        <p className="secondary">
          Nobody from outside reads{" "}
          {incident === undefined ? "every incident." : "this: counsel, auditor or insurer."}
        </p>
      ) : (
        <ul className="plain stack">
          {view.data?.items.map((seat) => (
            <li key={seat.id}>
              <One seat={seat} incident={incident} whyNot={whyNot} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

type OneProps = {
  readonly seat: Seat;
  readonly incident: string | undefined;
  readonly whyNot: string | undefined;
};

function One({ seat, incident, whyNot }: OneProps) {
  const { id, name, until, endedAt, over, path, opened, all, review } = seat;
  const [ending, setEnding] = useState(false);
  const isElsewhere = all && incident !== undefined;
  return (
    <>
      <p>
        <strong>{name}</strong>, {AS[seat.as]}
        {all ? ", for every incident" : ""}
        {review ? ", asked for a review" : ""}{" "}
        <span className="secondary">
          {id},{" "}
          {over ? (
            <>
              over since <At iso={endedAt ?? until} short />
            </>
          ) : (
            <>
              until <At iso={until} short />
            </>
          )}
        </span>
      </p>
      <p className="secondary">{seat.reason}</p>
      {opened.length === 0 ? (
        <p className="secondary">Not opened yet.</p>
      ) : (
        <ul className="plain secondary">
          {opened
            .slice(-SHOWN)
            .reverse()
            .map(({ at, what, upTo, agent, entry }) => (
              <li key={entry}>
                <At iso={at} short /> {SEEN[what]}, up to entry {upTo}
                {agent === null ? "" : `, ${agent}`}{" "}
                {incident === undefined ? null : (
                  <a href={exportPath(incident, id, upTo)} download>
                    What they saw<span className="visually-hidden"> up to entry {upTo}</span>
                  </a>
                )}
              </li>
            ))}
          {opened.length > SHOWN ? <li>and {opened.length - SHOWN} before</li> : null}
        </ul>
      )}
      {over || isElsewhere ? null : ending ? (
        <End id={id} incident={incident} onClose={() => setEnding(false)} />
      ) : (
        <div className="line">
          {path === null ? null : (
            <Copy text={`${location.origin}${BASE}${path}`}>
              Copy the address<span className="visually-hidden"> for {name}</span>
            </Copy>
          )}
          <Button look="quiet" whyNot={whyNot} onClick={() => setEnding(true)}>
            End it<span className="visually-hidden"> for {name}</span>
          </Button>
        </div>
      )}
    </>
  );
}

const exportPath = (incident: string, seat: string, upTo: number): string =>
  `${BASE}/api/v1/exports/seat?${new URLSearchParams({ incident, seat, upTo: String(upTo) })}`;

type FormProps = { readonly incident: string | undefined; readonly onClose: () => void };

function Give({ incident, whyNot, onClose }: FormProps & { readonly whyNot: string | undefined }) {
  const here = useCommand("GiveSeat", incident ?? "");
  const everywhere = useCommand("GiveSeatForAll");
  const [name, setName] = useState("");
  const [as, setAs] = useState<Seat["as"]>("counsel");
  const [until, setUntil] = useState<Instant>();
  const [reason, setReason] = useState("");
  const [review, setReview] = useState(false);
  const { problems, pending } = incident === undefined ? everywhere : here;
  const send = async (): Promise<void> => {
    if (until === undefined) return;
    const given = { name, as, until: toIso(until), reason };
    const sent =
      incident === undefined
        ? everywhere.send(given)
        : here.send({ ...given, ...(review ? { review } : {}) });
    await sent.then(onClose, () => undefined);
  };
  return (
    <ActForm
      submit="Give the seat"
      whyNot={whyNot ?? (until === undefined ? "Say when it ends." : undefined)}
      pending={pending}
      onSend={send}
      onClose={onClose}
    >
      <p>
        They read {incident === undefined ? "every incident" : `${incident} and nothing else`}, by
        an address of their own, and change nothing. Each opening is recorded.
      </p>
      <TextField
        label="Who sits there"
        autoFocus
        value={name}
        onChange={setName}
        problem={problemAt(problems, "name")}
      />
      <SelectField
        label="As"
        value={as}
        choices={[
          { value: "counsel", label: "Counsel" },
          { value: "auditor", label: "Auditor" },
          { value: "insurer", label: "Insurer" },
          { value: "other", label: "Somebody else" },
        ]}
        onChange={(value) => setAs(value as Seat["as"])}
      />
      <WhenField
        label="Until"
        hint="Within 90 days."
        onChange={setUntil}
        problem={problemAt(problems, "until")}
      />
      <TextArea
        label="What they read it for"
        rows={2}
        value={reason}
        onChange={setReason}
        problem={problemAt(problems, "reason")}
      />
      {incident === undefined ? null : (
        <Tick
          label="Ask them to review decisions that wait for counsel"
          checked={review}
          onChange={setReview}
        />
      )}
      <Problems problems={problems} beside={["name", "until", "reason"]} />
    </ActForm>
  );
}

function End({ id, incident, onClose }: FormProps & { readonly id: string }) {
  const here = useCommand("EndSeat", incident ?? "");
  const everywhere = useCommand("EndSeatForAll");
  const { send, problems, pending } = incident === undefined ? everywhere : here;
  const [reason, setReason] = useState("");
  return (
    <ActForm
      submit="End it now"
      pending={pending}
      onSend={() => send({ seat: id, reason }).then(onClose, () => undefined)}
      onClose={onClose}
    >
      <TextField
        label="Why"
        autoFocus
        value={reason}
        onChange={setReason}
        problem={problemAt(problems, "reason")}
      />
      <Problems problems={problems} beside={["reason"]} />
    </ActForm>
  );
}
