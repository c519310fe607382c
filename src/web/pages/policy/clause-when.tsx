/** When a clause applies, in fields, where its condition is plain; else in words. */

import { conditionWords } from "../../../core/policy/condition-words.ts";
import { conditionOf, plainOf, type PlainCondition } from "../../../core/policy/plain-condition.ts";
import { Tick } from "../../ui/field.tsx";
import type { FieldsOf } from "./clause-form.tsx";

export function ClauseWhen({ clause, policy, put }: FieldsOf) {
  const plain = plainOf(clause.when);
  if (plain === undefined)
    return (
      <p>
        <strong>Applies when</strong> {clause.when ? conditionWords(clause.when, policy) : "always"}
        . <span className="secondary">This condition is changed in the source.</span>
      </p>
    );
  const change = (next: Partial<PlainCondition>): void =>
    put("when", conditionOf({ ...plain, ...next }));
  const toggled = (list: readonly string[], id: string, on: boolean): readonly string[] =>
    on ? [...list, id] : list.filter((one) => one !== id);
  return (
    <>
      <fieldset className="choices">
        <legend>At severity (none: at any)</legend>
        <span className="choices-row">
          {policy.severities.map(({ id, name }) => (
            <Tick
              key={id}
              label={name}
              checked={plain.severities.includes(id)}
              onChange={(on) => change({ severities: toggled(plain.severities, id, on) })}
            />
          ))}
        </span>
      </fieldset>
      <fieldset className="choices">
        <legend>When confirmed (none: whatever is known)</legend>
        {policy.facts.map(({ claim, says }) => {
          const held = plain.facts.find((fact) => fact.claim === claim);
          const isOther = held !== undefined && held.is !== "confirmed";
          return (
            <Tick
              key={claim}
              label={isOther ? `${says} (${held.is})` : says}
              checked={held !== undefined}
              onChange={(on) =>
                change({
                  facts: on
                    ? [...plain.facts, { claim, is: "confirmed" }]
                    : plain.facts.filter((fact) => fact.claim !== claim),
                })
              }
            />
          );
        })}
      </fieldset>
      {(policy.stages ?? []).length > 0 ? (
        <fieldset className="choices">
          <legend>For customers at stage (none: at any)</legend>
          <span className="choices-row">
            {(policy.stages ?? []).map(({ id, name }) => (
              <Tick
                key={id}
                label={name}
                checked={plain.stages.includes(id)}
                onChange={(on) => change({ stages: toggled(plain.stages, id, on) })}
              />
            ))}
          </span>
        </fieldset>
      ) : null}
    </>
  );
}
