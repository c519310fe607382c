/** Mail: how it leaves, and an honest test: the dialogue with the server, word for word. */

import { useState } from "react";
import type { ViewOf } from "../../../api/view.ts";
import { problemAt } from "../../api.ts";
import { Button } from "../../ui/button.tsx";
import { Problems, TextField } from "../../ui/field.tsx";
import { Section } from "../../ui/sheet.tsx";
import { useAct } from "./access-calls.ts";

type Dialogue = { readonly lines?: readonly string[]; readonly says?: string };

/** A note of the log's as a sentence of the page's. */
const sentence = (note: string): string =>
  `${note.charAt(0).toUpperCase()}${note.slice(1).replace(/\.?$/, ".")}`;

export function MailState({
  mail,
  isOwner,
}: {
  readonly mail: ViewOf<"me">["mail"];
  readonly isOwner: boolean;
}) {
  const { problems, send } = useAct();
  const [address, setAddress] = useState("");
  const [dialogue, setDialogue] = useState<Dialogue>();
  return (
    <Section title="Mail" says={sentence(mail.says)}>
      {isOwner ? (
        <form
          className="stack"
          onSubmit={(event) => (
            event.preventDefault(), void send<Dialogue>("/mail/test", { address }).then(setDialogue)
          )}
        >
          <TextField
            label="Send a test to"
            type="email"
            value={address}
            onChange={setAddress}
            problem={problemAt(problems, "address")}
          />
          <div>
            <Button type="submit" whyNot={address === "" ? "Give an address." : undefined}>
              Send a test mail
            </Button>
          </div>
        </form>
      ) : null}
      <Problems problems={problems} beside={["address"]} />
      {dialogue ? (
        <pre className="signal-text">
          {[dialogue.says ?? "", ...(dialogue.lines ?? [])].join("\n")}
        </pre>
      ) : null}
      <p className="secondary">
        The server is set by <code>DUE_SMTP_URL</code>; nothing of it can be changed from here.
      </p>
    </Section>
  );
}
