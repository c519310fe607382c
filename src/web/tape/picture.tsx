/**
 * Picture: a tape that core drew, in the page.
 *
 * It is text, and says of each lane which obligation it is; what the pointer does
 * is found from that. Nothing in it can be dragged but the past: with Shift held,
 * the pointer asks for how things stood then.
 */

import { type PointerEvent, useRef, useState } from "react";
import { type Axis, instantAt } from "../../core/tape/axis.ts";
import type { Instant } from "../../core/time/instant.ts";

type Props = {
  readonly svg: string;
  readonly className?: string;
  readonly onPick?: (id: string) => void;
  /** Its hook was clicked: where its clock started. */
  readonly onHook?: ((id: string) => void) | undefined;
  readonly onPoint?: ((id: string | undefined) => void) | undefined;
  readonly scrub?: Scrub | undefined;
};

export type Scrub = {
  readonly axis: Axis;
  /** Where the lanes begin, in pixels. */
  readonly gutter: number;
  readonly says: (at: Instant) => string;
  readonly go: (at: Instant) => void;
};

const laneOf = (target: EventTarget): string | undefined =>
  (target as Element).closest<HTMLElement>("[data-id]")?.dataset["id"];

export function Picture({ svg, className = "", onPick, onHook, onPoint, scrub }: Props) {
  const [scrubbed, setScrubbed] = useState<{ readonly x: number; readonly at: Instant }>();
  const moved = useRef(false);
  const toInstant = (event: PointerEvent<HTMLElement>, { axis, gutter }: Scrub) => {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    const x = Math.max(gutter, Math.min(event.clientX - left, width));
    return { x, at: instantAt((x - gutter) / (width - gutter), axis) };
  };
  return (
    <div
      className={`tape-picture ${className}`}
      onClick={(event) => {
        const id = laneOf(event.target);
        const isHook = onHook && (event.target as Element).closest(".tape-hook") !== null;
        if (id !== undefined && !moved.current) (isHook ? onHook : onPick)?.(id);
        moved.current = false;
      }}
      onPointerOver={(event) => onPoint?.(laneOf(event.target))}
      onPointerLeave={() => onPoint?.(undefined)}
      onPointerDown={(event) => {
        if (!scrub || !event.shiftKey) return;
        event.preventDefault();
        event.currentTarget.setPointerCapture(event.pointerId);
        moved.current = true;
        setScrubbed(toInstant(event, scrub));
      }}
      onPointerMove={(event) => scrub && scrubbed && setScrubbed(toInstant(event, scrub))}
      onPointerUp={() => {
        if (scrubbed) scrub?.go(scrubbed.at);
        setScrubbed(undefined);
      }}
    >
      <div dangerouslySetInnerHTML={{ __html: svg }} />
      {scrubbed && scrub ? (
        <output className="tape-scrub" style={{ left: scrubbed.x }}>
          {scrub.says(scrubbed.at)}
        </output>
      ) : null}
    </div>
  );
}
