/** A part of what is known: a heading, what may be done, what is so. */

import type { ReactNode } from "react";

export function Part({
  title,
  act,
  children,
}: {
  readonly title: string;
  readonly act?: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <section className="part">
      <header className="spread">
        <h2>{title}</h2>
        {act}
      </header>
      {children}
    </section>
  );
}
