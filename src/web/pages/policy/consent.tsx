/** Consent: why somebody publishes alone, and whether those who asked are told of it. */

import { Choices, TextField } from "../../ui/field.tsx";

export type Consent = { readonly alone: string; readonly tell: "yes" | "no" | undefined };

export type Needs = {
  /** Whether a reason is asked for. */
  readonly alone: boolean;
  /** How many asked to be told. */
  readonly subscribers: number;
};

export const NO_CONSENT: Consent = { alone: "", tell: undefined };

type Props = Needs & {
  readonly consent: Consent;
  readonly onChange: (consent: Consent) => void;
};

export function ConsentFields({ alone, subscribers, consent, onChange }: Props) {
  return (
    <>
      {alone ? (
        <TextField
          label="Why nobody else approves it"
          value={consent.alone}
          onChange={(value) => onChange({ ...consent, alone: value })}
          hint="Kept in the record for good. A sentence is enough."
        />
      ) : null}
      {subscribers > 0 ? (
        <Choices
          label={`${subscribers} asked to hear of new versions`}
          name="tell"
          value={consent.tell}
          choices={[
            { value: "yes", label: `Tell ${subscribers}` },
            { value: "no", label: "Tell nobody" },
          ]}
          onChange={(tell) => onChange({ ...consent, tell: tell as "yes" | "no" })}
        />
      ) : null}
    </>
  );
}

/** Why it may not be sent yet; undefined when it may. */
export const whyNotConsent = (
  consent: Consent,
  { alone, subscribers }: Needs,
): string | undefined =>
  alone && consent.alone.trim() === ""
    ? "Say why nobody else approves it: the reason is kept."
    : subscribers > 0 && consent.tell === undefined
      ? "Say whether those who asked are told."
      : undefined;

/** As the command has it. */
export const consentOf = (consent: Consent, { alone, subscribers }: Needs) => ({
  ...(alone ? { alone: consent.alone.trim() } : {}),
  ...(subscribers > 0 && consent.tell !== undefined ? { tell: consent.tell } : {}),
});
