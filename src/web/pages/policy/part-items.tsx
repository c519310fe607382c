/**
 * Part items: a list of what a policy declares, each item with its form; within a form a list
 * of its own, of the same kind.
 */

import { useEffect, useRef, useState } from "react";
import { type Field, fieldsAt, isShort } from "../../../core/policy/form-field.ts";
import { nounOf } from "../../../core/policy/parts.ts";
import { type Path, toPointer } from "../../../core/policy/places.ts";
import type { PolicyCalendar } from "../../../core/policy/policy.ts";
import { idKeyOf } from "../../../core/policy/rename.ts";
import { textIn } from "../../../core/text.ts";
import { Button } from "../../ui/button.tsx";
import { SeverityMark } from "../../ui/mark.tsx";
import { AddItem } from "./part-add.tsx";
import { ItemActs } from "./part-acts.tsx";
import { rowKey, useForms, useFound } from "./part-edits.ts";
import { PartField } from "./part-field.tsx";
import { OrAbsent } from "./part-absent.tsx";
import { NewMap } from "./part-map.tsx";
import { HolidaysOf } from "./part-holidays.tsx";
import { Rename } from "./part-rename.tsx";
import { type Item, labelOf, summaryOf, titleOf } from "./part-words.ts";
import { FieldProblem } from "../../ui/field.tsx";

type ListProps = { readonly field: Field; readonly path: Path; readonly value: unknown };

/** More than this and a list is folded, so that the form around it can be seen. */
const OPEN_MAX = 8;

export function Items({ field, path, value }: ListProps) {
  const { at } = useForms();
  const items = (Array.isArray(value) ? value : []) as readonly Item[];
  const problem = useFound(path, false);
  const noun = nounOf(field.key);
  const keys = keysOf(items, path);
  const isWithin = at?.startsWith(`${toPointer(path)}/`) === true;
  const shown = (
    <ol className="plain part-items" data-short={isShort(path) ? "" : undefined}>
      {items.map((item, index) => {
        const row = { item, list: path, index, length: items.length, isOptional: field.isOptional };
        return isShort(path) ? (
          <ShortRow key={keys[index]} {...row} noun={noun} />
        ) : (
          <Row key={keys[index]} {...row} noun={noun} />
        );
      })}
    </ol>
  );
  return (
    <>
      <FieldProblem says={problem} stands />
      {path.length > 1 && items.length > OPEN_MAX ? (
        <details open={isWithin}>
          <summary>
            {items.length} {labelOf(path).toLowerCase()}
          </summary>
          {shown}
        </details>
      ) : (
        shown
      )}
      <AddItem list={path} noun={noun} />
    </>
  );
}

/** Each item by its id, so that what is open stays with it when it moves. */
function keysOf(items: readonly Item[], list: Path): readonly string[] {
  const told = new Map<string, number>();
  return items.map((item, index) => {
    const id = textIn(item[idKeyOf(list)] ?? item["date"]) || `at ${index}`;
    const times = told.get(id) ?? 0;
    told.set(id, times + 1);
    return `${id} ${times}`;
  });
}

type RowProps = {
  readonly item: Item;
  readonly list: Path;
  readonly index: number;
  readonly length: number;
  readonly noun: string;
  readonly isOptional: boolean;
};

function Row({ item, list, index, length, noun, isOptional }: RowProps) {
  const { policy, at, findings, renamed } = useForms();
  const path = [...list, index];
  const pointer = toPointer(path);
  const isWanted = at !== undefined && `${at}/`.startsWith(`${pointer}/`);
  const id = textIn(item[idKeyOf(list)]);
  const [isOpen, setOpen] = useState(isWanted || renamed.key === rowKey(list, id));
  const place = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (!isWanted) return;
    setOpen(true);
    place.current?.scrollIntoView({ block: "nearest" });
  }, [isWanted, at]);
  const found = findings.filter((one) => `${one.at}/`.startsWith(`${pointer}/`)).length;
  const title = titleOf(item);
  const name = title === "" ? `${noun} ${index + 1}` : title;
  return (
    <li ref={place} className="part-item" data-open={isOpen ? "" : undefined}>
      <header className="part-head">
        <div className="part-about">
          <p className="part-title">
            {list[0] === "severities" ? (
              <SeverityMark severity={{ name: title, rank: index + 1, of: length }} />
            ) : (
              <strong>{name}</strong>
            )}{" "}
            {id === "" ? null : <code className="secondary">{id}</code>}
            {found > 0 && !isOpen ? (
              <span className="risk strong part-found">
                {" "}
                {found} {found === 1 ? "finding" : "findings"}
              </span>
            ) : null}
          </p>
          {isOpen ? null : <p className="secondary part-says">{summaryOf(list, item, policy)}</p>}
        </div>
        <span className="line part-tools">
          <Button look="quiet" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
            {isOpen ? "Done" : "Change"}
            <span className="visually-hidden"> {name}</span>
          </Button>
          <ItemActs {...{ list, index, length, name }} gone={isOptional ? list : undefined} />
        </span>
      </header>
      {isOpen ? <ItemForm item={item} list={list} index={index} noun={noun} /> : null}
    </li>
  );
}

