/**
 * Upkeep: the host's verbs around the data: its configuration, mail, the sample,
 * backups and restores, the read tables, migrations and the ledger's key.
 */

import { type Instant, toIsoSeconds } from "../core/time/instant.ts";
import { ok } from "../core/problem.ts";
import { mailIn } from "./mail-in.ts";
import { answered, inline, refused, table, visible } from "./say.ts";
import { actOnHost, configured, type OnData, onData } from "./settings.ts";
import { EXIT } from "./shell.ts";
import type { Fill } from "./verb.ts";

const hostModule = () => import("../server/host.ts");

export const config: Fill = (command, shell) => {
  onData(
    command
      .command("print")
      .description("Print every setting, its value and where it comes from; secrets stay secret."),
    "due config print",
  ).action(async (asked: OnData) => {
    const read = await configured(shell, asked);
    if (read === undefined) return;
    const { printedConfig } = await hostModule();
    answered(shell, ok(printedConfig(read)), asked, (settings) =>
      table(
        [
          { head: "SETTING", cells: settings.map(({ name }) => name) },
          { head: "VALUE", cells: settings.map(({ value }) => value) },
          { head: "FROM", cells: settings.map(({ origin }) => origin) },
          { head: "IS", cells: settings.map(({ says }) => says), isWide: true },
        ],
        shell,
      ),
    );
  });
  onData(
    command.command("check").description("Say everything that is wrong with the settings."),
    "due config check",
  ).action(async (asked: OnData) => {
    const read = await configured(shell, asked);
    if (read !== undefined)
      answered(shell, ok({ problems: [] }), asked, () => ["The settings are in order."]);
  });
};

type Dialogue = {
  readonly delivered: boolean;
  readonly says: string;
  readonly lines: readonly { readonly by: string; readonly text: string }[];
};

export const mail: Fill = (command, shell) => {
  onData(
    command
      .command("test <address>")
      .description("Send one mail, and print all that was said about it."),
    "due mail test you@fennel.example",
  ).action(async (address: string, asked: OnData) => {
    const read = await configured(shell, asked);
    if (read === undefined) return;
    const { testMail } = await hostModule();
    const said = (await testMail(read.config, address)) as Dialogue;
    answered(shell, ok(said), asked, ({ says, lines }) => [
      ...lines.map(({ by, text }) => `${by === "us" ? ">" : "<"} ${visible(text)}`),
      inline(says),
    ]);
    if (!said.delivered) shell.exit = EXIT.failed;
  });
  mailIn(command, shell);
};

export const demo: Fill = (command, shell) => {
  command
    .option("--reset", "take what is there away, and load it anew from now")
    .option("--wipe", "take it away");
  onData(command, "due demo --reset").action(
    (asked: OnData & { readonly reset?: boolean; readonly wipe?: boolean }) =>
      actOnHost(
        shell,
        asked,
        async (host, module) => {
          shell.progress("Working on the sample company");
          if (asked.wipe) return module.demo(host, true);
          const wiped = asked.reset ? await module.demo(host, true) : ok(undefined);
          return wiped.ok ? module.demo(host, false) : wiped;
        },
        () => [
          asked.wipe
            ? "The sample company is gone."
            : "The sample company is there; everything of it says SAMPLE.",
        ],
      ),
  );
};

