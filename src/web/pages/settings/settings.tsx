/** Settings: you, the people, programs, mail, this device, and this installation. */

import { useView } from "../../api.ts";
import { Section } from "../../ui/sheet.tsx";
import { At } from "../../ui/time.tsx";
import { Seats } from "../room/seats.tsx";
import { CalendarAddress } from "./calendar.tsx";
import { DigestMails } from "./digest.tsx";
import { Appearance, Sample } from "./device.tsx";
import { MailState } from "./mail.tsx";
import { People } from "./people.tsx";
import { Tokens } from "./tokens.tsx";
import { You } from "./you.tsx";
import "./settings.css";

export function Settings() {
  const { data: me } = useView("me");
  if (!me) return <p className="shell-wait">Opening…</p>;
  const isOwner = me.person.role === "owner";
  return (
    <>
      <h1>Settings</h1>
      <div className="settings">
        <You me={me} />
        <CalendarAddress />
        <DigestMails />
        {isOwner ? <People /> : null}
        {isOwner ? <Tokens /> : null}
        {isOwner ? <Seats /> : null}
        <MailState mail={me.mail} isOwner={isOwner} />
        <Appearance />
        {isOwner ? <Sample isLoaded={me.sample} /> : null}
        <Section title="This installation">
          <p>
            Duenotice {me.version}, {me.organisation}, {me.zone}. The server says it is{" "}
            <At iso={me.serverAt} />.
          </p>
        </Section>
      </div>
    </>
  );
}
