/**
 * Broken: a page that fails to draw says so, and leaves the way to the others open.
 *
 * Without this a fault in one page would take all of them off the screen until a
 * reload. It mends nothing and hides nothing: the fault still reaches the console.
 */

import { Component, type ReactNode } from "react";
import { Button } from "./ui/button.tsx";

type Props = { readonly route: string | undefined; readonly children: ReactNode };
type State = { readonly fault?: string | undefined };

export class Broken extends Component<Props, State> {
  override state: State = {};

  static getDerivedStateFromError(fault: unknown): State {
    return { fault: fault instanceof Error ? fault.message : String(fault) };
  }

  override componentDidCatch(fault: unknown): void {
    // Told to whoever watches the console, as an uncaught one would be.
    reportError(fault);
  }

  /** Another page is another chance. */
  override componentDidUpdate({ route }: Props): void {
    if (route !== this.props.route && this.state.fault !== undefined)
      this.setState({ fault: undefined });
  }

  override render(): ReactNode {
    const { fault } = this.state;
    if (fault === undefined) return this.props.children;
    return (
      <div role="alert">
        <h1>This page could not be drawn</h1>
        <p>
          The fault is in Duenotice, not in what you did, and nothing on record is touched by it.
          The other pages work.
        </p>
        <p className="mono">{fault}</p>
        <Button onClick={() => location.reload()}>Draw it again</Button>
      </div>
    );
  }
}
