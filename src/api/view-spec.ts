/** View spec: what the registry says of one view. */

import { z } from "zod";
import type { Role } from "./command-spec.ts";

export type ViewSpec = {
  readonly name: string;
  readonly path: string;
  readonly summary: string;
  readonly roles: readonly Role[];
  readonly query: z.ZodObject;
  readonly output: z.ZodType;
};

const ALL: readonly Role[] = ["owner", "responder", "communications", "reader"];
export const view = <const N extends string, Q extends z.ZodRawShape, O extends z.ZodType>(
  name: N,
  path: string,
  summary: string,
  query: Q,
  output: O,
  roles: readonly Role[] = ALL,
) => ({ name, path, summary, roles, query: z.strictObject(query), output });
