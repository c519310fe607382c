/**
 * Condition tree: groups of tests, each all or any of them, each as it is or its opposite.
 *
 * What it shows is the condition in the source and nothing of its own: each press writes the
 * whole condition anew, and no part of it can get lost on the way (core/policy/condition/form.ts).
 */

import {
  CLAIM_STATES,
  type ClaimState,
  type Condition,
} from "../../../core/policy/condition/condition.ts";
import {
  choicesOf,
  conditionIn,
  type ConditionNode,
  kindOf,
  newTest,
  nodeOf,
  TEST_KINDS,
  type TestKind,
  withNode,
} from "../../../core/policy/condition/form.ts";
import type { Test } from "../../../core/policy/condition/places.ts";
import type { Policy } from "../../../core/policy/policy.ts";
import { Button } from "../../ui/button.tsx";
import { SelectField, Tick } from "../../ui/field.tsx";

type Props = {
  readonly condition: Condition | undefined;
  readonly policy: Policy;
  readonly onChange: (next: Condition | undefined) => void;
  /** What it is asked for, and what is so without one. */
  readonly label?: string;
  readonly without?: string;
};

/** In words, by what a test asks. */
const KINDS: Readonly<Record<TestKind, string>> = {
  severity: "the severity",
  fact: "what is known",
  channel: "the way it came in",
  stage: "the customer's stage",
  role: "whose data it is",
  moment: "that something has happened",
};

export function ConditionTree({
  condition,
  policy,
  onChange,
  label = "Applies when",
  without = "It always applies.",
}: Props) {
  const root = condition === undefined ? undefined : grouped(nodeOf(condition));
  const put = (path: readonly number[], next: ConditionNode | undefined): void => {
    const changed = root === undefined ? next : withNode(root, path, next);
    onChange(changed && conditionIn(changed));
  };
  if (root === undefined)
    return (
      <div className="condition">
        <p>{without}</p>
        <Adding policy={policy} onAdd={(next) => put([], grouped(next))} />
      </div>
    );
  return (
    <div className="condition" role="group" aria-label={label}>
      <Node node={root} path={[]} policy={policy} put={put} label={label} />
    </div>
  );
}

/** A single test stands in a group, so that others can be put beside it. */
const grouped = (node: ConditionNode): ConditionNode =>
  node.of === "test" ? { isNot: false, of: "all", items: [node] } : node;

type NodeProps = {
  readonly node: ConditionNode;
  readonly path: readonly number[];
  readonly policy: Policy;
  readonly put: (path: readonly number[], next: ConditionNode | undefined) => void;
  /** What the whole of it is asked for. */
  readonly label: string;
};

function Node(props: NodeProps) {
  const { node, path, policy, put, label } = props;
  if (node.of === "test") return <TestRow {...props} node={node} />;
  const name = path.length === 0 ? "" : ` in group ${path.map((i) => i + 1).join(".")}`;
  return (
    <fieldset className="condition-group">
      <legend className="visually-hidden">Conditions{name}</legend>
      <div className="condition-head">
        <SelectField
          label={path.length === 0 ? label : `Group ${path.map((i) => i + 1).join(".")}`}
          value={`${node.isNot ? "not " : ""}${node.of}`}
          choices={GROUPS}
          onChange={(next) =>
            put(path, {
              ...node,
              isNot: next.startsWith("not "),
              of: next.endsWith("any") ? "any" : "all",
            })
          }
        />
        {path.length === 0 ? null : (
          <Button look="quiet" onClick={() => put(path, undefined)}>
            Take the group away
          </Button>
        )}
      </div>
      <ol className="plain condition-items">
        {node.items.map((item, index) => (
          <li key={index}>
            <Node node={item} path={[...path, index]} policy={policy} put={put} label={label} />
          </li>
        ))}
      </ol>
      <Adding
        policy={policy}
        isInGroup
        onAdd={(next) => put(path, { ...node, items: [...node.items, next] })}
      />
    </fieldset>
  );
}

const GROUPS = [
  { value: "all", label: "all of these are so" },
  { value: "any", label: "at least one of these is so" },
  { value: "not all", label: "not all of these are so" },
  { value: "not any", label: "none of these is so" },
] as const;

/** What may still be asked: one more test, or a group with one in it. */
function Adding({
  policy,
  onAdd,
  isInGroup = false,
}: {
  readonly policy: Policy;
  readonly onAdd: (next: ConditionNode) => void;
  readonly isInGroup?: boolean;
}) {
  const test = newTest("severity", policy);
  if (test === undefined) return null;
  const one: ConditionNode = { isNot: false, of: "test", test };
  return (
    <span className="line">
      <Button look="quiet" onClick={() => onAdd(one)}>
        Add a test
      </Button>
      {isInGroup ? (
        <Button look="quiet" onClick={() => onAdd({ isNot: false, of: "any", items: [one] })}>
          Add a group
        </Button>
      ) : null}
    </span>
  );
}

