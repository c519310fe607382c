/** Looking back: the review, its finishing, and the remediations that it asked for. */

import { toIso } from "../../../core/time/instant.ts";
import { useCommand } from "../../api.ts";
import { Button } from "../../ui/button.tsx";
import { At } from "../../ui/time.tsx";
import { STATUS_WORDS } from "./known-words.ts";
import { useNewNotice } from "./new-notice.ts";
import { Part } from "./part.tsx";
import { Prose } from "./prose.tsx";
import { barred } from "../../barred.ts";
import { personName } from "../../names.ts";
import { refusal, useRoom } from "./room-state.tsx";

/** The review and what it asks for; in sight once there is something to look back on. */
export function Learning() {
  const room = useRoom();
  const { incident, state, context, policy, open } = room;
  const publish = useCommand("PublishReview", incident.id);
  if (incident.state === "open" && state.remediations.length === 0 && !state.review) return null;
  const published = state.moments["reviewedAt"];
  return (
    <Part
      title="Review"
      act={
        <span className="line">
          <Button
            look="quiet"
            whyNot={barred(room, "WriteReview")}
            onClick={() => open({ kind: "review" })}
          >
            {state.review ? "Open" : "Write"}
          </Button>
          <Button
            look="quiet"
            whyNot={
              publish.problems[0]?.message ??
              refusal(room, { type: "PublishReview" }) ??
              (publish.pending ? "One moment." : undefined)
            }
            onClick={() =>
              void publish.send({}, { ifVersion: incident.version }).catch(() => undefined)
            }
          >
            Finish it
          </Button>
        </span>
      }
    >
      <p className="secondary">
        {published !== undefined ? (
          <>
            Finished <At iso={toIso(published)} short />.
          </>
        ) : state.review ? (
          <>
            Saved <At iso={toIso(state.review.writtenAt)} short />, not finished.
          </>
        ) : (
          "Not written yet."
        )}
      </p>
      {state.review ? (
        <details>
          <summary>Read it</summary>
          <Prose text={state.review.text} />
          {policy.review.questions.map((question, index) => (
            <div key={question}>
              <h3>{question}</h3>
              <Prose text={state.review?.answers[index] ?? "Not answered yet."} />
            </div>
          ))}
        </details>
      ) : null}
      <div className="spread">
        <span className="secondary">
          {state.publicReview?.published
            ? `Everybody reads ${state.publicReview.publicRef}.`
            : "Nothing of it is for everybody yet."}
        </span>
        <Button
          look="quiet"
          whyNot={barred(room, "WritePublicReview")}
          onClick={() => open({ kind: "public-review" })}
        >
          For everybody
        </Button>
      </div>
      <Summary />
      <div className="spread">
        <h3>Remediations</h3>
        <Button
          look="quiet"
          whyNot={barred(room, "AddRemediation")}
          onClick={() => open({ kind: "add-remediation" })}
        >
          Add
        </Button>
      </div>
      <ul className="plain">
        {state.remediations.map(({ id, title, owner, targetOn, status }) => (
          <li key={id} className="spread">
            <span className={status === "dropped" ? "struck" : undefined}>
              {id} {title}{" "}
              <span className="secondary">
                {STATUS_WORDS[status].toLowerCase()},{" "}
                {owner.startsWith("account/") ? personName(context, owner) : owner}, by {targetOn}
              </span>
            </span>
            <Button
              look="quiet"
              whyNot={barred(room, "ChangeRemediation")}
              onClick={() => open({ kind: "change-remediation", remediation: id })}
            >
              Change<span className="visually-hidden"> {id}</span>
            </Button>
          </li>
        ))}
      </ul>
    </Part>
  );
}

/**
 * The abridged one, to the customers whom it touched: a last word in somebody's name, begun
 * from what everybody may read of it and never from the team's own review.
 */
function Summary() {
  const room = useRoom();
  const { state, policy } = room;
  const start = useNewNotice();
  if (state.customers.length === 0) return null;
  const isFinished = state.moments["reviewedAt"] !== undefined;
  const [first] = policy.elements;
  const text = state.publicReview?.written.text ?? "";
  const slots = first && text !== "" ? [{ element: first.id, text }] : [];
  const begin = () => start.begin({ kind: "final", subject: "what our review found", slots });
  return (
    <div className="spread">
      <span className="secondary">
        {isFinished
          ? "A summary for the customers it touched is a notice of its own."
          : "The customers it touched can have a summary once it is finished."}
      </span>
      <Button
        look="quiet"
        whyNot={
          barred(room, "DraftNotice") ??
          (isFinished ? start.whyNot : "Finish the review first: a summary follows from it.")
        }
        onClick={() => void begin()}
      >
        For those customers…
      </Button>
    </div>
  );
}
