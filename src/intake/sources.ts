/**
 * Sources: the list of what monitors can send here, and who reads it.
 *
 * The server keeps a body under a source's name before anybody has looked at it;
 * the worker finds its reader here. To add a source: an adapter, a line, a fixture.
 */

import { alertmanagerSignals } from "./alertmanager.ts";
import { withoutOwnLinks } from "./own-link.ts";
import { prometheusSignals } from "./prometheus.ts";
import type { ToSignals } from "./signal.ts";

export type Source = {
  readonly name: string;
  /** Below the address of this installation. */
  readonly path: string;
  /** A token needs one of these to send here. */
  readonly scopes: readonly string[];
  /** Absent where what comes says something of what went out: the worker reads that itself. */
  readonly toSignals?: ToSignals;
  /** What must not be kept of it is taken out before it is; else it is kept exactly as it came. */
  readonly toKept?: (body: Buffer) => Buffer;
};

export const SOURCES: readonly Source[] = [
  {
    name: "alertmanager",
    path: "/intake/alertmanager",
    scopes: ["intake", "intake:alertmanager"],
    toSignals: alertmanagerSignals,
  },
  {
    name: "prometheus",
    path: "/intake/prometheus/api/v2/alerts",
    scopes: ["intake", "intake:prometheus"],
    toSignals: prometheusSignals,
  },
  {
    name: "mail",
    path: "/intake/mail",
    scopes: ["intake", "intake:mail", "write"],
    toKept: withoutOwnLinks,
  },
];
