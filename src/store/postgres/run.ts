/**
 * Running PostgreSQL's programs: as which user, and with what around them.
 *
 * The environment is empty on purpose. PGDATA, PGOPTIONS or a locale of the operator's shell would
 * otherwise end up in the cluster, and messages that we read would come translated.
 */

import { type SpawnOptions, spawn } from "node:child_process";

/** Whom the server runs as when we are root; null stands for "as ourselves". */
export type ServerUser = { readonly name: string; readonly uid: number; readonly gid: number };

/** The working directory is "/" because the server's user may not be able to enter ours. */
export const spawnAs = (user: ServerUser | null): SpawnOptions => ({
  ...(user && { uid: user.uid, gid: user.gid }),
  cwd: "/",
  env: { PATH: process.env["PATH"] ?? "/usr/bin:/bin", TZ: "UTC", LC_ALL: "C" },
});

export type Ended = { readonly code: number | null; readonly output: string };

/** Runs a program to its end; throws only when it cannot be run at all. */
export function runToEnd(
  file: string,
  args: readonly string[],
  user: ServerUser | null,
): Promise<Ended> {
  return new Promise((resolve, reject) => {
    let output = "";
    const child = spawn(file, args, { ...spawnAs(user), stdio: ["ignore", "pipe", "pipe"] });
    for (const stream of [child.stdout, child.stderr])
      stream?.setEncoding("utf8").on("data", (text: string) => {
        output += text;
      });
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, output }));
  });
}
