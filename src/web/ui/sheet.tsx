/**
 * Sheets: internal text sits on paper; anything that leaves sits on a white
 * sheet with an edge and its recipient's name, in dark mode too, because that is
 * what the recipient will see.
 */

import type { ReactNode } from "react";

export function OutwardSheet({
  recipient,
  children,
}: {
  readonly recipient: string;
  readonly children: ReactNode;
}) {
  return (
    <section className="outward" aria-label={`To ${recipient}`}>
      <p className="outward-to">To {recipient}</p>
      {children}
    </section>
  );
}

/** A part of a page: a heading, at most one sentence of state, its content. */
export function Section({
  title,
  says,
  side,
  children,
  id,
}: {
  readonly title: ReactNode;
  readonly says?: ReactNode;
  readonly side?: ReactNode;
  readonly children: ReactNode;
  readonly id?: string;
}) {
  return (
    <section className="section" id={id}>
      <header className="spread">
        <h2>{title}</h2>
        {side}
      </header>
      {says ? <p className="secondary">{says}</p> : null}
      {children}
    </section>
  );
}

/** What stands where nothing is: one sentence and what to do about it. */
export function Empty({
  children,
  act,
}: {
  readonly children: ReactNode;
  readonly act?: ReactNode;
}) {
  return (
    <div className="empty">
      <p>{children}</p>
      {act}
    </div>
  );
}
