/** The elements of a notice: one field each, with what is on record about it at hand. */

import { type ClipboardEvent, lazy, type ReactNode, Suspense, useState } from "react";
import { Button } from "../../ui/button.tsx";
import { whenReleased } from "../../ui/pressed.ts";
import { SelectField, TextArea, Tick } from "../../ui/field.tsx";
import { cleanPasted } from "./pasted.ts";
import type { DraftView, Letter } from "./use-letter.ts";

type Slot = DraftView["slots"][number];
type Props = {
  readonly incident: string;
  readonly draft: DraftView;
  readonly letter: Letter;
  readonly frozen: boolean;
};

/** From a word processor; as if it were typed, so that it can be taken back. */
function pasteClean(event: ClipboardEvent): void {
  const { clipboardData } = event;
  if (!clipboardData.types.includes("text/html")) return;
  event.preventDefault();
  document.execCommand("insertText", false, cleanPasted(clipboardData.getData("text/plain")));
}

const QuoteForm = lazy(async () => ({ default: (await import("./quote-form.tsx")).QuoteForm }));

export function Slots({ incident, draft, letter, frozen }: Props) {
  const [quoting, setQuoting] = useState<string>();
  const { written, write, save } = letter;
  const held = new Map(written.slots.map((slot) => [slot.element, slot]));
  const own = new Map(draft.elements.map((one) => [one.id, one]));
  // An element of a law or a controller is written with its name: the policy does not know it.
  const nameOf = (id: string): string | null => {
    const known = own.get(id);
    return known && (known.asks.length > 0 || id.startsWith("for-you-")) ? known.name : null;
  };
  const slotOf = (element: string): Slot =>
    held.get(element) ?? { element, text: "", unknown: false, name: nameOf(element), under: null };
  const change = (element: string, part: Partial<Slot>) =>
    write({
      slots: [
        ...written.slots.filter((slot) => slot.element !== element),
        { ...slotOf(element), ...part },
      ],
    });
  const isHere = ({ id, required }: DraftView["elements"][number]): boolean =>
    required || held.has(id);
  const left = draft.elements.filter((element) => !isHere(element));
  return (
    <ol className="plain stack slots">
      {draft.elements.filter(isHere).map((known) => {
        const { element, text, unknown, under } = slotOf(known.id);
        const others = draft.elements.filter(
          ({ id }) => id !== known.id && isHere(own.get(id) ?? known) && slotOf(id).under === null,
        );
        const wrong = draft.findings.find(
          // What nobody has written yet is missing, which the list says; beside it, it would nag.
          ({ at, level, code }) =>
            at === `/slots/${element}` && level === "block" && code !== "element-missing",
        );
        return (
          <li key={element} id={`slot-${element}`}>
            {nameOf(known.id) === null ? null : (
              <SelectField
                label={<Name name={known.name} isAsked={known.required || frozen} />}
                hint={known.says}
                value={under ?? ""}
                choices={[
                  { value: "", label: "Said here" },
                  ...others.map(({ id, name }) => ({ value: id, label: `Said under ${name}` })),
                ]}
                onChange={(value) => {
                  if (frozen) return;
                  change(element, { under: value === "" ? null : value, text: "", unknown: false });
                  void save();
                }}
              />
            )}
            {under !== null ? null : (
              <>
                <TextArea
                  label={<Name name={known.name} isAsked={known.required || frozen} />}
                  hint={nameOf(known.id) === null ? known.says : undefined}
                  rows={Math.min(8, Math.max(2, Math.ceil(text.length / 60)))}
                  value={text}
                  readOnly={frozen}
                  problem={frozen ? undefined : wrong?.message}
                  onChange={(value) => change(element, { text: value })}
                  onPaste={pasteClean}
                  onBlur={() => whenReleased(() => void save())}
                />
                <div className="line">
                  <Tick
                    label="Not known yet"
                    checked={unknown}
                    onChange={(value) => {
                      if (frozen) return;
                      change(element, { unknown: value });
                      void save();
                    }}
                  />
                  {frozen ? null : (
                    <Button look="quiet" onClick={() => setQuoting(known.id)}>
                      Quote somebody<span className="visually-hidden"> under {known.name}</span>
                    </Button>
                  )}
                  {known.suggested && text === "" && !frozen ? (
                    <Button
                      look="quiet"
                      onClick={() => {
                        change(element, { text: known.suggested ?? "" });
                        void save();
                      }}
                    >
                      Put in what is on record
                      <span className="visually-hidden"> for {known.name}</span>
                    </Button>
                  ) : null}
                </div>
                {quoting === known.id ? (
                  <Suspense fallback={<p className="secondary">One moment…</p>}>
                    <QuoteForm
                      incident={incident}
                      onClose={() => setQuoting(undefined)}
                      onQuote={(quote) => {
                        change(element, {
                          text: text === "" ? `${quote}\n` : `${text}\n${quote}\n`,
                        });
                        void save();
                      }}
                    />
                  </Suspense>
                ) : null}
              </>
            )}
          </li>
        );
      })}
      {left.length === 0 || frozen ? null : (
        <li className="line">
          <span className="secondary">Also:</span>
          {left.map(({ id, name }) => (
            <Button
              key={id}
              look="quiet"
              onClick={() => write({ slots: [...written.slots, slotOf(id)] })}
            >
              {name}
            </Button>
          ))}
        </li>
      )}
    </ol>
  );
}

function Name({ name, isAsked }: { readonly name: string; readonly isAsked: boolean }): ReactNode {
  return (
    <>
      {name} {isAsked ? null : <span className="secondary">not asked for by a clause</span>}
    </>
  );
}
