/**
 * When it happened: empty for now, else a local time in the zone on screen, with
 * the instant it means beside it. Typed times are never trusted unseen.
 */

import { useState } from "react";
import { formatBoth } from "../../core/time/format.ts";
import type { Instant } from "../../core/time/instant.ts";
import { parseWallTime } from "../../core/time/wall-time.ts";
import { TextField } from "../ui/field.tsx";
import { useTime } from "../ui/time.tsx";

type Props = {
  readonly label: string;
  /** What an empty field means. */
  readonly hint: string;
  readonly problem?: string | undefined;
  readonly onChange: (at: Instant | undefined) => void;
};

export function WhenField({ label, hint, problem, onChange }: Props) {
  const { zone } = useTime();
  const [text, setText] = useState("");
  const read = text === "" ? undefined : parseWallTime(text, zone);
  return (
    <TextField
      label={label}
      type="datetime-local"
      value={text}
      hint={read?.ok ? `That is ${formatBoth(read.value.at, zone)}.` : hint}
      problem={problem ?? (read && !read.ok ? read.problems[0].message : undefined)}
      onChange={(value) => {
        setText(value);
        const at = value === "" ? undefined : parseWallTime(value, zone);
        onChange(at?.ok ? at.value.at : undefined);
      }}
    />
  );
}
