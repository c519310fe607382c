/**
 * Settings: the one table of what an operator can set.
 *
 * Each has one name in four spellings: `smtpHost` here, `--smtp-host` as a flag,
 * `DUE_SMTP_HOST` in the environment, `smtp-host` in config.yaml. A secret can
 * also stand in a file that DUE_..._FILE names. `due config print`, the
 * documentation and the parser all read this table, so none can differ.
 */

import { isIP } from "node:net";
import { ok, refuse, type Result } from "../core/problem.ts";

export const LOG_LEVELS = ["debug", "info", "warn", "error", "silent"] as const;
export const SMTP_TLS_MODES = ["starttls", "implicit", "none"] as const;
const PORT_MAX = 65_535;

export type Setting<T> = {
  readonly parse: (text: string) => Result<T>;
  /** What the documentation calls its type. */
  readonly type: string;
  readonly fallback: T;
  readonly says: string;
  /** Never printed or logged; may come from a file. */
  readonly secret?: true;
};

type Kind<T> = Pick<Setting<T>, "parse" | "type">;
const no = (right: string): Result<never> => refuse("bad-setting", right);

const text: Kind<string> = { type: "text", parse: (given) => ok(given) };

const port: Kind<number> = {
  type: "port",
  parse: (given) =>
    /^\d{1,5}$/.test(given) && Number(given) <= PORT_MAX
      ? ok(Number(given))
      : no(`must be a port number from 0 to ${PORT_MAX}`),
};

const seconds: Kind<number> = {
  type: "seconds",
  parse: (given) =>
    /^\d{1,3}$/.test(given) && Number(given) <= 600
      ? ok(Number(given))
      : no("must be a whole number of seconds from 0 to 600"),
};

const days: Kind<number> = {
  type: "days",
  parse: (given) =>
    /^\d{1,4}$/.test(given) && Number(given) <= 3_650
      ? ok(Number(given))
      : no("must be a whole number of days from 0 to 3650"),
};

const mail: Kind<string> = {
  type: "mail address",
  parse: (given) =>
    /^[^\s@<>,;"]+@[^\s@<>,;"]+$/.test(given)
      ? ok(given)
      : no("must be one mail address, like ana@fennel.example"),
};

const mailer: Kind<string> = {
  type: "mail address",
  parse: (given) =>
    /^(?:[^\r\n<>]{1,100} <[^\s@<>,;"]+@[^\s@<>,;"]+>|[^\s@<>,;"]+@[^\s@<>,;"]+)$/.test(given)
      ? ok(given)
      : no("must be an address, like Fennel security <security@fennel.example>"),
};

const oneOf = <const T extends string>(...allowed: readonly T[]): Kind<T> => ({
  type: allowed.join(" | "),
  parse: (given) =>
    allowed.includes(given as T) ? ok(given as T) : no(`must be one of ${allowed.join(", ")}`),
});

/** An absolute address with one of these schemes, without query or fragment. */
const address = (type: string, ...schemes: readonly string[]): Kind<string> => ({
  type,
  parse: (given) => {
    const url = URL.canParse(given) ? new URL(given) : undefined;
    return url && schemes.includes(url.protocol) && url.hash === ""
      ? ok(given)
      : no(`must be an address that begins with ${schemes.map((s) => `${s}//`).join(" or ")}`);
  },
});

const publicUrl: Kind<string> = {
  type: "address",
  parse: (given) => {
    const parsed = address("", "http:", "https:").parse(given);
    if (!parsed.ok) return parsed;
    const url = new URL(given);
    if (url.search !== "" || url.username !== "" || url.password !== "")
      return no("must have no query, user or password: https://respond.fennel.example");
    return ok(url.origin + url.pathname.replace(/\/+$/, ""));
  },
};

const proxies: Kind<readonly string[]> = {
  type: "addresses",
  parse: (given) => {
    const named = given.split(",").map((one) => one.trim());
    const isProxy = (one: string): boolean => {
      const [ip = "", prefix, ...rest] = one.split("/");
      const bits = isIP(ip) === 6 ? 128 : 32;
      return (
        isIP(ip) > 0 &&
        rest.length === 0 &&
        (prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= bits))
      );
    };
    return named.every(isProxy) ? ok(named) : no("must be addresses, like 127.0.0.1, 10.0.0.0/8");
  },
};

const token: Kind<string> = {
  type: "text",
  parse: (given) =>
    given.length >= 16 ? ok(given) : no("must have at least 16 characters: openssl rand -hex 32"),
};

