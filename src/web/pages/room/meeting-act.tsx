/**
 * What meets an obligation, from where it is looked at: the form or the letter that does it,
 * one click away, in the room and on the board alike. Nothing is offered where only the world
 * outside can meet it; that it was met is recorded all the same.
 */

import type { CommandType } from "../../../api/command.ts";
import type { ObligationView } from "../../../api/view.ts";
import type { Incident } from "../../../core/incident/state.ts";
import type { Audience } from "../../../core/notice/audience.ts";
import { promisedBy } from "../../../core/status/promise-name.ts";
import { barred } from "../../barred.ts";
import { Link } from "../../navigation.tsx";
import { ROUTES } from "../../paths.ts";
import { Button } from "../../ui/button.tsx";
import { begunAs, formMeeting, toWhom } from "./meeting-form.ts";
import { useNewNotice } from "./new-notice.ts";
import { type Act, type RoomState, useRoom } from "./room-state.tsx";

/** In the room, or on the board with the incident at hand. */
export function MeetIncident({ owed }: { readonly owed: ObligationView }) {
  const room = useRoom();
  const { duty, recipient, stoppedAt } = owed;
  if (stoppedAt !== null) return null;
  const signal = recipient.id.replace(/^reporter:/, "");
  if (recipient.kind === "reporter" && room.state.signals.some((one) => one.signal === signal)) {
    return <Opens act={{ kind: "reporter", signal }} label="Write to the reporter…" />;
  }
  const form = formMeeting(duty);
  if (form) return <Opens act={{ kind: form[0] }} label={form[1]} command={form[2]} />;
  if (duty === "report") return <Reported owed={owed} />;
  if (endsWithReview(room, owed))
    return (
      <Opens
        act={{ kind: "public-review" }}
        label="Write the review for everybody…"
        command="WritePublicReview"
      />
    );
  const to = toWhom(owed);
  return to === undefined ? null : <Write to={to} owed={owed} />;
}

/** A review that everybody reads is written and published as one, and not as a notice. */
const endsWithReview = ({ policy }: RoomState, { clause }: ObligationView): boolean =>
  policy.clauses.find(({ id }) => id === clause)?.until === "reviewPublishedAt";

/** It stands in a report that is written elsewhere: what it can count, and where it is recorded. */
function Reported({ owed: { id: obligation, says } }: { readonly owed: ObligationView }) {
  return (
    <>
      <Opens
        act={{ kind: "meet", obligation, says }}
        label="Record where it was reported…"
        command="MeetObligation"
      />
      <p className="secondary">
        <Link to={ROUTES.ledger}>What a report can count</Link> is in the record of promises.
      </p>
    </>
  );
}

type OpensProps = {
  readonly act: Act;
  readonly label: string;
  readonly command?: CommandType;
};

function Opens({ act, label, command }: OpensProps) {
  const room = useRoom();
  const whyNot = command === undefined ? undefined : barred(room, command);
  return (
    <p>
      <Button look="first" whyNot={whyNot} onClick={() => room.open(act)}>
        {label}
      </Button>
    </p>
  );
}

/** The notice that is being written for them, or a new one. */
function Write({ to, owed }: { readonly to: Audience; readonly owed: ObligationView }) {
  const room = useRoom();
  const { begin, whyNot } = useNewNotice();
  const draft = begunFor(room.state, to, owed.recipient.id);
  const kind = begunAs(owed.duty);
  const content = to === "customers" ? undefined : { kind, to, subject: "", slots: [] };
  return (
    <p>
      {draft === undefined ? (
        <Button
          look="first"
          whyNot={barred(room, "DraftNotice") ?? whyNot}
          onClick={() => void begin(content)}
        >
          {LABELS[to] ?? "Write a notice…"}
        </Button>
      ) : (
        <Link to={ROUTES.compose} params={{ id: room.incident.id, draft }}>
          Go on with the notice to {to === "public" ? "everybody" : "them"}, {draft}
        </Link>
      )}
    </p>
  );
}

const LABELS: Readonly<Partial<Record<Audience, string>>> = {
  public: "Write to everybody…",
  "data-subjects": "Write to the people concerned…",
};

const begunFor = ({ drafts }: Incident, to: Audience, recipient: string): string | undefined =>
  Object.values(drafts).findLast(
    ({ state, recipients, content }) =>
      state !== "sent" &&
      state !== "discarded" &&
      (to === "customers" ? recipients.some(({ id }) => id === recipient) : content.to === to),
  )?.id;

/** Of what is no incident's: where it is done. */
export function MeetElsewhere({ owed }: { readonly owed: ObligationView }) {
  if (owed.stoppedAt !== null) return null;
  const [kind, id = ""] = owed.subject.split("/", 2);
  const update = promisedBy(owed.id);
  return (
    <p>
      {kind === "status" ? (
        <Link to={ROUTES.status} search={update === undefined ? {} : { update }}>
          Write the update
        </Link>
      ) : kind === "party" ? (
        <Link to={ROUTES.party} params={{ id }}>
          To their contacts
        </Link>
      ) : kind === "policy" ? (
        <Link to={ROUTES.policy}>Review the policy</Link>
      ) : (
        <Link
          to={ROUTES.signal}
          params={{ id }}
          search={{ do: owed.duty === "acknowledge" ? "reply" : "accept" }}
        >
          {owed.duty === "acknowledge" ? "Write to the reporter" : "Decide what becomes of it"}
        </Link>
      )}
    </p>
  );
}
