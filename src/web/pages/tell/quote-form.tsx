/** Quote: a provider's words, taken over word for word with whose they are, of when and from where. */

import { useState } from "react";
import { formatUtc } from "../../../core/time/format.ts";
import type { Instant } from "../../../core/time/instant.ts";
import { quoteText } from "../../../core/notice/quote.ts";
import { useView } from "../../api.ts";
import { WhenField } from "../../forms/when-field.tsx";
import { ActForm } from "../../ui/act-form.tsx";
import { TextArea, TextField } from "../../ui/field.tsx";

type Props = {
  readonly incident: string;
  readonly onQuote: (text: string) => void;
  readonly onClose: () => void;
};

export function QuoteForm({ incident, onQuote, onClose }: Props) {
  const provider = useView("incident", { id: incident }).data?.providers[0]?.name;
  const [source, setSource] = useState<string>();
  const [saidAt, setSaidAt] = useState<Instant>();
  const [where, setWhere] = useState("");
  const [text, setText] = useState("");
  const made = quoteText({
    source: source ?? provider ?? "",
    said: saidAt === undefined ? "" : formatUtc(saidAt),
    where,
    text,
  });
  return (
    <ActForm
      submit="Put it in as a quotation"
      whyNot={made.ok ? undefined : made.problems[0].message}
      pending={false}
      onSend={async () => {
        if (!made.ok) return;
        onQuote(made.value);
        onClose();
      }}
      onClose={onClose}
    >
      <TextArea
        label="Their words, as they stand"
        autoFocus
        rows={4}
        value={text}
        onChange={setText}
      />
      <TextField label="Whose words" value={source ?? provider ?? ""} onChange={setSource} />
      <WhenField
        label="When they said it"
        hint="As their page or letter says."
        onChange={setSaidAt}
      />
      <TextField
        label="Where it stands"
        value={where}
        onChange={setWhere}
        hint="The address of their page, or their letter's reference. It goes along."
      />
    </ActForm>
  );
}