/** A date and its name: no more than a line. */
function ShortRow({ item, list, index, length, noun, isOptional }: RowProps) {
  const path = [...list, index];
  const problem = useFound(path, false);
  const name = textIn(item["date"] ?? item["from"]) || `${noun} ${index + 1}`;
  return (
    <li className="part-short">
      {fieldsAt(path).map((field) => (
        <PartField
          key={field.key}
          field={unhinted(field)}
          path={[...path, field.key]}
          value={item[field.key]}
        />
      ))}
      <ItemActs {...{ list, index, length, name }} gone={isOptional ? list : undefined} />
      <FieldProblem says={problem} stands />
    </li>
  );
}

/** What a date is needs no sentence in each line. */
const unhinted = ({ hint: _, ...field }: Field): Field => field;

type FormProps = {
  readonly item: Item;
  readonly list: Path;
  readonly index: number;
  readonly noun: string;
};

export function ItemForm({ item, list, index, noun }: FormProps) {
  const path = [...list, index];
  const idKey = idKeyOf(list);
  const problem = useFound(path, false);
  const idProblem = useFound([...path, idKey]);
  const fields = fieldsAt(path).filter(({ key }) => key !== idKey || list[0] === "providers");
  return (
    <div className="stack part-form">
      <FieldProblem says={problem} stands />
      {idKey in item ? (
        <Rename
          list={list}
          index={index}
          id={String(item[idKey])}
          noun={noun}
          problem={idProblem}
        />
      ) : null}
      <Fields fields={fields} path={path} value={item} />
      {list[0] === "calendars" ? (
        <HolidaysOf calendar={item as PolicyCalendar} index={index} />
      ) : null}
    </div>
  );
}

type FieldsProps = {
  readonly fields: readonly Field[];
  readonly path: Path;
  readonly value: Item | undefined;
};

/** The fields of a map, with the maps and the lists within it. */
export function Fields({ fields, path, value }: FieldsProps) {
  return (
    <>
      {fields.map((field) => (
        <AnyField
          key={field.key}
          field={field}
          path={[...path, field.key]}
          value={value?.[field.key]}
        />
      ))}
    </>
  );
}

function AnyField({ field, path, value }: ListProps) {
  const { is } = field.wants;
  if (is !== "map" && is !== "items") return <PartField {...{ field, path, value }} />;
  const inner = is === "map" ? fieldsAt(path) : [];
  const [only] = inner;
  // A map of one list is that list: what a claim sets once it is confirmed.
  if (only && inner.length === 1 && only.wants.is === "lines")
    return (
      <PartField
        field={only}
        {...(field.isOptional ? { gone: path } : {})}
        path={[...path, only.key]}
        value={(value as Item | undefined)?.[only.key]}
        label={labelOf(path)}
      />
    );
  return (
    <fieldset className="part-group">
      <legend>{labelOf(path)}</legend>
      {field.hint ? <p className="field-hint">{field.hint}</p> : null}
      {is === "items" ? (
        <Items {...{ field, path, value }} />
      ) : field.mayBeAbsent ? (
        <OrAbsent path={path} value={value} label={labelOf(path)}>
          {(said, done) =>
            said === undefined ? (
              <NewMap path={path} onDone={done} />
            ) : (
              <Fields fields={inner} path={path} value={said as Item} />
            )
          }
        </OrAbsent>
      ) : (
        <Fields fields={inner} path={path} value={value as Item | undefined} />
      )}
      {is === "map" ? <TakeMap {...{ field, path, value }} /> : null}
    </fieldset>
  );
}

/** What need not be there at all goes as a whole. */
export function TakeMap({ field, path, value }: ListProps) {
  const { edits } = useForms();
  if (!field.isOptional || value === undefined) return null;
  return (
    <span className="part-add">
      <Button look="quiet" onClick={() => void edits.set(path, undefined)}>
        Take away<span className="visually-hidden"> {labelOf(path)}</span>
      </Button>
    </span>
  );
}
