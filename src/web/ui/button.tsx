/**
 * Button: its label states the consequence ("Send 3 mails as Ana Keller").
 *
 * A button that may not be pressed is there, greyed, and says why: to the
 * pointer, to the keyboard and to a screen reader alike. It therefore stays
 * focusable: `disabled` would take the reason away from whoever needs it.
 */

import { type ButtonHTMLAttributes, type ReactNode, useId } from "react";

type Props = Omit<ButtonHTMLAttributes<HTMLButtonElement>, "disabled"> & {
  /** Why it may not be pressed now; undefined when it may. */
  readonly whyNot?: string | undefined;
  readonly look?: "first" | "plain" | "quiet";
  readonly keys?: string;
  readonly children: ReactNode;
};

export function Button({
  whyNot,
  look = "plain",
  keys,
  children,
  onClick,
  type = "button",
  ...rest
}: Props) {
  const id = useId();
  const blocked = whyNot !== undefined;
  return (
    <span className="button-place">
      <button
        {...rest}
        type={blocked ? "button" : type}
        className={`button button-${look}`}
        aria-disabled={blocked || undefined}
        aria-describedby={blocked ? id : undefined}
        aria-keyshortcuts={keys}
        onClick={blocked ? (event) => event.preventDefault() : onClick}
      >
        {children}
        {keys ? <kbd className="button-keys">{keys}</kbd> : null}
      </button>
      {blocked ? (
        <span role="tooltip" id={id} className="button-why">
          {whyNot}
        </span>
      ) : null}
    </span>
  );
}
