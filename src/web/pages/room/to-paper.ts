/**
 * To paper: Ctrl P in the room leads to the page that holds every line, and prints
 * when all are there. The browser's own printing would have only what is near the
 * screen, and cannot be made to wait.
 */

import { useLayoutEffect } from "react";
import { navigate } from "../../navigation.tsx";
import { ROUTES } from "../../paths.ts";

export const toPaper = (id: string, asOf: string | undefined): void =>
  navigate({ to: ROUTES.paper, params: { id }, search: { asOf } });

export function usePrintKey(id: string, asOf: string | undefined): void {
  useLayoutEffect(() => {
    const press = (event: KeyboardEvent): void => {
      const isPrint = event.key.toLowerCase() === "p" && (event.ctrlKey || event.metaKey);
      if (!isPrint || event.shiftKey || event.altKey) return;
      event.preventDefault();
      toPaper(id, asOf);
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  }, [id, asOf]);
}
