/** The elements of a notice: one field each, with what is on record about it at hand. */

import type { ReactNode } from "react";
import { Button } from "../../ui/button.tsx";
import { TextArea, Tick } from "../../ui/field.tsx";
import type { DraftView, Letter } from "./use-letter.ts";

type Props = { readonly draft: DraftView; readonly letter: Letter; readonly frozen: boolean };

export function Slots({ draft, letter, frozen }: Props) {
  const { written, write, save } = letter;
  const held = new Map(written.slots.map((slot) => [slot.element, slot]));
  const slotOf = (element: string) => held.get(element) ?? { element, text: "", unknown: false };
  const change = (element: string, part: { text?: string; unknown?: boolean }) =>
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
        const { element, text, unknown } = slotOf(known.id);
        const wrong = draft.findings.find(
          // What nobody has written yet is missing, which the list says; beside it, it would nag.
          ({ at, level, code }) =>
            at === `/slots/${element}` && level === "block" && code !== "element-missing",
        );
        return (
          <li key={element} id={`slot-${element}`}>
            <TextArea
              label={<Name name={known.name} isAsked={known.required || frozen} />}
              hint={known.says}
              rows={Math.min(8, Math.max(2, Math.ceil(text.length / 60)))}
              value={text}
              readOnly={frozen}
              problem={frozen ? undefined : wrong?.message}
              onChange={(value) => change(element, { text: value })}
              onBlur={() => void save()}
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
              onClick={() =>
                write({ slots: [...written.slots, { element: id, text: "", unknown: false }] })
              }
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