export const backup: Fill = (command, shell) => {
  command.option("--to <dir>", "a folder that does not exist yet; beside the data if not said");
  onData(command, "due backup --to /mnt/elsewhere/duenotice-2026-11-21").action(
    (asked: OnData & { readonly to?: string }) =>
      actOnHost(
        shell,
        asked,
        (host, { makeBackup }) => {
          shell.progress("Writing the backup");
          return makeBackup(host, asked.to);
        },
        ({ folder, manifest }) => [
          folder,
          `${manifest.size} entries of ${manifest.origin}. It holds keys and everybody's data: keep it as secret as the data, and on another machine.`,
          `\`due backup verify ${folder}\` proves that it restores.`,
        ],
      ),
  );
  const verify = command
    .command("verify [backup]")
    .description(
      "Prove that a backup restores: check every byte, restore it aside, replay its ledger; the latest if not named.",
    );
  onData(verify, "due backup verify").action(async (archive: string | undefined) => {
    const asked = verify.optsWithGlobals<OnData>();
    const read = await configured(shell, asked);
    if (read === undefined) return;
    const { latestBackup, proveBackup } = await hostModule();
    const named = archive === undefined ? latestBackup(read.config) : ok(archive);
    if (!named.ok) return refused(shell, named.problems, asked);
    shell.progress("Restoring the backup aside");
    const proved = await proveBackup(named.value, shell.now());
    shell.progress("");
    answered(shell, proved, asked, ({ manifest, check }) => [
      `${named.value} restores: ${manifest.size} entries, made ${toIsoSeconds(manifest.madeAt as Instant)}.`,
      ...check.words.map(inline),
    ]);
  });
};

export const restore: Fill = (command, shell) => {
  command
    .argument("[backup]", "a backup's folder; the latest beside the data if not named")
    .requiredOption("--to <dir>", "a folder that does not exist yet: the new data directory");
  onData(command, "due restore --to ./restored").action(
    async (archive: string | undefined, asked: OnData & { readonly to: string }) => {
      const read = await configured(shell, asked);
      if (read === undefined) return;
      const module = await hostModule();
      const named = archive === undefined ? module.latestBackup(read.config) : ok(archive);
      if (!named.ok) return refused(shell, named.problems, asked);
      shell.progress("Restoring, and replaying the ledger");
      const restored = await module.restore(read.config, named.value, asked.to, shell.now());
      shell.progress("");
      answered(shell, restored, asked, ({ manifest, check }) => [
        `${asked.to} holds ${manifest.size} entries of ${manifest.origin}, as they were at ${toIsoSeconds(manifest.madeAt as Instant)}.`,
        ...check.words.map(inline),
        `Start it with: due serve --data ${asked.to}`,
      ]);
      if (restored.ok && !restored.value.check.ok) shell.exit = EXIT.failed;
    },
  );
};

export const rebuild: Fill = (command, shell) => {
  command.option("--check", "only say what differs");
  onData(command, "due rebuild --check").action(
    async (asked: OnData & { readonly check?: boolean }) => {
      const check = asked.check ?? false;
      await actOnHost(
        shell,
        asked,
        async (host, { rebuildViews }) => {
          shell.progress("Folding every subject again");
          const rebuilt = await rebuildViews(host, check);
          if (check && rebuilt.ok && rebuilt.value.differenceCount > 0) shell.exit = EXIT.failed;
          return rebuilt;
        },
        ({ subjects, rows, differences, differenceCount }) => [
          `${subjects} subjects, ${rows} rows: ${differenceCount === 0 ? "nothing differs from the ledger" : `${differenceCount} ${check ? "differ from the ledger" : "differed and were written again"}`}.`,
          ...differences
            .slice(0, 20)
            .map((one) => `  ${one.table} ${inline(one.subject)} ${inline(one.id)}: ${one.is}`),
        ],
      );
    },
  );
};

export const migrate: Fill = (command, shell) => {
  command.option("--dry-run", "only say what would be changed");
  onData(command, "due migrate --dry-run").action(
    async (asked: OnData & { readonly dryRun?: boolean }) => {
      const read = await configured(shell, asked);
      if (read === undefined) return;
      const { migrationPlan, onHost } = await hostModule();
      const plan = await migrationPlan(read.config);
      const done = plan.ok && !asked.dryRun ? await onHost(read.config, async () => plan) : plan;
      answered(shell, done, asked, ({ at, missing }) => [
        missing.length === 0
          ? `The database is as this version needs it: at ${at}.`
          : `The database is at ${at}; ${asked.dryRun ? "to be applied" : "applied"}: ${missing.map(({ number, name, breaking }) => `${number} ${name}${breaking ? " (older versions can no longer use it)" : ""}`).join(", ")}.`,
        ...(asked.dryRun && missing.length > 0 ? ["Make a backup first: due backup"] : []),
      ]);
    },
  );
};

