// `npm test`: makes sure the outside programs are there and builds meanwhile, runs every test.
import { spawn, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { ensureBuilt, ROOT } from "./build.mjs";

/** Debian's package for each program that a test talks to. */
const PEERS = {
  "chromium-headless-shell": "chromium-headless-shell",
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
/** What does the same where the first cannot be had: a browser with its windows, at four times the work. */
const INSTEAD = { "chromium-headless-shell": "chromium" };

const INSTALL = "apt-get install -y --no-install-recommends";

/** Where there is no network, that is known within seconds. */
const IMPATIENT = "-o Acquire::http::Timeout=10 -o Acquire::Retries=0";

await Promise.all([ensurePeers(), ensureBuilt({ web: true })]);
const { status } = spawnSync("npx", ["--no-install", "vitest", "run", ...process.argv.slice(2)], {
  cwd: ROOT,
  stdio: "inherit",
});
process.exit(status ?? 1);

async function ensurePeers() {
  const wanted = packagesOf((name) => !found(name));
  const mayInstall = process.getuid?.() === 0 && existsSync("/usr/bin/apt-get");
  const missing = mayInstall ? wanted : packagesOf(isAbsent);
  if (missing.length === 0) return;
  const command = `${INSTALL} ${missing.join(" ")}`;
  if (!mayInstall) {
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
    new Promise((resolve) => {
      const child = spawn("sh", ["-c", line], { stdio: ["ignore", "ignore", "inherit"], env });
      child.on("error", () => resolve(1));
      child.on("close", resolve);
    });
  // One package that this Debian does not know keeps all others from being installed.
  if ((await run(`apt-get update -qq ${IMPATIENT}`)) === 0 && (await run(command)) !== 0)
    await run(`${INSTALL} ${missing.map((name) => INSTEAD[name] ?? name).join(" ")}`);
  if (ours) spawnSync("rm", ["-f", policy]);
  const left = packagesOf(isAbsent);
  if (left.length > 0) {
    console.error(`Could not install ${left.join(", ")}. The tests need them: ${command}`);
    process.exit(1);
  }
}

/** Debian's packages, each once, for the programs of which `isMissing` holds. */
function packagesOf(isMissing) {
  return [
    ...new Set(
      Object.keys(PEERS)
        .filter(isMissing)
        .map((name) => PEERS[name]),
    ),
  ];
}

/** Neither there nor anything that does the same. */
function isAbsent(name) {
  return !found(name) && !found(INSTEAD[name] ?? name);
}

function found(name) {
  // Where servers lie, which is on the path of root alone.
  const folders = [...(process.env.PATH ?? "").split(":"), "/usr/sbin"];
  return folders.some((folder) => existsSync(`${folder}/${name}`));
}