const has = <T>(kind: Kind<T>, fallback: T, says: string): Setting<T> => ({
  ...kind,
  fallback,
  says,
});
const may = <T>(kind: Kind<T>, says: string): Setting<T | undefined> => ({
  ...kind,
  fallback: undefined,
  says,
});
const secret = <T>(kind: Kind<T>, says: string): Setting<T | undefined> => ({
  ...may(kind, says),
  secret: true,
});

export const SETTINGS = {
  data: has(text, "./data", "The one folder that holds everything: database, keys, outbox."),
  host: has(text, "127.0.0.1", "The address to listen on; 0.0.0.0 for every interface."),
  port: has(port, 7272, "The port to listen on; 0 for any free one."),
  url: may(
    publicUrl,
    "Where people and mails find this installation; may hold a path. From host and port if unset.",
  ),
  trustProxy: has(
    proxies,
    [] as readonly string[],
    "Proxies whose X-Forwarded-For and X-Forwarded-Proto are believed.",
  ),
  databaseUrl: secret(
    address("address", "postgres:", "postgresql:"),
    "A PostgreSQL server to use instead of the built-in one.",
  ),
  pgBin: may(text, "The bin folder of a PostgreSQL 18 for the built-in database to run."),
  webDir: may(text, "The built web app; found beside the program if unset."),
  ownerEmail: may(mail, "The first owner's address; the setup link still sets the credential."),
  smtpUrl: secret(
    address("address", "smtp:", "smtps:"),
    "Outgoing mail in one line: smtp://user:password@mail.fennel.example:587.",
  ),
  smtpHost: may(text, "Outgoing mail server, where DUE_SMTP_URL is not used."),
  smtpPort: may(port, "Its port: 587 for starttls, 465 for implicit, 25 for none if unset."),
  smtpUser: may(text, "The user to log in as."),
  smtpPassword: secret(text, "That user's password."),
  smtpTls: has(
    oneOf(...SMTP_TLS_MODES),
    "starttls" as (typeof SMTP_TLS_MODES)[number],
    "How the connection is encrypted; none only for a server on this machine.",
  ),
  mailFrom: may(mailer, "From whom automatic mail comes: receipts, pages, reminders."),
  bounceAddress: may(
    mailer,
    "Where letters that cannot be delivered come back to: bounce@fennel.example, whose bounce+anything@ arrives too, and is handed to `due mail in`.",
  ),
  imapUrl: secret(
    address("address", "imap:", "imaps:"),
    "A mailbox for reports and returned letters: imaps://user:password@mail.fennel.example/INBOX.",
  ),
  imapTls: has(
    oneOf("starttls", "none"),
    "starttls" as "starttls" | "none",
    "How a connection to imap:// is encrypted; none only for a server on this machine.",
  ),
  imapAfterwards: has(
    oneOf("keep", "delete"),
    "keep" as "keep" | "delete",
    "What becomes of a message in the mailbox once it is kept here.",
  ),
  mailDays: has(
    days,
    90,
    "How long a mail that could not be read or matched stays under unreadable; 0 for ever.",
  ),
  dkimDomain: may(text, "The domain that signs outgoing mail."),
  dkimSelector: may(text, "The selector of its key in the DNS."),
  dkimKey: secret(text, "Its private key, as PEM."),
  holdSeconds: has(
    seconds,
    60,
    "How long a notice is held before it leaves, so that a mistake can be undone.",
  ),
  metricsToken: secret(token, "Bearer token for /metrics from elsewhere than this machine."),
  logLevel: has(
    oneOf(...LOG_LEVELS),
    "info" as (typeof LOG_LEVELS)[number],
    "The least that is logged.",
  ),
  token: secret(text, "Only for the command line away from the host: its API token."),
} as const satisfies Record<string, Setting<unknown>>;

export type SettingKey = keyof typeof SETTINGS;
export type Settings = {
  readonly [K in SettingKey]: (typeof SETTINGS)[K] extends Setting<infer T> ? T : never;
};

export const SETTING_KEYS = Object.keys(SETTINGS) as readonly SettingKey[];

/** `smtp-host`: the flag without its hyphens, and the name in config.yaml. */
export const flagOf = (key: string): string => key.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`);

/** `DUE_SMTP_HOST`. */
export const envOf = (key: string): string =>
  `DUE_${flagOf(key).replaceAll("-", "_").toUpperCase()}`;
