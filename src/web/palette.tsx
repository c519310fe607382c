/** The palette behind Ctrl K: every place, every act that has a key here, every incident not closed. */

import { Command } from "cmdk";
import { useEffect, useLayoutEffect, useState } from "react";
import { useView } from "./api.ts";
import { navigate } from "./navigation.tsx";
import { ROUTES } from "./paths.ts";
import { bindings } from "./ui/keys.ts";
import { Dialog } from "./ui/dialog.tsx";

type Props = { readonly onClose: () => void };

export function Palette({ onClose }: Props) {
  const open = useView("incidents", {}, { state: "open", limit: 50 });
  const resolved = useView("incidents", {}, { state: "resolved", limit: 50 });
  const incidents = [open, resolved].flatMap(({ data }) => data?.items ?? []);
  const [acts] = useState(() => bindings.flatMap((group) => [...group]).reverse());
  const [chosen, setChosen] = useState("");
  // Incidents may come after what was typed: with nothing chosen, Enter would do nothing.
  useEffect(() => {
    const [first] = document.querySelectorAll('.palette [cmdk-item]:not([aria-disabled="true"])');
    if (first && !document.querySelector('.palette [cmdk-item][aria-selected="true"]'))
      setChosen(first.getAttribute("data-value") ?? "");
  }, [incidents.length]);
  // An act may open a dialog of its own: never one on another.
  const run = (act: () => void) => () => {
    onClose();
    act();
  };
  useLayoutEffect(() => document.querySelector<HTMLInputElement>(".palette input")?.focus(), []);
  return (
    <Dialog title="Find or do" open onClose={onClose}>
      <Command
        className="palette"
        label="Find or do"
        filter={found}
        value={chosen}
        onValueChange={setChosen}
      >
        <Command.Input placeholder="A place, an act, an incident" />
        <Command.List>
          <Command.Empty>Nothing here is called that.</Command.Empty>
          <Command.Group heading="Here">
            {acts.map(({ keys, says, act, whyNot }) => (
              <Command.Item
                key={`${keys} ${says}`}
                value={`${says} ${keys}`}
                disabled={whyNot !== undefined}
                onSelect={run(act)}
              >
                <span>
                  {says}
                  {whyNot === undefined ? null : <small className="palette-why">{whyNot}</small>}
                </span>
                <kbd>{keys}</kbd>
              </Command.Item>
            ))}
          </Command.Group>
          <Command.Group heading="Incidents">
            {incidents.map(({ id, title }) => (
              <Command.Item
                key={id}
                value={`${id} ${title}`}
                onSelect={run(() => navigate({ to: ROUTES.incident, params: { id } }))}
              >
                <span>
                  {id} {title}
                </span>
              </Command.Item>
            ))}
          </Command.Group>
        </Command.List>
      </Command>
    </Dialog>
  );
}

/** Every word must stand in it; what begins with what was typed comes first: `INC-1` is that incident. */
function found(value: string, typed: string): number {
  const [text, sought] = [value.toLowerCase(), typed.trim().toLowerCase()];
  if (text.startsWith(sought)) return 1;
  return sought.split(/\s+/).every((word) => text.includes(word)) ? 0.5 : 0;
}
