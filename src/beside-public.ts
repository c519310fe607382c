/**
 * Beside, of what everybody reads: who writes it, how many would be told, and what of
 * inside stands in its words. Looked up for commands of the status page and of banners.
 */

import type { Access } from "./core/access/access.ts";
import type { Beside } from "./core/context.ts";
import { isCustomer, type Party } from "./core/party/party.ts";
import type { Desk, Draft } from "./desk.ts";
import type { Envelope, World } from "./handle.ts";

export const IS_PUBLIC: ReadonlySet<string> = new Set([
  "DescribeComponent",
  "OpenStatus",
  "UpdateStatus",
  "CorrectStatus",
  "PublishBanner",
  "MakeBannerToken",
]);

export async function besidePublic<P>(
  command: Envelope["command"],
  by: string,
  desk: Desk<P>,
  world: World<P>,
): Promise<Beside> {
  const isStatus = command.type.endsWith("Status");
  const [statusSubscribers, access, outward] = await Promise.all([
    isStatus ? world.subscribers?.("status") : undefined,
    by.startsWith("token/") ? desk.open("access", "current") : undefined,
    outwardOf(publicWords(command), world),
  ]);
  return {
    outward,
    ...(statusSubscribers === undefined ? {} : { statusSubscribers }),
    ...behindOf(by, access),
    ...(await audienceCustomer(command, desk)),
  };
}

/** What stands in these words and must not: customers' names, private titles, who reported. */
export async function outwardOf(
  words: string,
  { customersIn, insideIn }: Pick<World<unknown>, "customersIn" | "insideIn">,
): Promise<NonNullable<Beside["outward"]>> {
  const [named, inside] = await Promise.all([customersIn?.(words), insideIn?.(words)]);
  const customers = (named ?? []).map(({ id, name }) => ({ id: `customer:${id}`, name }));
  return { internal: [], reporters: [], ...inside, customers };
}

/** The account that made the token behind a command. */
export const behindOf = (by: string, access: Draft | undefined): Beside => {
  const behind = (access?.folded.state as Access | undefined)?.tokens[by]?.madeBy;
  return behind === undefined ? {} : { behind };
};

/** Everything in a command that is to be read outside. */
function publicWords(command: Envelope["command"]): string {
  const { title, text, name, about, linkText } = command as {
    readonly [field: string]: unknown;
  };
  return [title, text, name, about, linkText].filter((one) => typeof one === "string").join("\n");
}

/** The customer whom a banner or a token is for. */
async function audienceCustomer<P>(command: Envelope["command"], desk: Desk<P>): Promise<Beside> {
  const audience = "audience" in command ? (command.audience ?? "") : "";
  if (!audience.startsWith("customer:")) return {};
  const { folded } = await desk.open("party", audience.slice("customer:".length));
  const found = folded.state as Party;
  if (!isCustomer(found) || found.state !== "customer") return {};
  return { customer: { id: found.id, name: found.name, removed: false } };
}
