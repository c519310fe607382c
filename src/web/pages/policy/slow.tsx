/**
 * Slow: a field over the draft. What is typed goes in when typing rests, or the field is
 * left: reading a policy at every letter would make the letters late.
 */

import { useEffect, useRef, useState } from "react";
import { TextArea, TextField } from "../../ui/field.tsx";

const REST_MS = 250;

type Props = {
  readonly label: string;
  readonly value: string;
  /** Says what is wrong with it, where it could not be taken. */
  readonly onChange: (value: string) => string | undefined | void;
  readonly hint?: string;
  /** Several lines. */
  readonly area?: boolean;
  readonly type?: string;
  readonly problem?: string | undefined;
};

export function Slow({
  label,
  value,
  onChange,
  hint,
  area = false,
  type = "text",
  problem,
}: Props) {
  const [typed, setTyped] = useState(value);
  const [refused, setRefused] = useState<string>();
  const waiting = useRef<{ readonly text: string; readonly timer: number }>(undefined);
  const sent = useRef(value);
  const tell = useRef(onChange);
  tell.current = onChange;
  const flush = useRef(() => {
    const { text, timer } = waiting.current ?? {};
    clearTimeout(timer);
    waiting.current = undefined;
    if (text === undefined || text === sent.current) return;
    sent.current = text;
    setRefused(tell.current(text) ?? undefined);
  });
  useEffect(() => flush.current, []);
  // What comes back as it was sent is our own; anything else was changed elsewhere.
  useEffect(() => {
    if (value === sent.current || waiting.current !== undefined) return;
    sent.current = value;
    setTyped(value);
    setRefused(undefined);
  }, [value]);
  const Field = area ? TextArea : TextField;
  return (
    <Field
      label={label}
      value={typed}
      onChange={(text: string) => {
        setTyped(text);
        clearTimeout(waiting.current?.timer);
        waiting.current = { text, timer: window.setTimeout(() => flush.current(), REST_MS) };
      }}
      onBlur={() => flush.current()}
      hint={hint}
      problem={refused ?? problem}
      {...(area ? { rows: Math.min(24, typed.split("\n").length + 2) } : { type })}
    />
  );
}