export const keys: Fill = (command, shell) => {
  onData(
    command
      .command("fingerprint")
      .description("Print the ledger's public key, to compare with what others were given."),
    "due keys fingerprint",
  ).action((asked: OnData) =>
    actOnHost(
      shell,
      asked,
      async (host, { keyFingerprint }) => keyFingerprint(host),
      ({ key }) => [key],
    ),
  );
  onData(
    command
      .command("openpgp")
      .description(
        "Print the key that signs security.txt, and how a policy offers it for reports.",
      ),
    "due keys openpgp",
  ).action((asked: OnData) =>
    actOnHost(shell, asked, async (host, { outwardKey }) => outwardKey(host, false), outwardWords),
  );
  onData(
    command
      .command("replace")
      .description("Go on with a new signing key, when the old one is lost or known to others.")
      .option("--openpgp", "the key that signs security.txt, not the ledger's")
      .option("--yes", "do it; without this it only says what it would do"),
    "due keys replace --yes",
  ).action((asked: OnData & { readonly yes?: boolean; readonly openpgp?: boolean }) =>
    asked.yes && asked.openpgp
      ? actOnHost(
          shell,
          asked,
          async (host, { outwardKey }) => outwardKey(host, true),
          outwardWords,
        )
      : asked.yes
        ? actOnHost(
            shell,
            asked,
            async (host, { replaceLedgerKey }) => replaceLedgerKey(host),
            ({ key }) => [
              `The ledger is signed with a new key from now on: ${key}`,
              "It is recorded. Restart the server, and give the new key to whoever verifies exports.",
            ],
          )
        : refused(
            shell,
            [
              {
                code: "confirmation-missing",
                message:
                  "This makes a new signing key, for good: say --yes. The old key file, if there is one, is kept beside it.",
              },
            ],
            asked,
          ),
  );
};

type Outward = Readonly<Record<"fingerprint" | "mail" | "url", string>> & {
  readonly offered: boolean;
};

const outwardWords = ({ fingerprint, mail, url, offered }: Outward): readonly string[] => [
  fingerprint,
  `of ${inline(mail)}, at ${url}; the private half is keys/openpgp.asc in the data directory.`,
  ...(offered
    ? ["The policy offers it: reports can be encrypted by it."]
    : [
        "It signs security.txt. To be written to by it, import that file where mail is read, and say in the policy:",
        `  pgp: { fingerprint: ${fingerprint}, url: "${url}" }`,
      ]),
];

export const doctor: Fill = (command, shell) => {
  command.option("--redact", "without names, addresses and folders, to show to others");
  onData(command, "due doctor").action(async (asked: OnData & { readonly redact?: boolean }) => {
    const read = await configured(shell, asked);
    if (read === undefined) return;
    const { diagnose, redacted } = await hostModule();
    const found = await diagnose(read, shell.now(), shell.progress);
    shell.progress("");
    const shown = asked.redact ? redacted(found, read.config) : found;
    const failed = found.filter(({ level }) => level === "fail").length;
    const word = { ok: "ok  ", warn: "look", fail: shell.ink.alarm("FAIL") } as const;
    answered(shell, ok({ findings: shown }), asked, () => [
      ...shown.flatMap(({ level, message, code, fix }) => [
        `${word[level]}  ${inline(message)}${level === "ok" ? "" : ` (${code})`}`,
        ...(fix === undefined ? [] : [`      fix: ${inline(fix)}`]),
      ]),
      failed === 0 ? "Nothing here keeps it from working." : `${failed} to mend.`,
    ]);
    if (failed > 0) shell.exit = EXIT.failed;
  });
};
