/**
 * Record: a signal comes in, comes again, or is over.
 *
 * Whether it came before is settled by its fingerprint, before this is asked: the
 * command is then about the signal that is open already. A repeat is counted in a
 * view and makes no entry, since a flapping monitor must not become a record of
 * thousands; that it is over is an entry, once.
 */

import type { Context } from "../context.ts";
import type { Addressee, NoticeRequested } from "../notice/notice.ts";
import { noticeId } from "../notice/notice.ts";
import { ok, type Problem, refuse, refuseAll, type Result } from "../problem.ts";
import {
  LINE_CHARACTERS_MAX,
  listed,
  SIGNAL_CHARACTERS_MAX,
  textProblem,
  TITLE_CHARACTERS_MAX,
  tooLong,
} from "../text.ts";
import type { Instant } from "../time/instant.ts";
import { futureProblem } from "../when.ts";
import { type SentFile, sentFilesProblem } from "./sent-file.ts";
import { reporterId, type Signal } from "./state.ts";

export type SignalRecorded = {
  readonly type: "SignalRecorded";
  /** A channel in of the policy. */
  readonly channel: string;
  /** The adapter it came through: `alertmanager`, `mail`, `form`, `hand`. */
  readonly source: string;
  readonly fingerprint: string;
  /** When it reached us, not when we read it. */
  readonly receivedAt: Instant;
  readonly happenedAt?: Instant;
  readonly title: string;
  readonly text: string;
  readonly fields: Readonly<Record<string, string>>;
  readonly sender: { readonly name?: string; readonly mail?: string };
  readonly caseToken?: string;
  readonly wish?: string;
  /** The id of the raw body. */
  readonly raw?: string;
  readonly sourceRef?: string;
  readonly severityHint?: string;
  readonly sample?: boolean;
  readonly files?: readonly SentFile[];
};

export type SignalStopped = { readonly type: "SignalStopped"; readonly at: Instant };

export type ReporterWrote = {
  readonly type: "ReporterWrote";
  readonly text: string;
  readonly at: Instant;
  readonly files?: readonly SentFile[];
};

export type RecordSignal = {
  readonly type: "RecordSignal";
  readonly channel?: string;
  readonly source?: string;
  readonly fingerprint?: string;
  readonly receivedAt?: Instant;
  readonly happenedAt?: Instant;
  readonly title: string;
  readonly text?: string;
  readonly fields?: Readonly<Record<string, string>>;
  readonly sender?: { readonly name?: string; readonly mail?: string };
  readonly caseToken?: string;
  readonly wish?: string;
  readonly raw?: string;
  readonly sourceRef?: string;
  readonly severityHint?: string;
  readonly sample?: boolean;
  readonly files?: readonly SentFile[];
  /** Its source says that this is over. */
  readonly stopped?: boolean;
  /** The automatic word that it arrived, where the reporter can be written to. */
  readonly receipt?: {
    readonly subject: string;
    readonly body: string;
    readonly from?: Addressee;
    readonly inReplyTo?: string;
  };
};

/** The reporter writes again. */
export type RecordReply = {
  readonly type: "RecordReply";
  readonly text: string;
  readonly receivedAt?: Instant;
  readonly files?: readonly SentFile[];
};

/**
 * Records a signal, or what a repeat of it adds.
 * Refuses with `channel-unknown`, `text-missing`, `text-too-long`, `too-many`, `instant-in-future`.
 */
export function recordSignal(
  signal: Signal,
  command: RecordSignal,
  context: Context,
): Result<readonly (SignalRecorded | SignalStopped | NoticeRequested)[]> {
  if (signal.state !== "none") return ok(stopped(signal, command, context));
  // That something is over which we never heard of is not worth a signal.
  if (command.stopped) return ok([]);
  const channel = command.channel ?? handChannel(context);
  const problems = problemsOf(command, channel, context);
  const recorded = toRecorded(signal, command, channel ?? "", context);
  return refuseAll(problems, [recorded, ...receipt(signal, command, context)]);
}

/** What one case may grow to by its reporter alone, or by whoever writes in their name. */
const REPLIES_MAX = 200;

/** Why no more is taken from the reporter; undefined where there is room. */
export const repliesProblem = ({ wrote }: Pick<Signal, "wrote">): Problem | undefined =>
  wrote.length < REPLIES_MAX
    ? undefined
    : {
        code: "too-many",
        message: `This case takes no more than ${REPLIES_MAX} messages: send a report of its own, and name this one.`,
      };

