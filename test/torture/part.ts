/** Part: one kind of torture, and the checks that it comes to. */

export type Check = {
  /** A sentence that holds or does not. */
  readonly says: string;
  readonly ok: boolean;
  /** What was counted or measured. */
  readonly found: string;
};

export type PartOptions = {
  readonly seed: number;
  /** How often, where a part repeats itself. */
  readonly count: number | undefined;
  readonly note: (line: string) => void;
};

export type Part = {
  readonly name: string;
  /** Undefined where this machine can do it; else a sentence about what is missing. */
  readonly missing?: () => string | undefined;
  readonly run: (options: PartOptions) => Promise<readonly Check[]>;
};

export const check = (says: string, ok: boolean, found: string | number): Check => ({
  says,
  ok,
  found: String(found),
});
