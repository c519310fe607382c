/**
 * Slow: a field over the draft. What is typed goes in when typing rests, or the field is
 * left: reading a policy at every letter would make the letters late.
 */

import { type ReactNode, useEffect, useRef, useState } from "react";
import { TextArea, TextField } from "../../ui/field.tsx";

const REST_MS = 250;

const waitingFields = new Set<() => void>();

/** What is typed anywhere and has not rested yet goes in now: before a step back, for one. */
export const flushSlow = (): void => {
  for (const flush of waitingFields) flush();
};

type Props = {
  readonly label: ReactNode;
  readonly value: string;
  /** Says what is wrong with it, where it could not be taken. */
  readonly onChange: (value: string) => string | undefined | void;
  readonly hint?: string | undefined;
  /** Several lines. */
  readonly area?: boolean;
  readonly type?: string;
  /** Lines that a field of several begins with. */
  readonly rows?: number;
  readonly problem?: string | undefined;
};

export function Slow({
  label,
  value,
  onChange,
  hint,
  area = false,
  type = "text",
  rows = 0,
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
  useEffect(() => {
    const now = flush.current;
    waitingFields.add(now);
    return () => {
      waitingFields.delete(now);
      now();
    };
  }, []);
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
      data-slow=""
      hint={hint}
      problem={refused ?? problem}
      {...(area ? { rows: rows || Math.min(24, typed.split("\n").length + 2) } : { type })}
    />
  );
}
