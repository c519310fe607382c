/**
 * Dovecot, as an operator has it: Debian's own, with a configuration of its own and one
 * mailbox in a scratch folder, on a port of this machine alone. It ends with the test.
 */

import { type ChildProcess, spawn } from "node:child_process";
import {
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { freePort, isListening, removeFolder, scratchFolder, until } from "./program.ts";

const DOVECOT = "/usr/sbin/dovecot";
const USER = "reports";
const PASSWORD = "p/c:d@e";
/** nobody and nogroup: whoever the mail belongs to. */
const NOBODY = 65_534;

export type Dovecot = {
  /** As in DUE_IMAP_URL. */
  readonly url: string;
  /** Puts a mail into the mailbox, as a mail server delivers it. */
  readonly deliver: (mail: string | Buffer) => void;
  /** How many lie there, by whether somebody has seen them. */
  readonly lying: () => { readonly unseen: number; readonly seen: number };
  /** All UIDs begin anew, as after a move to another server. */
  readonly renumber: () => void;
  readonly log: () => string;
  readonly stop: () => Promise<void>;
};

/** Throws where it cannot run: it begins as root and gives that up for each of its parts. */
export async function startDovecot(): Promise<Dovecot> {
  if (process.getuid?.() !== 0) {
    throw new Error(
      "Dovecot begins as root, and gives that up for each of its parts: run this test as root, in a container for example.",
    );
  }
  const folder = scratchFolder("dovecot");
  const mail = join(folder, "mail");
  for (const place of [mail, ...["cur", "new", "tmp"].map((name) => join(mail, name))]) {
    mkdirSync(place);
    chownSync(place, NOBODY, NOBODY);
  }
  const port = await freePort();
  const config = join(folder, "dovecot.conf");
  writeFileSync(config, configOf(folder, mail, port));
  const child = spawn(DOVECOT, ["-F", "-c", config], { stdio: ["ignore", "ignore", "pipe"] });
  let said = "";
  child.stderr?.on("data", (chunk: Buffer) => {
    said += chunk.toString();
  });
  const log = (): string => {
    const file = join(folder, "log");
    return said + (existsSync(file) ? readFileSync(file, "utf8") : "");
  };
  const stop = async (): Promise<void> => {
    child.kill("SIGTERM");
    await ended(child);
    removeFolder(folder);
  };
  try {
    await until("Dovecot is ready", async () => ((await isListening(port)) ? true : undefined));
  } catch (error) {
    const words = log();
    await stop();
    throw new Error(`Dovecot did not start: ${words}`, { cause: error });
  }
  let delivered = 0;
  return {
    url: `imap://${USER}:${encodeURIComponent(PASSWORD)}@127.0.0.1:${port}/INBOX`,
    deliver(text) {
      delivered += 1;
      const file = join(mail, "new", `${1_795_000_000 + delivered}.M${delivered}P1.fennel`);
      writeFileSync(file, text);
      chownSync(file, NOBODY, NOBODY);
    },
    lying: () => {
      const all = ["cur", "new"].flatMap((name) => readdirSync(join(mail, name)));
      const seen = all.filter((name) => /:2,.*S/.test(name)).length;
      return { unseen: all.length - seen, seen };
    },
    renumber() {
      const list = join(mail, "dovecot-uidlist");
      const held = readFileSync(list, "utf8");
      for (const name of readdirSync(mail)) if (/^dovecot[.-]/.test(name)) rmSync(join(mail, name));
      const validity = Number(/ V(\d+) /.exec(held)?.[1] ?? 0);
      writeFileSync(list, `3 V${validity + 1} N1 G0123456789abcdef0123456789abcdef\n`);
      chownSync(list, NOBODY, NOBODY);
    },
    log,
    stop,
  };
}

/** Resolves when it has ended, however it did. */
const ended = (child: ChildProcess): Promise<void> =>
  child.exitCode !== null || child.signalCode !== null
    ? Promise.resolve()
    : new Promise((resolve) => child.once("exit", () => resolve()));

const configOf = (folder: string, mail: string, port: number): string => `protocols = imap
listen = 127.0.0.1
base_dir = ${join(folder, "run")}
state_dir = ${join(folder, "state")}
log_path = ${join(folder, "log")}
ssl = no
disable_plaintext_auth = no
mail_location = maildir:${mail}
first_valid_uid = ${NOBODY}
last_valid_uid = ${NOBODY}
first_valid_gid = ${NOBODY}
passdb {
  driver = static
  args = password=${PASSWORD}
}
userdb {
  driver = static
  args = uid=${NOBODY} gid=${NOBODY} home=${folder}
}
service imap-login {
  inet_listener imap {
    address = 127.0.0.1
    port = ${port}
  }
  inet_listener imaps {
    port = 0
  }
}
`;