/**
 * Keeps what the reporter writes after the first word, or sends without a word.
 * Refuses with `text-missing`, `text-too-long`, `too-many`, `instant-in-future`.
 */
export function recordReply(
  signal: Pick<Signal, "files" | "wrote">,
  { text, receivedAt, files = [] }: RecordReply,
  { at }: Context,
): Result<readonly ReporterWrote[]> {
  const problem =
    (files.length > 0 ? tooLong(text, SIGNAL_CHARACTERS_MAX, "/text") : textOfReply(text)) ??
    sentFilesProblem(signal.files, files) ??
    futureProblem(receivedAt, at, "/receivedAt") ??
    repliesProblem(signal);
  if (problem) return refuse(problem.code, problem.message, problem.at);
  const sent = files.length === 0 ? {} : { files };
  return ok([{ type: "ReporterWrote", text, at: receivedAt ?? at, ...sent }]);
}

const textOfReply = (text: string): Problem | undefined =>
  textProblem(text, SIGNAL_CHARACTERS_MAX, "/text", "Write something: the message is empty.");

/** Its source says once that it is over; a repeat says nothing new. */
function stopped(signal: Signal, command: RecordSignal, { at }: Context): SignalStopped[] {
  const news = command.stopped && signal.stoppedAt === undefined && signal.state !== "closed";
  return news ? [{ type: "SignalStopped", at: command.receivedAt ?? at }] : [];
}

/** What somebody of the team writes down by hand was seen by an operator. */
const handChannel = ({ policy }: Context): string | undefined =>
  policy.policy.channels.find(({ direction, kind }) => direction === "in" && kind === "operator")
    ?.id;

function problemsOf(
  command: RecordSignal,
  channel: string | undefined,
  { at, policy }: Context,
): readonly Problem[] {
  const known = policy.policy.channels.filter(({ direction }) => direction === "in");
  const found = known.some(({ id }) => id === channel);
  const message = `${channel ?? "No channel"} is not a channel in of this policy: use ${listed(known.map(({ id }) => id))}.`;
  return [
    found ? undefined : { code: "channel-unknown", message, at: "/channel" },
    textProblem(command.title, TITLE_CHARACTERS_MAX, "/title", "Say in a few words what it is."),
    tooLong(command.text, SIGNAL_CHARACTERS_MAX, "/text"),
    tooLong(command.wish, LINE_CHARACTERS_MAX, "/wish"),
    sentFilesProblem([], command.files),
    futureProblem(command.receivedAt, at, "/receivedAt"),
    futureProblem(command.happenedAt, at, "/happenedAt"),
  ].filter((problem) => problem !== undefined);
}

function toRecorded(
  { reference }: Signal,
  command: RecordSignal,
  channel: string,
  { at }: Context,
): SignalRecorded {
  const source = command.source ?? "hand";
  const { happenedAt, caseToken, wish, raw, sourceRef, severityHint, sample, files } = command;
  return {
    type: "SignalRecorded",
    channel,
    source,
    // Without one of its own a signal is like no other.
    fingerprint: command.fingerprint ?? `${source}:${reference}`,
    receivedAt: command.receivedAt ?? at,
    title: command.title,
    text: command.text ?? "",
    fields: command.fields ?? {},
    sender: command.sender ?? {},
    ...(happenedAt === undefined ? {} : { happenedAt }),
    ...(caseToken === undefined ? {} : { caseToken }),
    ...(wish === undefined ? {} : { wish }),
    ...(raw === undefined ? {} : { raw }),
    ...(sourceRef === undefined ? {} : { sourceRef }),
    ...(severityHint === undefined ? {} : { severityHint }),
    ...(sample === undefined ? {} : { sample }),
    ...(files === undefined || files.length === 0 ? {} : { files }),
  };
}

/** That it arrived, said by the system itself; never an acknowledgement. */
function receipt(
  { reference, notices }: Signal,
  { sender, receipt: asked }: RecordSignal,
  { fresh }: Context,
): NoticeRequested[] {
  if (asked === undefined || sender?.mail === undefined) return [];
  const { subject, body, from, inReplyTo } = asked;
  return [
    {
      type: "NoticeRequested",
      notice: noticeId(notices, fresh),
      kind: "receipt",
      automatic: true,
      recipient: reporterId(reference),
      meets: [],
      // Without their name: whoever gives somebody else's address must not get words into that mail.
      to: { mail: sender.mail },
      subject,
      body,
      ...(from === undefined ? {} : { from }),
      ...(inReplyTo === undefined ? {} : { inReplyTo }),
    },
  ];
}
