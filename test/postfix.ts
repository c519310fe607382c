/**
 * Postfix, as an operator has it in front of us: Debian's own, with a configuration and a
 * queue of its own in a scratch folder, on a port of this machine alone. Nothing of the
 * system's mail is touched, and it ends with the test.
 *
 * It takes what we hand over, refuses or defers whom the test names at RCPT TO, relays the
 * rest to another server, and posts what comes back to our intake.
 */

import { type ChildProcess, spawn } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isListening, removeFolder, scratchFolder, until } from "./program.ts";

const POSTFIX = "/usr/sbin/postfix";
/** Whoever runs what Postfix hands mail to: it never does that as root. */
const NOBODY = "nobody";

export type Postfix = {
  /** What it wrote to its log. */
  readonly log: () => string;
  readonly stop: () => Promise<void>;
};

type Setting = {
  readonly port: number;
  /** By address: `451 4.7.1 Try again later`. */
  readonly answers: Readonly<Record<string, string>>;
  /** Where everything else is handed on to, a port of this machine. */
  readonly onTo: number;
  /** Which mail is posted to our intake, and where that is. */
  readonly own: { readonly address: string; readonly url: string; readonly token: string };
};

/** Throws where it cannot run: it begins as root and gives that up for each of its parts. */
export async function startPostfix({ port, answers, onTo, own }: Setting): Promise<Postfix> {
  if (process.getuid?.() !== 0) {
    throw new Error(
      "Postfix begins as root, and gives that up for each of its parts: run this test as root, in a container for example.",
    );
  }
  const folder = scratchFolder("postfix");
  const [config, queue, data] = ["config", "queue", "data"].map((name) => {
    const place = join(folder, name);
    mkdirSync(place, { mode: 0o755 });
    return place;
  }) as [string, string, string];
  const script = handingOver(folder, own);
  writeFileSync(join(config, "main.cf"), mainOf({ queue, data, answers, onTo, own }));
  writeFileSync(join(config, "master.cf"), masterOf(port, script));
  await ended(spawn("chown", ["postfix", data]));
  const child = spawn(POSTFIX, ["-c", config, "start-fg"], { stdio: "ignore" });
  const log = (): string => {
    const file = join(folder, "log");
    return existsSync(file) ? readFileSync(file, "utf8") : "";
  };
  const stop = async (): Promise<void> => {
    // Its first process asks all its parts to end, and ends after them.
    const pid = join(queue, "pid", "master.pid");
    if (child.exitCode === null && existsSync(pid))
      process.kill(Number(readFileSync(pid, "utf8")), "SIGTERM");
    else child.kill("SIGTERM");
    await ended(child);
    removeFolder(folder);
  };
  try {
    await until("Postfix is ready", async () => ((await isListening(port)) ? true : undefined));
  } catch (error) {
    const said = log();
    await stop();
    throw new Error(`Postfix did not start: ${said}`, { cause: error });
  }
  return { log, stop };
}

/** Resolves when it has ended, however it did. */
const ended = (child: ChildProcess): Promise<void> =>
  child.exitCode !== null || child.signalCode !== null
    ? Promise.resolve()
    : new Promise((resolve) => child.once("exit", () => resolve()));

/** As docs/operating.md says: the mail as it is, and 75 where it was not taken. */
function handingOver(folder: string, { url, token }: Setting["own"]): string {
  const script = join(folder, "mail-in");
  writeFileSync(
    script,
    `#!/usr/bin/python3
import sys, urllib.request
asked = urllib.request.Request("${url}/intake/mail", data=sys.stdin.buffer.read(), headers={
    "Authorization": "Bearer ${token}", "Content-Type": "message/rfc822"})
try:
    urllib.request.urlopen(asked, timeout=10)
except Exception as error:
    print(error)
    sys.exit(75)
`,
  );
  chmodSync(script, 0o755);
  return script;
}

const mainOf = ({
  queue,
  data,
  answers,
  onTo,
  own,
}: Omit<Setting, "own" | "port"> & {
  readonly queue: string;
  readonly data: string;
  readonly own: { readonly address: string };
}): string => `compatibility_level = 3.6
queue_directory = ${queue}
data_directory = ${data}
maillog_file = ${join(queue, "..", "log")}
maillog_file_prefixes = /dev/shm, /tmp, ${join(queue, "..")}
myhostname = mail.${own.address.split("@")[1]}
mydestination =
mynetworks = 127.0.0.0/8
inet_protocols = ipv4
inet_interfaces = 127.0.0.1
smtp_dns_support_level = disabled
smtp_host_lookup = native
smtpd_peername_lookup = no
smtpd_recipient_restrictions =
  check_recipient_access inline:{${Object.entries(answers)
    .map(([address, says]) => `{${address}=${says}}`)
    .join(", ")}}
  permit_mynetworks
  reject
recipient_delimiter = +
transport_maps = inline:{{${own.address}=comeback:}}
relayhost = [127.0.0.1]:${onTo}
smtp_tls_security_level = none
message_size_limit = 25000000
`;

const PARTS = `pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
smtp unix - - n - - smtp
relay unix - - n - - smtp
showq unix n - n - - showq
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
`;

const masterOf = (port: number, script: string): string =>
  `127.0.0.1:${port} inet n - n - - smtpd
${PARTS}comeback unix - n n - 1 pipe
  flags=q user=${NOBODY} argv=${script}
`;
