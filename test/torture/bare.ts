/** Starts the bare server of the controls as a process of its own. */

import { spawn } from "node:child_process";
import { join } from "node:path";

export type Bare = { readonly url: string; readonly pid: number; readonly stop: () => void };

export function startBare(): Promise<Bare> {
  const file = join(import.meta.dirname, "bare-server.ts");
  const child = spawn(process.execPath, ["--import", "tsx", file], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.stdout.once("data", (port: Buffer) =>
      resolve({
        url: `http://127.0.0.1:${Number(port.toString())}`,
        pid: child.pid ?? 0,
        stop: () => child.kill("SIGKILL"),
      }),
    );
  });
}
