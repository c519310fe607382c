/** Fixture: reports of delivery as mail servers write them. Nothing but tests imports this. */

export type ReportOf = {
  /** The envelope sender of the letter, to which the report goes. */
  readonly to?: string;
  readonly recipient?: string;
  readonly action?: string;
  readonly status?: string;
  readonly diagnostic?: string;
  /** The Message-ID of the letter that is returned; nothing is returned without. */
  readonly messageId?: string;
};

/** One in the manner of Postfix. */
export function reportMail({
  to = "bounce@fennel.example",
  recipient = "cleo@meridian.example",
  action = "failed",
  status = "5.1.1",
  diagnostic = `smtp; 550 5.1.1 <${recipient}>: Recipient address rejected: User unknown`,
  messageId,
}: ReportOf = {}): string {
  const lines = [
    "Return-Path: <>",
    "Date: Fri, 20 Nov 2026 18:04:11 +0000 (UTC)",
    "From: MAILER-DAEMON@relay.example (Mail Delivery System)",
    "Subject: Undelivered Mail Returned to Sender",
    `To: ${to}`,
    "Auto-Submitted: auto-replied",
    "MIME-Version: 1.0",
    "Content-Type: multipart/report; report-type=delivery-status;",
    '\tboundary="4F1C2.1763661851/relay.example"',
    "Message-Id: <20261120180411.8B2D24F1C3@relay.example>",
    "",
    "This is a MIME-encapsulated message.",
    "",
    "--4F1C2.1763661851/relay.example",
    "Content-Description: Notification",
    "Content-Type: text/plain; charset=us-ascii",
    "",
    "I'm sorry to have to inform you that your message could not be delivered.",
    "",
    "--4F1C2.1763661851/relay.example",
    "Content-Description: Delivery report",
    "Content-Type: message/delivery-status",
    "",
    "Reporting-MTA: dns; relay.example",
    "X-Postfix-Queue-ID: 4F1C2",
    "Arrival-Date: Fri, 20 Nov 2026 18:04:10 +0000 (UTC)",
    "",
    `Final-Recipient: rfc822; ${recipient}`,
    `Original-Recipient: rfc822;${recipient}`,
    `Action: ${action}`,
    `Status: ${status}`,
    "Remote-MTA: dns; mx.meridian.example",
    `Diagnostic-Code: ${diagnostic}`,
    "",
  ];
  const returned =
    messageId === undefined
      ? []
      : [
          "--4F1C2.1763661851/relay.example",
          "Content-Description: Undelivered Message Headers",
          "Content-Type: text/rfc822-headers",
          "",
          "From: Ada <ada@fennel.example>",
          `To: ${recipient}`,
          `Message-ID: ${messageId}`,
          "Subject: Fennel security: Export files could be read [N-4TTK]",
          "",
        ];
  return [...lines, ...returned, "--4F1C2.1763661851/relay.example--", ""].join("\r\n");
}
