/** Mail worker: the thread in which mails are read, one after the other. It touches nothing outside. */

import { parentPort } from "node:worker_threads";
import type { Result } from "../core/problem.ts";
import { type DeliveryReport, deliveryReport } from "./delivery-report.ts";
import { type MailReport, mailReport } from "./mail-report.ts";

export type MailAsked = {
  readonly wants: "delivery-report" | "mail-report";
  readonly body: Uint8Array;
};

/** What was read, or the bug that it met. */
export type MailRead =
  | { readonly delivery: Result<DeliveryReport> }
  | { readonly report: Result<MailReport> }
  | { readonly broken: string };

parentPort?.on("message", (asked: MailAsked) => {
  void read(asked).then((answer) => parentPort?.postMessage(answer));
});

async function read({ wants, body }: MailAsked): Promise<MailRead> {
  try {
    return wants === "delivery-report"
      ? { delivery: await deliveryReport(body) }
      : { report: await mailReport(body) };
  } catch (error) {
    // Not swallowed: whoever asked throws it again, and the thread reads on.
    return { broken: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}
