/** Record a signal by hand: `C` anywhere. What somebody said on the phone counts like any alert. */

import { problemAt, useCommand } from "../api.ts";
import { navigate } from "../navigation.tsx";
import { ROUTES } from "../paths.ts";
import { usePolicy } from "../policy-on-screen.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Problems, SelectField, TextArea, TextField, useDraft } from "../ui/field.tsx";

export function RecordSignal({ onClose }: { readonly onClose: () => void }) {
  const command = useCommand("RecordSignal");
  const policy = usePolicy("current");
  const [title, setTitle, forgetTitle] = useDraft("signal-title", "");
  const [text, setText, forgetText] = useDraft("signal-text", "");
  const [channel, setChannel] = useDraft("signal-channel", "");
  const channels = policy?.policy.channels.filter(({ direction }) => direction === "in") ?? [];

  const record = async (): Promise<void> => {
    const chosen =
      channel || channels.find(({ kind }) => kind === "operator")?.id || channels[0]?.id;
    const accepted = await command
      .send({ title, ...(text === "" ? {} : { text }), ...(chosen ? { channel: chosen } : {}) })
      .catch(() => undefined);
    if (!accepted) return;
    forgetTitle();
    forgetText();
    onClose();
    navigate({
      to: ROUTES.signal,
      params: { id: accepted.subject.replace(/^signal\//, "") },
    });
  };

  return (
    <Dialog title="Record a signal" open onClose={onClose}>
      <form className="stack" onSubmit={(event) => (event.preventDefault(), void record())}>
        <Problems problems={command.problems} beside={["title", "text", "channel"]} />
        <TextField
          label="What came in"
          autoFocus
          value={title}
          onChange={setTitle}
          problem={problemAt(command.problems, "title")}
        />
        <TextArea
          label="What they said, or what you saw"
          value={text}
          onChange={setText}
          problem={problemAt(command.problems, "text")}
        />
        <SelectField
          label="How it came"
          value={channel || (channels.find(({ kind }) => kind === "operator")?.id ?? "")}
          choices={channels.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={setChannel}
          problem={problemAt(command.problems, "channel")}
        />
        <div>
          <Button
            type="submit"
            look="first"
            whyNot={
              title.trim() === ""
                ? "Say in a few words what came in."
                : command.pending
                  ? "One moment."
                  : undefined
            }
          >
            Record it as received now
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
