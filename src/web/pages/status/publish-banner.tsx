/** Publish a banner: the fields, what speaks against them, and how it will look. */

import { useState } from "react";
import { BANNER_LEVELS, type BannerLevel } from "../../../core/banner/banner.ts";
import { type Instant, toIso } from "../../../core/time/instant.ts";
import { given } from "../../forms/command-form.tsx";
import { WhenField } from "../../forms/when-field.tsx";
import { problemAt, useCommand } from "../../api.ts";
import { ActForm } from "../../ui/act-form.tsx";
import { Problems, SelectField, TextArea, TextField } from "../../ui/field.tsx";
import { OutwardSheet } from "../../ui/sheet.tsx";
import { useWords } from "./use-words.ts";
import { blockedBy, overridesOf, WordsChecked } from "./words-checked.tsx";

const LEVEL_WORDS: Readonly<Record<BannerLevel, string>> = {
  info: "for information",
  warning: "a warning",
  critical: "critical",
};

export function PublishBanner({ onClose }: { readonly onClose: () => void }) {
  const sending = useCommand("PublishBanner");
  const [text, setText] = useState("");
  const [level, setLevel] = useState<BannerLevel>("info");
  const [audience, setAudience] = useState("everyone");
  const [link, setLink] = useState("");
  const [linkText, setLinkText] = useState("");
  const [endsAt, setEndsAt] = useState<Instant>();
  const [reasons, setReasons] = useState<Readonly<Record<string, string>>>({});
  const findings = useWords(linkText, text, audience) ?? [];
  const { problems } = sending;
  const send = async (): Promise<void> => {
    if (endsAt === undefined) return;
    const overrides = overridesOf(findings, reasons);
    const said = { text, level, audience, endsAt: toIso(endsAt) };
    const more = { ...given("link", link), ...given("linkText", linkText) };
    const kept = overrides.length === 0 ? {} : { overrides: [...overrides] };
    if (await sending.send({ ...said, ...more, ...kept }).catch(() => undefined)) onClose();
  };
  const whyNot =
    text.trim() === ""
      ? "Write what it says first."
      : endsAt === undefined
        ? "Say when it ends: a banner without an end is never taken down."
        : blockedBy(findings, reasons).length > 0
          ? "Something in it must not be read there: see the checks."
          : undefined;
  return (
    <div className="status-write">
      <ActForm
        submit={audience === "everyone" ? "Show it to everybody" : `Show it to ${audience}`}
        whyNot={whyNot}
        pending={sending.pending}
        onSend={send}
        onClose={onClose}
      >
        <h2>A new banner</h2>
        <Problems problems={problems} beside={["text", "audience", "link", "endsAt"]} />
        <TextArea
          label="What it says"
          rows={3}
          maxLength={300}
          value={text}
          onChange={setText}
          problem={problemAt(problems, "text")}
        />
        <SelectField
          label="Level"
          value={level}
          choices={BANNER_LEVELS.map((one) => ({ value: one, label: LEVEL_WORDS[one] }))}
          onChange={(value) => setLevel(value as BannerLevel)}
        />
        <TextField
          label="For whom"
          hint="everyone, a word of yours like eu-region, or customer:cus_…"
          value={audience}
          onChange={setAudience}
          problem={problemAt(problems, "audience")}
        />
        <TextField
          label="Link (optional)"
          hint="https://…"
          value={link}
          onChange={setLink}
          problem={problemAt(problems, "link")}
        />
        <TextField label="Words of the link (optional)" value={linkText} onChange={setLinkText} />
        <WhenField
          label="It ends"
          hint="By itself, 31 days from now at the latest."
          problem={problemAt(problems, "endsAt")}
          onChange={setEndsAt}
        />
        <WordsChecked
          findings={findings}
          reasons={reasons}
          onReason={(code, reason) => setReasons({ ...reasons, [code]: reason })}
        />
      </ActForm>
      <OutwardSheet recipient={audience || "everyone"}>
        <BannerLook
          text={text || "…"}
          level={level}
          link={link === "" ? null : link}
          linkText={linkText === "" ? null : linkText}
        />
      </OutwardSheet>
    </div>
  );
}

type Look = {
  readonly text: string;
  readonly level: BannerLevel;
  readonly link: string | null;
  readonly linkText: string | null;
};

/** As the script shows it; the link leads nowhere here. */
export const BannerLook = ({ text, level, link, linkText }: Look) => (
  <p className={`banner-look banner-${level}`}>
    {text} {link === null ? null : <u>{linkText ?? "More"}</u>}
  </p>
);
