/**
 * Part add: a new item of a list, asked for what it must have and put in whole.
 *
 * Nothing of it is in the draft before that, and nothing is made up: what is offered (an id
 * from the name, office hours) is seen, and can be changed.
 */

import { useEffect, useMemo, useRef, useState } from "react";
import { fieldsAt, type Field, isShort } from "../../../core/policy/form-field.ts";
import { idFrom } from "../../../core/policy/import/ids.ts";
import { type Path, toPointer, valueAt } from "../../../core/policy/places.ts";
import { idKeyOf } from "../../../core/policy/rename.ts";
import type { Policy } from "../../../core/policy/policy.ts";
import { Button } from "../../ui/button.tsx";
import { FieldProblem, TextField } from "../../ui/field.tsx";
import { besideEdits, FormsOf, useForms } from "./part-edits.ts";
import { PartField } from "./part-field.tsx";
import { type Item, labelOf, titleOf } from "./part-words.ts";

export function AddItem({ list, noun }: { readonly list: Path; readonly noun: string }) {
  const [isOpen, setOpen] = useState(false);
  const opener = useRef<HTMLSpanElement>(null);
  const wasOpen = useRef(false);
  useEffect(() => {
    if (!isOpen && wasOpen.current) opener.current?.querySelector("button")?.focus();
    wasOpen.current = isOpen;
  }, [isOpen]);
  if (isOpen) return <NewItem list={list} noun={noun} onDone={() => setOpen(false)} />;
  return (
    <span className="part-add" ref={opener}>
      <Button look="quiet" onClick={() => setOpen(true)}>
        Add {/^[aeiou]/.test(noun) ? "an" : "a"} {noun}
      </Button>
    </span>
  );
}

const WEEK = ["mon", "tue", "wed", "thu", "fri"];

/** What is offered with a new item, to be changed. */
function offered(list: Path, policy: Policy): Item {
  if (list[0] !== "calendars" || list.length > 1) return {};
  return {
    zone: policy.calendars.find(({ zone }) => zone !== "undecided")?.zone ?? "UTC",
    windows: Object.fromEntries(WEEK.map((day) => [day, [["09:00", "17:00"]]])),
  };
}

type Props = { readonly list: Path; readonly noun: string; readonly onDone: () => void };

function NewItem({ list, noun, onDone }: Props) {
  const forms = useForms();
  const [item, setItem] = useState<Item>(() => offered(list, forms.policy));
  const [problem, setProblem] = useState<string>();
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    form.current?.querySelector<HTMLElement>("input, select, textarea")?.focus();
  }, []);
  const now = useRef(item);
  now.current = item;
  const path = useMemo(() => [...list, NEW], [list.join("/")]);
  const beside = useMemo(() => {
    const put = (next: unknown): void => {
      now.current = next as Item;
      setItem(next as Item);
    };
    return besideEdits(path, () => now.current, put);
  }, [path]);
  const idKey = idKeyOf(list);
  const asked = askedFor(list);
  const hasId = asked.some(({ key }) => key === idKey);
  const { [idKey]: typedId = idOffered(item, list, forms.policy), ...rest } = item;
  const whole = hasId ? { [idKey]: typedId, ...rest } : item;
  const missing = asked.find(({ key, isOptional }) => !isOptional && isBlank((whole as Item)[key]));
  const add = (): void => {
    if (missing !== undefined) {
      setProblem(`It needs more first: ${labelOf([...path, missing.key]).toLowerCase()}.`);
      return;
    }
    const refused = forms.edits.add(list, inOrder(whole as Item, list));
    setProblem(refused);
    if (refused !== undefined) return;
    forms.tell(`“${titleOf(whole as Item) || noun}” is added. Ctrl Z takes it back.`);
    onDone();
  };
  return (
    <form
      ref={form}
      className="stack part-form part-adding"
      aria-label={`New ${noun}`}
      onSubmit={(event) => {
        event.preventDefault();
        add();
      }}
    >
      <FormsOf value={{ ...forms, edits: beside, isBeside: true, findings: [], at: undefined }}>
        {asked.map((field) =>
          field.key === idKey && hasId ? (
            <TextField
              key={field.key}
              label="Id, which everything cites"
              value={String(typedId)}
              onChange={(id) => beside.set([...path, idKey], id)}
              autoCapitalize="off"
              spellCheck={false}
            />
          ) : (
            <PartField
              key={field.key}
              field={field}
              path={[...path, field.key]}
              value={item[field.key]}
            />
          ),
        )}
      </FormsOf>
      <FieldProblem says={problem} />
      <span className="line">
        <Button type="submit" look="first">
          Add the {noun}
        </Button>
        <Button look="quiet" onClick={onDone}>
          Not now
        </Button>
      </span>
    </form>
  );
}

/** From its name, and one that is not taken. */
function idOffered(item: Item, list: Path, policy: Policy): string {
  const idKey = idKeyOf(list);
  const name = titleOf({ ...item, [idKey]: "" });
  const others = (valueAt(policy, toPointer(list)) ?? []) as readonly Item[];
  const taken = new Set(others.map((one) => String(one[idKey])));
  return name.trim() === "" ? "" : idFrom(name, taken, "");
}

/** Where it will stand is not known yet; a list has no item so far down. */
const NEW = 1_000_000;

const isBlank = (value: unknown): boolean =>
  value === undefined || value === "" || (Array.isArray(value) && value.length === 0);

/** What it must have, its name first; of a short one all that it may have. */
function askedFor(list: Path): readonly Field[] {
  const fields = fieldsAt([...list, 0]);
  const idKey = idKeyOf(list);
  const asked = isShort(list) ? fields : fields.filter(({ isOptional }) => !isOptional);
  const named = asked.find(({ key }) => ["name", "ask", "says"].includes(key));
  const id = asked.find(({ key }) => key === idKey);
  const first = [named, id].filter((field) => field !== undefined);
  return [...first, ...asked.filter((field) => !first.includes(field))];
}

/** As the format has it, whatever was typed first. */
const inOrder = (item: Item, list: Path): Item =>
  Object.fromEntries(
    fieldsAt([...list, 0]).flatMap(({ key }) => (isBlank(item[key]) ? [] : [[key, item[key]]])),
  );
