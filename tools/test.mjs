// `npm test`: makes sure the outside programs are there, builds once, runs every test.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { ensureBuilt, ROOT } from "./build.mjs";

/** Debian's package for each program that a test talks to. */
const PEERS = {
  chromium: "chromium",
  prometheus: "prometheus",
  "prometheus-alertmanager": "prometheus-alertmanager",
  promtool: "prometheus",
  gpg: "gpg",
  pdfinfo: "poppler-utils",
  pdftotext: "poppler-utils",
  postfix: "postfix",
  dovecot: "dovecot-imapd",
  dkimverify: "python3-dkim",
};

ensurePeers();
await ensureBuilt({ web: true });
const { status } = spawnSync("npx", ["--no-install", "vitest", "run", ...process.argv.slice(2)], {
  cwd: ROOT,
  stdio: "inherit",
});
process.exit(status ?? 1);

function ensurePeers() {
  const missing = [
    ...new Set(
      Object.keys(PEERS)
        .filter((name) => !found(name))
        .map((name) => PEERS[name]),
    ),
  ];
  if (missing.length === 0) return;
  const command = `apt-get install -y --no-install-recommends ${missing.join(" ")}`;
  if (process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) {
    console.error(
      `The tests talk to real programs that are not installed here: ${missing.join(", ")}. As root: ${command}`,
    );
    process.exit(1);
  }
  console.log(`Installing ${missing.join(", ")} for the tests`);
  // Without this, Debian would start the monitors and mail servers as system services.
  const policy = "/usr/sbin/policy-rc.d";
  const ours = !existsSync(policy);
  if (ours)
    spawnSync("sh", ["-c", `printf '#!/bin/sh\\nexit 101\\n' > ${policy} && chmod +x ${policy}`]);
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const run = (line) =>
    spawnSync("sh", ["-c", line], { stdio: ["ignore", "ignore", "inherit"], env }).status;
  const failed = run("apt-get update -qq") !== 0 || run(command) !== 0;
  if (ours) spawnSync("rm", ["-f", policy]);
  if (failed || Object.keys(PEERS).some((name) => !found(name))) {
    console.error(`Could not install ${missing.join(", ")}. The tests need them: ${command}`);
    process.exit(1);
  }
}

function found(name) {
  // Where servers lie, which is on the path of root alone.
  const folders = [...(process.env.PATH ?? "").split(":"), "/usr/sbin"];
  return folders.some((folder) => existsSync(`${folder}/${name}`));
}
