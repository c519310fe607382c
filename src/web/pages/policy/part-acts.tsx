/** Part acts: what is done with a whole item of a list: up, down, away. One step back each. */

import { useEffect, useRef, useState } from "react";
import type { Path } from "../../../core/policy/places.ts";
import { mayGo } from "../../../core/policy/rename.ts";
import { Button } from "../../ui/button.tsx";
import { useForms } from "./part-edits.ts";
import { FieldProblem } from "../../ui/field.tsx";

type Props = {
  readonly list: Path;
  readonly index: number;
  readonly length: number;
  /** As it is read out: `SEV1`, `criterion 2`. */
  readonly name: string;
  /** What goes with the last one. */
  readonly gone?: Path | undefined;
};

export function ItemActs({ list, index, length, name, gone }: Props) {
  const { policy, edits, tell, isBeside } = useForms();
  const [problem, setProblem] = useState<string>();
  const place = useRef<HTMLSpanElement>(null);
  const pressed = useRef<string>(undefined);
  // What was moved is moved in the page too, and would lose the keyboard on its way.
  useEffect(() => {
    if (pressed.current === undefined) return;
    place.current?.querySelector<HTMLElement>(`[data-act="${pressed.current}"]`)?.focus();
    pressed.current = undefined;
  });
  const move = (act: "up" | "down"): void => {
    const to = act === "up" ? index - 1 : index + 1;
    pressed.current = act;
    const refused = edits.move(list, index, to);
    setProblem(refused);
    if (refused === undefined) tell(`“${name}” is now ${to + 1} of ${length}.`);
  };
  const mayBeTaken = isBeside ? undefined : mayGo(policy, list, index);
  const named = mayBeTaken?.ok === false ? mayBeTaken.problems[0].message : undefined;
  const away = (): void => {
    const row = place.current?.closest("li");
    const next = row?.nextElementSibling ?? row?.previousElementSibling;
    const after = next ?? row?.parentElement?.nextElementSibling;
    const refused = edits.remove(list, index, gone);
    setProblem(refused);
    if (refused === undefined) tell(`“${name}” is taken away. Ctrl Z brings it back.`);
    // The keyboard goes on with what stands there now.
    if (refused === undefined) after?.querySelector<HTMLElement>("button, textarea")?.focus();
  };
  return (
    <span className="line part-acts" ref={place}>
      {length > 1 ? (
        <>
          <Button
            look="quiet"
            data-act="up"
            aria-label={`Move up: ${name}`}
            whyNot={index === 0 ? "It is the first." : undefined}
            onClick={() => move("up")}
          >
            <span aria-hidden="true">↑</span>
          </Button>
          <Button
            look="quiet"
            data-act="down"
            aria-label={`Move down: ${name}`}
            whyNot={index === length - 1 ? "It is the last." : undefined}
            onClick={() => move("down")}
          >
            <span aria-hidden="true">↓</span>
          </Button>
        </>
      ) : null}
      <Button look="quiet" whyNot={named} onClick={away}>
        Take away<span className="visually-hidden"> {name}</span>
      </Button>
      <FieldProblem says={problem} inline />
    </span>
  );
}
