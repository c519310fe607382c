/** Version: which program this is. */

import { VERSION } from "../api/version.ts";
import { type Asked, complete, type Fill } from "./verb.ts";

export const version: Fill = (command, shell) => {
  complete(command, "due version").action(({ json }: Asked) => {
    const { node, tz } = process.versions;
    shell.print(json ? JSON.stringify({ version: VERSION, node, timeZones: tz ?? null }) : VERSION);
  });
};
