/** Calendar: the secret address under which one's own calendar program reads what is due. */

import { useState } from "react";
import type { CalendarState } from "../../../api/access.ts";
import { Button } from "../../ui/button.tsx";
import { Problems } from "../../ui/field.tsx";
import { Section } from "../../ui/sheet.tsx";
import { At } from "../../ui/time.tsx";
import { useAct, useAnswer } from "./access-calls.ts";
import { Once } from "./once.tsx";

export function CalendarAddress() {
  const { data } = useAnswer<CalendarState>("/me/calendar");
  const { problems, send } = useAct();
  const [address, setAddress] = useState<string>();
  const make = async (): Promise<void> => {
    const answer = await send<{ readonly address: string }>("/me/calendar/make");
    if (answer) setAddress(answer.address);
  };
  const revoke = async (): Promise<void> => {
    if (await send("/me/calendar/revoke")) setAddress(undefined);
  };
  const createdAt = data?.createdAt ?? null;
  return (
    <Section
      title="Calendar"
      says="Every open deadline in your calendar program: severity, kind of duty and reference, and nothing else."
    >
      {createdAt === null ? (
        <p>You have no calendar address.</p>
      ) : (
        <p>
          Your address was made <At iso={createdAt} />,{" "}
          {data?.lastReadAt ? (
            <>
              last read <At iso={data.lastReadAt} relative />.
            </>
          ) : (
            "and has not been read yet."
          )}
        </p>
      )}
      {address === undefined ? null : (
        <Once
          text={address}
          says="This is the only time it is shown. Subscribe to it in your calendar program; whoever has it can read it."
        />
      )}
      <div className="line">
        <Button onClick={() => void make()}>
          {createdAt === null ? "Make an address" : "Make another; this one ends"}
        </Button>
        {createdAt === null ? null : (
          <Button look="quiet" onClick={() => void revoke()}>
            Revoke
          </Button>
        )}
      </div>
      <Problems problems={problems} />
    </Section>
  );
}
