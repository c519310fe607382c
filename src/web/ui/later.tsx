/**
 * Later: what may stand there a moment after the rest.
 *
 * A page drawn in one go answers nobody meanwhile. What is inside here is rendered
 * in pieces between which the browser takes keys and clicks, and is put into the
 * document by itself. Only the first time: once there, it changes with the page.
 */

import { type ReactNode, useDeferredValue } from "react";

export function Later({ children }: { readonly children: ReactNode }) {
  return useDeferredValue(true, false) ? children : null;
}
