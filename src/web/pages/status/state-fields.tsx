/** The state of an event, and of the components that it names. */

import { useState } from "react";
import type { ViewOf } from "../../../api/view.ts";
import type { Problem } from "../../../core/problem.ts";
import {
  COMPONENT_STATES,
  type ComponentState,
  STATES_OF,
  type StatusKind,
  type StatusState,
} from "../../../core/status/state.ts";
import { COMPONENT_WORDS, STATUS_WORDS } from "../../../core/status/words.ts";
import { problemAt } from "../../api.ts";
import { SelectField } from "../../ui/field.tsx";

type Components = Readonly<Record<string, ComponentState>>;

export function useStates(kind: StatusKind, was?: StatusState, had: Components = {}) {
  const [state, setState] = useState<StatusState>(was ?? STATES_OF[kind][0] ?? "investigating");
  const [components, setComponents] = useState<Components>(had);
  return { state, setState, components, setComponents, given: { state, components } };
}

type Props = {
  readonly kind: StatusKind;
  readonly states: ReturnType<typeof useStates>;
  readonly page: ViewOf<"status">;
  readonly problems: readonly Problem[];
};

const NOT_NAMED = "";

export function StateFields({ kind, states, page, problems }: Props) {
  const { state, setState, components, setComponents } = states;
  const set = (id: string, value: string): void => {
    const { [id]: _, ...others } = components;
    setComponents(value === NOT_NAMED ? others : { ...others, [id]: value as ComponentState });
  };
  return (
    <>
      <SelectField
        label="State"
        value={state}
        choices={STATES_OF[kind].map((one) => ({ value: one, label: STATUS_WORDS[one] }))}
        onChange={(value) => setState(value as StatusState)}
        problem={problemAt(problems, "state")}
      />
      {page.components.map(({ id, name }) => (
        <SelectField
          key={id}
          label={name}
          value={components[id] ?? NOT_NAMED}
          choices={[
            { value: NOT_NAMED, label: "not concerned" },
            ...COMPONENT_STATES.map((one) => ({ value: one, label: COMPONENT_WORDS[one] })),
          ]}
          onChange={(value) => set(id, value)}
        />
      ))}
    </>
  );
}
