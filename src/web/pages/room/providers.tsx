/** Providers that are involved: what they owe us runs beside what we owe others. */

import { lazy, Suspense } from "react";
import { Button } from "../../ui/button.tsx";
import { Part } from "./part.tsx";
import { barred } from "../../barred.ts";
import { refusal, useRoom } from "./room-state.tsx";

const ProviderWord = lazy(async () => ({
  default: (await import("./provider-word.tsx")).ProviderWord,
}));

export function Providers() {
  const room = useRoom();
  const { incident, open } = room;
  return (
    <Part
      title="Providers"
      act={
        <Button
          look="quiet"
          whyNot={barred(room, "InvolveProvider")}
          onClick={() => open({ kind: "involve" })}
        >
          Name one
        </Button>
      }
    >
      {incident.providers.length === 0 ? (
        <p className="secondary">No provider is recorded as involved.</p>
      ) : (
        <ul className="plain">
          {incident.providers.map(({ id, name }) => (
            <li key={id} className="spread">
              <span>
                {name}
                <Suspense>
                  <ProviderWord id={id} name={name} />
                </Suspense>
              </span>
              <Button
                look="quiet"
                whyNot={refusal(room, { type: "ClearProvider", provider: id, reason: "…" })}
                onClick={() => open({ kind: "clear-provider", provider: id })}
              >
                No part in it<span className="visually-hidden"> {name}</span>
              </Button>
            </li>
          ))}
        </ul>
      )}
    </Part>
  );
}
