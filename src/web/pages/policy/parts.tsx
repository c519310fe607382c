/**
 * Parts: what the policy declares beside its promises, each in a form over the source.
 *
 * The forms are drawn from the schema; the draft behind them is the one text of the studio, so
 * that a change is seen in document, clauses and source at once, and each press is one step
 * back.
 */

import type { ReactNode } from "react";
import { fieldAt, fieldsAt } from "../../../core/policy/form-field.ts";
import type { PolicyDocument } from "../../../core/policy/parse/parse.ts";
import { PARTS, nounOf, partOf } from "../../../core/policy/parts.ts";
import { fromPointer, valueAt } from "../../../core/policy/places.ts";
import { Link, useSearch } from "../../navigation.tsx";
import { ROUTES } from "../../paths.ts";
import { Button } from "../../ui/button.tsx";
import { Section } from "../../ui/sheet.tsx";
import { OverDraft } from "./over-draft.tsx";
import { Fields, ItemForm, Items, TakeMap } from "./part-items.tsx";
import { PartField } from "./part-field.tsx";
import { type Item, labelOf, titleOf } from "./part-words.ts";
import type { Tab } from "./studio.tsx";

export function Parts({ draft, reading }: Tab) {
  const search = useSearch();
  const at = search["at"];
  const wanted = at === undefined ? undefined : partOf(fromPointer(at))?.id;
  const [first] = PARTS;
  const part = PARTS.find(({ id }) => id === (search["part"] ?? wanted)) ?? first;
  return (
    <div className="parts">
      <nav className="part-nav" aria-label="Parts">
        {PARTS.map(({ id, name, keys }) => {
          const found = reading.findings.filter((one) =>
            keys.includes(String(fromPointer(one.at)[0])),
          ).length;
          return (
            <Link
              key={id}
              to={ROUTES.policyParts}
              search={{ part: id }}
              aria-current={id === part?.id ? "page" : undefined}
            >
              {name}
              {found > 0 ? <span className="risk strong"> {found}</span> : null}
            </Link>
          );
        })}
      </nav>
      <OverDraft draft={draft} reading={reading} at={at}>
        {(document) =>
          part?.keys.map((key) => <Key key={key} name={key} document={document} />) ?? null
        }
      </OverDraft>
    </div>
  );
}

/** One item, beside the document: what a finding is about. */
export function PartAside({
  draft,
  reading,
  at,
  onClose,
}: Tab & { readonly at: string; readonly onClose: () => void }) {
  const [key = "", index] = fromPointer(at);
  const close = (
    <Button look="quiet" onClick={onClose}>
      Done
    </Button>
  );
  return (
    <OverDraft draft={draft} reading={reading} at={at}>
      {(document) => {
        const list = [String(key)];
        const item =
          typeof index === "number" ? valueAt(document.policy, `/${key}/${index}`) : undefined;
        if (item === undefined) return <Key name={String(key)} document={document} side={close} />;
        return (
          <Section title={titleOf(item as Item) || nounOf(String(key))} side={close}>
            <ItemForm
              item={item as Item}
              list={list}
              index={Number(index)}
              noun={nounOf(String(key))}
            />
          </Section>
        );
      }}
    </OverDraft>
  );
}

/** One key of the policy: a list, a map, or a single value. */
function Key({
  name,
  document,
  side,
}: {
  readonly name: string;
  readonly document: PolicyDocument;
  readonly side?: ReactNode;
}) {
  const path = [name];
  const field = fieldAt(path);
  if (field === undefined) return null;
  const value = (document.policy as Item)[name];
  const { is } = field.wants;
  const { hint, ...plain } = field;
  const title = labelOf(path);
  const isWhole = is === "items" || is === "map";
  return (
    <Section
      title={title}
      says={isWhole && !hint?.startsWith(title) ? hint : undefined}
      side={side}
    >
      {is === "items" ? (
        <Items field={field} path={path} value={value} />
      ) : is === "map" ? (
        <div className="stack">
          <Fields fields={fieldsAt(path)} path={path} value={value as Item | undefined} />
          <TakeMap {...{ field, path, value }} />
        </div>
      ) : (
        <PartField {...{ field: plain, path, value }} label={hint ?? title} />
      )}
    </Section>
  );
}
