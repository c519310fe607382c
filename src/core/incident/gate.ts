/**
 * Gate: what must be true before going on, as a sentence of the policy.
 *
 * A gate holds because the record itself says so (`holds`), because a person has
 * shown the evidence, or because an exception stands on the record with its
 * reason. A gate for a second person is not shown by the one who passes it.
 */

export type GateShown = {
  readonly type: "GateShown";
  /** `fix`, `resolve`, `close`, or a phase. */
  readonly of: string;
  readonly gate: string;
  readonly evidence: readonly string[];
};
export type GateExcepted = {
  readonly type: "GateExcepted";
  readonly of: string;
  readonly gate: string;
  readonly reason: string;
  /** There was nobody else in the team who could have. */
  readonly alone?: boolean;
};

export type ShowGate = {
  readonly type: "ShowGate";
  readonly of: string;
  readonly gate: string;
  readonly evidence: readonly string[];
};
export type ExceptGate = {
  readonly type: "ExceptGate";
  readonly of: string;
  readonly gate: string;
  readonly reason: string;
};
