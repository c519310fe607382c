/**
 * Erase the private text of an entry, for an owner: the text goes for good, the
 * proof that the entry was there stays. Not an incident's own command, so it has
 * its own frame.
 */

import { problemAt, useCommand } from "../api.ts";
import { barred } from "../barred.ts";
import { useRoom } from "../pages/room/room-state.tsx";
import { PRIVATE_FIELDS } from "../../core/event.ts";
import { ActForm } from "../ui/act-form.tsx";
import { Problems, TextArea, useDraft } from "../ui/field.tsx";

type Props = {
  readonly entry: string;
  readonly version: number;
  readonly type: string;
  readonly says: string;
};

export function EraseEntry({ entry, version, type, says }: Props) {
  const room = useRoom();
  const command = useCommand("EraseEntry", entry);
  const [basis, setBasis, forget] = useDraft(`erase-${entry}`, "");
  const fields: readonly string[] = PRIVATE_FIELDS[type as keyof typeof PRIVATE_FIELDS] ?? [];
  const close = (): void => room.open(undefined);
  const erase = async (): Promise<void> => {
    const paths = fields.map((field) => `/${field}`);
    if (!(await command.send({ paths, basis }).catch(() => undefined))) return;
    forget();
    close();
  };
  const cannot =
    barred(room, "EraseEntry") ??
    (fields.length === 0
      ? "This entry holds no private text."
      : basis.trim() === ""
        ? "Say why it is erased and on which legal basis: that is kept."
        : undefined);
  return (
    <ActForm
      submit="Erase this text for good"
      whyNot={cannot}
      pending={command.pending}
      onSend={erase}
      onClose={close}
    >
      <h2>Erase the text of entry {version}</h2>
      <p className="quote">{says}</p>
      <p>
        The text is deleted for good, here and in every later export. That the entry was written,
        when and by whom stays, and so does its proof.
      </p>
      <TextArea
        label="Why, and on which legal basis"
        autoFocus
        rows={2}
        value={basis}
        onChange={setBasis}
        problem={problemAt(command.problems, "basis")}
      />
      <Problems problems={command.problems} beside={["basis"]} />
    </ActForm>
  );
}
