/** Version: which program this is. */

import { VERSION } from "../api/version.ts";
import { type Asked, complete, type Fill } from "./verb.ts";

export const version: Fill = (command, shell) => {
  complete(command, "due version").action(({ json }: Asked) => {
    shell.print(json ? JSON.stringify({ version: VERSION, node: process.versions.node }) : VERSION);
  });
};
