/**
 * Dialog: one at a time, never one on another. The platform's own element gives
 * focus, Escape and the inert page behind it.
 */

import { type ReactNode, useLayoutEffect, useRef } from "react";

export function Dialog({
  title,
  open,
  onClose,
  children,
}: {
  readonly title: string;
  readonly open: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
}) {
  const element = useRef<HTMLDialogElement>(null);
  // Before it is painted: what is typed at its sight is meant for it, and not for the page behind.
  useLayoutEffect(() => {
    if (open && !element.current?.open) {
      element.current?.showModal();
      // The platform takes the first control, which is "Close"; whoever came to write wants the field.
      element.current?.querySelector<HTMLElement>("input, select, textarea")?.focus();
    }
    if (!open) element.current?.close();
  }, [open]);
  if (!open) return null;
  return (
    <dialog
      ref={element}
      className="dialog"
      aria-label={title}
      onClose={onClose}
      onClick={(event) => event.target === element.current && onClose()}
    >
      <div className="dialog-inside">
        <header className="spread">
          <h2>{title}</h2>
          <button type="button" className="button button-quiet" onClick={onClose}>
            Close <kbd className="button-keys">Esc</kbd>
          </button>
        </header>
        {children}
      </div>
    </dialog>
  );
}
