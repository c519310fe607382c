/**
 * Disk full (F5): on a small disk of its own, in a namespace of its own. While there is no room
 * writes are refused with 503; what was answered 2xx stays; with room again the same process
 * answers within seconds.
 */

import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Check, Part } from "./part.ts";

export const diskPart: Part = {
  name: "disk",
  missing: () =>
    process.getuid?.() === 0 && existsSync("/usr/bin/unshare")
      ? undefined
      : "mounting a small disk needs root, and unshare",
  run: ({ seed, note }) =>
    new Promise((resolve, reject) => {
      const inside = join(import.meta.dirname, "disk-inside.ts");
      const child = spawn(
        "unshare",
        ["-m", process.execPath, "--import", "tsx", inside, String(seed)],
        { stdio: ["ignore", "pipe", "inherit"] },
      );
      let output = "";
      child.stdout.on("data", (chunk: Buffer) => (output += chunk));
      child.on("error", reject);
      child.on("exit", (code) => {
        const lines = output.trim().split("\n");
        const last = lines.pop() ?? "";
        for (const line of lines) note(line);
        if (code === 0) resolve(JSON.parse(last) as readonly Check[]);
        else reject(new Error(`it ended with ${code}: ${output}`));
      });
    }),
};
