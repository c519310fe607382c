/**
 * The frame of a form for one command about a party: why it may not be sent, what
 * is wrong beside each field, and what somebody else has changed since.
 */

import { type ReactNode, useState } from "react";
import type { CommandType, InputOf } from "../../api/command.ts";
import { problemAt, useCommand } from "../api.ts";
import { barred } from "../barred.ts";
import { useContextOf } from "../policy-on-screen.ts";
import { ActForm } from "../ui/act-form.tsx";
import { Problems } from "../ui/field.tsx";

type Props<T extends CommandType> = {
  readonly title?: string;
  readonly type: T;
  /** The party; empty where the command makes it. */
  readonly id?: string;
  readonly input: InputOf<T>;
  readonly submit: string;
  /** The fields that show their own problems. */
  readonly beside: readonly string[];
  /** A reason of the form's own, before the server is asked. */
  readonly whyNot?: string | undefined;
  /** The party's version on screen, where it matters what was there. */
  readonly seen?: number;
  readonly onDone?: ((subject: string) => void) | undefined;
  readonly onClose: () => void;
  readonly children: (problem: (field: string) => string | undefined) => ReactNode;
};

export function PartyForm<T extends CommandType>(props: Props<T>) {
  const { title, type, id = "", input, submit, beside, whyNot, seen, onDone, onClose } = props;
  const sending = useCommand(type, id);
  const context = useContextOf("current");
  const [ifVersion] = useState(seen);
  const forbidden = context && barred({ context, asOf: undefined }, type);
  const send = async (): Promise<void> => {
    const options = ifVersion === undefined ? {} : { ifVersion };
    const accepted = await sending.send(input, options).catch(() => undefined);
    if (!accepted) return;
    onClose();
    onDone?.(accepted.subject);
  };
  return (
    <ActForm
      submit={submit}
      whyNot={forbidden ?? whyNot}
      pending={sending.pending}
      onSend={send}
      onClose={onClose}
    >
      {title === undefined ? null : <h2>{title}</h2>}
      {props.children((field) => problemAt(sending.problems, field))}
      <Problems problems={sending.problems} beside={beside} />
    </ActForm>
  );
}