type RowProps = NodeProps & { readonly node: Extract<ConditionNode, { of: "test" }> };

function TestRow({ node, path, policy, put }: RowProps) {
  const { test, isNot } = node;
  const kind = kindOf(test);
  const change = (next: Test): void => put(path, { ...node, test: next });
  const kinds = TEST_KINDS.filter((one) => one === kind || choicesOf(one, policy).length > 0);
  return (
    <div className="condition-test">
      <div className="condition-head">
        <SelectField
          label="Asks"
          value={kind}
          choices={kinds.map((one) => ({ value: one, label: KINDS[one] }))}
          onChange={(next) => {
            const made = newTest(next as TestKind, policy);
            if (made !== undefined) change(made);
          }}
        />
        <Button look="quiet" onClick={() => put(path, undefined)}>
          Take it away<span className="visually-hidden"> {KINDS[kind]}</span>
        </Button>
      </div>
      <Asked test={test} policy={policy} onChange={change} />
      <Tick
        label="It must not be so"
        checked={isNot}
        onChange={(on) => put(path, { ...node, isNot: on })}
      />
    </div>
  );
}

type AskedProps = {
  readonly test: Test;
  readonly policy: Policy;
  readonly onChange: (next: Test) => void;
};

function Asked({ test, policy, onChange }: AskedProps) {
  if ("fact" in test) return <FactFields fact={test.fact} policy={policy} onChange={onChange} />;
  const kind = kindOf(test);
  const choices = choicesOf(kind, policy);
  if ("severity" in test)
    return (
      <Several
        {...{ kind, choices }}
        chosen={test.severity}
        put={(ids) => onChange({ severity: ids })}
      />
    );
  if ("channel" in test)
    return (
      <Several
        {...{ kind, choices }}
        chosen={test.channel}
        put={(ids) => onChange({ channel: ids })}
      />
    );
  if ("stage" in test)
    return (
      <Several {...{ kind, choices }} chosen={test.stage} put={(ids) => onChange({ stage: ids })} />
    );
  const value = "role" in test ? test.role : test.moment;
  const known = choices.map(({ id, name }) => ({
    value: id,
    label: "role" in test ? `ours as the ${name}` : name,
  }));
  return (
    <SelectField
      label={"role" in test ? "The data are" : "This has happened"}
      value={value}
      choices={
        known.some((one) => one.value === value) ? known : [{ value, label: value }, ...known]
      }
      onChange={(next) =>
        onChange("role" in test ? { role: next as "controller" | "processor" } : { moment: next })
      }
    />
  );
}

type SeveralProps = {
  readonly kind: TestKind;
  readonly choices: readonly { readonly id: string; readonly name: string }[];
  readonly chosen: readonly string[];
  readonly put: (ids: readonly string[]) => void;
};

/** One of these; the last one stays, because a test of nothing says nothing. */
function Several({ kind, choices, chosen, put }: SeveralProps) {
  return (
    <fieldset className="choices">
      <legend>{KINDS[kind].replace(/^./, (first) => first.toUpperCase())} is one of</legend>
      <span className="choices-row">
        {choices.map(({ id, name }) => (
          <Tick
            key={id}
            label={name}
            checked={chosen.includes(id)}
            onChange={(on) => {
              const next = choices
                .map((one) => one.id)
                .filter((one) => (one === id ? on : chosen.includes(one)));
              if (next.length > 0) put(next);
            }}
          />
        ))}
      </span>
    </fieldset>
  );
}

const HELD: Readonly<Record<ClaimState, string>> = {
  suspected: "suspected",
  confirmed: "confirmed",
  "ruled-out": "ruled out",
};

function FactFields({
  fact: { claim, is },
  policy,
  onChange,
}: {
  readonly fact: Extract<Test, { fact: unknown }>["fact"];
  readonly policy: Policy;
  readonly onChange: (next: Test) => void;
}) {
  const held = [is].flat();
  const put = (next: string, states: readonly ClaimState[]): void => {
    const [only] = states;
    if (only === undefined) return;
    onChange({ fact: { claim: next, is: states.length === 1 ? only : states } });
  };
  return (
    <>
      <SelectField
        label="That"
        value={claim}
        choices={choicesOf("fact", policy).map(({ id, name }) => ({ value: id, label: name }))}
        onChange={(next) => put(next, held)}
      />
      <fieldset className="choices">
        <legend>is held to be</legend>
        <span className="choices-row">
          {CLAIM_STATES.map((state) => (
            <Tick
              key={state}
              label={HELD[state]}
              checked={held.includes(state)}
              onChange={(on) =>
                put(
                  claim,
                  CLAIM_STATES.filter((one) => (one === state ? on : held.includes(one))),
                )
              }
            />
          ))}
        </span>
      </fieldset>
    </>
  );
}
