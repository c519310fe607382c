/** The sheet of keys behind `?`: what every key does on this page, read from the bindings themselves. */

import { bindings } from "./ui/keys.ts";
import { Dialog } from "./ui/dialog.tsx";

export function KeySheet({ onClose }: { readonly onClose: () => void }) {
  const groups = bindings
    .map((group) => [...group])
    .filter((group) => group.length > 0)
    .reverse();
  return (
    <Dialog title="Keys" open onClose={onClose}>
      {groups.map((group, index) => (
        // Groups have no name of their own; their order on screen is what tells them apart.
        <table key={index}>
          <tbody>
            {group.map(({ keys, says, whyNot }) => (
              <tr key={keys}>
                <td>
                  <kbd>{keys}</kbd>
                </td>
                <td>
                  {says}
                  {whyNot === undefined ? null : <small className="palette-why">{whyNot}</small>}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      ))}
      <p className="secondary">
        <kbd>Ctrl K</kbd> finds any place or act. Keys do nothing while you type.
      </p>
    </Dialog>
  );
}
