/** Working hours, as a setup form states them: one window for each working day. */

import { z } from "zod";
import { WORKING_DAYS } from "./wire.ts";

const time = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, "must be HH:MM");

export const windowsShape = z
  .strictObject({ days: z.array(z.enum(WORKING_DAYS)).min(1), from: time, to: time })
  .refine(({ from, to }) => from < to, { message: "must close after it opens", path: ["to"] });

export type WorkingHours = z.output<typeof windowsShape>;
