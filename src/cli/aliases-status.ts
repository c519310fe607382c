/** Aliases of what everybody reads: the status page, and banners. */

import type { Alias } from "./aliases.ts";

export const STATUS_ALIASES: readonly Alias[] = [
  {
    type: "DescribeComponent",
    verb: "component",
    places: ["name"],
    example: 'due status component Exports --about "CSV and PDF"',
  },
  {
    type: "RemoveComponent",
    verb: "drop",
    places: ["component"],
    example: "due status drop exports",
  },
  {
    type: "OpenStatus",
    verb: "open",
    places: ["title"],
    short: { nextAt: "next", startsAt: "from", endsAt: "until" },
    example:
      'due status open "Exports are slow" --state investigating --components exports=degraded --text "Exports take up to an hour." --next 18:20 --tell yes --yes',
  },
  {
    type: "UpdateStatus",
    verb: "update",
    places: ["status", "state"],
    short: { nextAt: "next", endsAt: "until" },
    example:
      'due status update S-7QK4M2 resolved --text "Exports are as fast as before." --tell yes --yes',
  },
  {
    type: "CorrectStatus",
    verb: "correct",
    places: ["status", "update"],
    example: 'due status correct S-7QK4M2 1 --text "Exports take up to two hours." --yes',
  },
  {
    type: "TakeStatusClock",
    verb: "take",
    places: ["obligation"],
    example: "due status take next-update-s-7qk4m2-1@public",
  },
  {
    type: "PublishBanner",
    verb: "publish",
    places: ["text"],
    short: { endsAt: "until" },
    example:
      'due banner publish "Exports are slow; nothing is lost." --level warning --until 18:20 --yes',
  },
  {
    type: "EndBanner",
    verb: "end",
    places: ["banner"],
    example: 'due banner end B-7QK4M2 --reason "Exports are as fast as before"',
  },
  {
    type: "RevokeBannerToken",
    verb: "revoke",
    places: ["token"],
    example: 'due banner revoke bt_7QK4M2XYZABC --reason "The page is gone"',
  },
];
