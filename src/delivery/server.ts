/**
 * The mail server that the operator named, in either spelling:
 * `smtp(s)://user:password@host:port`, or host, port, user, password and TLS apart.
 */

import type { MailSettings } from "./channels.ts";

export type SmtpServer = {
  readonly host: string;
  readonly port: number;
  /** `starttls` demands it: a server that does not offer it is not spoken to. */
  readonly tls: "starttls" | "implicit" | "none";
  readonly credentials?: { readonly user: string; readonly pass: string };
  /** For tests with a certificate of their own. */
  readonly rejectUnauthorized?: boolean;
};

const PORTS = { starttls: 587, implicit: 465, none: 25 } as const;

/** Undefined where none is named. */
export function smtpServerOf(settings: MailSettings): SmtpServer | undefined {
  const { smtpUrl, smtpHost, smtpPort, smtpUser, smtpPassword, smtpTls } = settings;
  if (smtpUrl === undefined) {
    if (smtpHost === undefined) return undefined;
    return {
      host: smtpHost,
      port: smtpPort ?? PORTS[smtpTls],
      tls: smtpTls,
      ...credentials(smtpUser, smtpPassword),
    };
  }
  const url = new URL(smtpUrl);
  const tls = url.protocol === "smtps:" ? "implicit" : smtpTls;
  return {
    host: url.hostname.replace(/^\[|\]$/g, ""),
    port: url.port === "" ? PORTS[tls] : Number(url.port),
    tls,
    ...credentials(decodeURIComponent(url.username), decodeURIComponent(url.password)),
  };
}

const credentials = (user: string | undefined, pass: string | undefined) =>
  user === undefined || user === "" ? {} : { credentials: { user, pass: pass ?? "" } };
