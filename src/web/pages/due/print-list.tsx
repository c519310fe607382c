/** The board on paper: a table of what is loaded, with absolute times. Made when it is printed. */

import { useEffect, useState } from "react";
import { flushSync } from "react-dom";
import { At } from "../../ui/time.tsx";
import { owedName } from "../../../core/tape/name.ts";
import { keyOf } from "./lines.ts";
import type { BoardRows } from "./use-board.ts";

export function PrintList({ board: { rows, total } }: { readonly board: BoardRows }) {
  const [isPrinted, setPrinted] = useState(false);
  useEffect(() => {
    // The page is laid out right after this, so the table must stand there by then.
    const before = (): void => flushSync(() => setPrinted(true));
    const after = (): void => setPrinted(false);
    addEventListener("beforeprint", before);
    addEventListener("afterprint", after);
    return () => {
      removeEventListener("beforeprint", before);
      removeEventListener("afterprint", after);
    };
  }, []);
  if (!isPrinted) return null;
  return (
    <table className="due-print">
      <caption>
        {rows.length} of {total ?? rows.length} obligations
      </caption>
      <thead>
        <tr>
          <th scope="col">Of</th>
          <th scope="col">What</th>
          <th scope="col">Due</th>
          <th scope="col">Stands</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((owed) => (
          <tr key={keyOf(owed)}>
            <td>{owed.subject.slice(owed.subject.indexOf("/") + 1)}</td>
            <td>{owedName(owed.duty, owed.recipient)}</td>
            <td>{owed.dueAt === null ? (owed.word ?? "") : <At iso={owed.dueAt} />}</td>
            <td>
              {owed.standing}
              {owed.originalDueAt === null ? null : (
                <>
                  , extended from <At iso={owed.originalDueAt} />
                </>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
