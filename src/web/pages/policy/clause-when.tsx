/**
 * When a clause applies: three short lists where its condition is plain, as most are, and
 * the tree of its tests where it is not, or where more is wanted.
 */

import { useState } from "react";
import { conditionWords } from "../../../core/policy/condition/words.ts";
import { conditionOf, plainOf, type PlainCondition } from "../../../core/policy/condition/plain.ts";
import { Button } from "../../ui/button.tsx";
import { Tick } from "../../ui/field.tsx";
import type { FieldsOf } from "./clause-form.tsx";
import { ConditionTree } from "./condition-tree.tsx";

export function ClauseWhen({ clause, policy, put }: FieldsOf) {
  const [isWhole, setWhole] = useState(false);
  const plain = plainOf(clause.when);
  if (plain === undefined || isWhole)
    return (
      <>
        <p className="secondary">
          It applies {clause.when ? `when ${conditionWords(clause.when, policy)}` : "always"}.
        </p>
        <ConditionTree
          condition={clause.when}
          policy={policy}
          onChange={(next) => void put("when", next)}
        />
        {plain === undefined ? null : (
          <span>
            <Button look="quiet" onClick={() => setWhole(false)}>
              Back to the short lists
            </Button>
          </span>
        )}
      </>
    );
  const change = (next: Partial<PlainCondition>): void => {
    put("when", conditionOf({ ...plain, ...next }));
  };
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
      <span>
        <Button look="quiet" onClick={() => setWhole(true)}>
          More than this: any, not, groups
        </Button>
      </span>
    </>
  );
}
