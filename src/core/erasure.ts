/** placeholder head */
export type Erased = {
  readonly type: "Erased";
  /** The entry's id. */
  readonly entry: string;
  readonly paths: readonly string[];
  readonly basis: string;
};
