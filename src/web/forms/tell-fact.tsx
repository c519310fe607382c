/** Tell a fact that laws read: a number, a word, or the instant of a moment. */

import { useState } from "react";
import { factName, NUMBERS } from "../../core/law/profile-words.ts";
import { forecast } from "../pages/room/forecast.ts";
import { useRoom } from "../pages/room/room-state.tsx";
import { TextField } from "../ui/field.tsx";
import { ClocksForecast } from "./clocks-forecast.tsx";
import { CommandForm } from "./command-form.tsx";

export function TellFact({ name }: { readonly name: string }) {
  const { state, context } = useRoom();
  const [text, setText] = useState("");
  const isNumber = NUMBERS.includes(name);
  const value = isNumber ? Number(text) : text;
  const command = { type: "TellFact", name, value } as const;
  const isEmpty = text.trim() === "" || (isNumber && Number.isNaN(value));
  return (
    <CommandForm
      title={factName(name)}
      command={command}
      submit="Tell it"
      beside={["value"]}
      whyNot={isEmpty ? (isNumber ? "Write a number." : "Write what is known.") : undefined}
    >
      {(problem) => (
        <>
          <TextField
            label={factName(name)}
            autoFocus
            inputMode={isNumber ? "numeric" : "text"}
            value={text}
            onChange={setText}
            hint={`Laws read it as ${name}.`}
            problem={problem("value")}
          />
          {isEmpty ? null : <ClocksForecast result={forecast(state, command, context)} />}
        </>
      )}
    </CommandForm>
  );
}
