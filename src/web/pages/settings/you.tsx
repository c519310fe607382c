/** You: the name and address that notices carry, and how you prove who you are. */

import { useState } from "react";
import type { PasskeyOnList, SessionOnList } from "../../../api/access.ts";
import type { ViewOf } from "../../../api/view.ts";
import { problemAt } from "../../api.ts";
import { Button } from "../../ui/button.tsx";
import { Problems, TextField } from "../../ui/field.tsx";
import { Section } from "../../ui/sheet.tsx";
import { At } from "../../ui/time.tsx";
import { useAct, useItems } from "./access-calls.ts";
import { Once } from "./once.tsx";
import { SecondFactor } from "./second-factor.tsx";

type Me = ViewOf<"me">;

export function You({ me }: { readonly me: Me }) {
  return (
    <>
      <Identity me={me} />
      <Password />
      <SecondFactor isSet={me.factors.totp} />
      <Passkeys />
      <Sessions />
      <OwnToken />
    </>
  );
}

function Identity({ me }: { readonly me: Me }) {
  const { problems, send } = useAct();
  const [name, setName] = useState(me.person.name);
  const [mail, setMail] = useState(me.person.mail);
  const [phone, setPhone] = useState(me.person.phone ?? "");
  const unchanged =
    name === me.person.name && mail === me.person.mail && phone === (me.person.phone ?? "");
  return (
    <Section title="You" says="Notices are sent as you, and answers come back to you.">
      <form
        className="stack"
        onSubmit={(event) => (
          event.preventDefault(), void send("/me/identity", { name, mail, phone })
        )}
      >
        <Problems problems={problems} beside={["name", "mail", "phone"]} />
        <TextField
          label="Name"
          autoComplete="name"
          value={name}
          onChange={setName}
          problem={problemAt(problems, "name")}
        />
        <TextField
          label="Mail address"
          type="email"
          autoComplete="email"
          value={mail}
          onChange={setMail}
          hint="One that you read yourself: an unattended address cannot send a notice."
          problem={problemAt(problems, "mail")}
        />
        <TextField
          label="Telephone"
          type="tel"
          autoComplete="tel"
          value={phone}
          onChange={setPhone}
          hint="For the team alone: on the handover, the break-glass sheet, and the mail of open deadlines."
          problem={problemAt(problems, "phone")}
        />
        <div>
          <Button type="submit" whyNot={unchanged ? "Nothing is changed." : undefined}>
            Save
          </Button>
        </div>
      </form>
    </Section>
  );
}

function Password() {
  const { problems, send } = useAct();
  const [current, setCurrent] = useState("");
  const [next, setNext] = useState("");
  const [done, setDone] = useState(false);
  const change = async (): Promise<void> => {
    if ((await send("/me/password", { current, next })) === undefined) return;
    setCurrent("");
    setNext("");
    setDone(true);
  };
  return (
    <Section title="Password">
      <form className="stack" onSubmit={(event) => (event.preventDefault(), void change())}>
        <Problems problems={problems} beside={["current", "next"]} />
        <TextField
          label="Present password"
          type="password"
          autoComplete="current-password"
          value={current}
          onChange={setCurrent}
          problem={problemAt(problems, "current")}
        />
        <TextField
          label="New password"
          type="password"
          autoComplete="new-password"
          value={next}
          onChange={setNext}
          hint="At least 10 characters. Every other session ends."
          problem={problemAt(problems, "next")}
        />
        <div className="line">
          <Button
            type="submit"
            whyNot={current === "" || next === "" ? "Type both passwords." : undefined}
          >
            Change the password
          </Button>
          {done ? <span role="status">Changed.</span> : null}
        </div>
      </form>
    </Section>
  );
}

function Passkeys() {
  const items = useItems<PasskeyOnList>("/me/passkeys");
  const { problems, send, settle } = useAct();
  const [name, setName] = useState("");
  const add = async (): Promise<void> => {
    const { addPasskey } = await import("../../passkey.ts");
    if (settle(await addPasskey(name))) setName("");
  };
  return (
    <Section title="Passkeys" says="A login without a password, on this device or a security key.">
      <ul className="plain">
        {items.data?.map((passkey) => (
          <li key={passkey.id} className="line">
            {passkey.name}, made <At iso={passkey.createdAt} />
            <Button
              look="quiet"
              onClick={() => void send(`/me/passkeys/${encodeURIComponent(passkey.id)}/remove`)}
            >
              Remove
            </Button>
          </li>
        ))}
      </ul>
      <form className="line" onSubmit={(event) => (event.preventDefault(), void add())}>
        <TextField
          label="Name of the new one"
          value={name}
          onChange={setName}
          placeholder="Laptop"
        />
        <Button type="submit" whyNot={name.trim() === "" ? "Give it a name first." : undefined}>
          Add a passkey
        </Button>
      </form>
      <Problems problems={problems} />
    </Section>
  );
}

/** `Chrome on Linux`: what tells one session from another; all that it said of itself where that is unknown. */
function programOf(agent: string): string {
  const name = /(Firefox|Edg|OPR|Chrome|Safari)(?=\/)/.exec(
    agent.replace("HeadlessChrome", "Chrome"),
  );
  const system = /Android|iPhone|iPad|Windows|Mac OS X|Linux/.exec(agent)?.[0];
  const later = /(?:Edg|OPR)(?=\/)/.exec(agent)?.[0];
  const program = { Edg: "Edge", OPR: "Opera" }[later ?? ""] ?? name?.[0];
  if (program && system) return `${program} on ${system}`;
  return agent.slice(0, 60) || "an unnamed program";
}

function Sessions() {
  const items = useItems<SessionOnList>("/me/sessions");
  const { send } = useAct();
  return (
    <Section title="Where you are signed in">
      <ul className="plain">
        {items.data?.map((session) => (
          <li key={session.handle} className="line">
            <span>
              {programOf(session.agent)}, last seen <At iso={session.lastSeenAt} relative />{" "}
              {session.current ? "(here)" : ""}
            </span>
            {session.current ? null : (
              <Button
                look="quiet"
                onClick={() => void send(`/me/sessions/${session.handle}/close`)}
              >
                Sign out there
              </Button>
            )}
          </li>
        ))}
      </ul>
      <Button onClick={() => void send("/logout").then(() => location.reload())}>
        Sign out here
      </Button>
    </Section>
  );
}

/** For one's own shell: what it writes, approves and sends carries one's name. */
function OwnToken() {
  const { problems, send } = useAct();
  const [name, setName] = useState("");
  const [made, setMade] = useState<string>();
  const make = async (): Promise<void> => {
    const answer = await send<{ readonly token: string }>("/me/tokens", { name, days: 90 });
    if (!answer) return;
    setMade(answer.token);
    setName("");
  };
  return (
    <Section
      title="A token in your name"
      says="For your own shell: notices that it approves and sends carry your name, and say by which token. It ends after 90 days."
    >
      <form className="stack" onSubmit={(event) => (event.preventDefault(), void make())}>
        <TextField
          label="Where it is used"
          value={name}
          onChange={setName}
          placeholder="My laptop"
          problem={problemAt(problems, "name")}
        />
        <div>
          <Button type="submit" whyNot={name.trim() === "" ? "Say where it is used." : undefined}>
            Make it
          </Button>
        </div>
        <Problems problems={problems} beside={["name"]} />
      </form>
      {made ? (
        <Once text={made} says="This is the only time it is shown: give it as DUE_TOKEN." />
      ) : null}
    </Section>
  );
}
