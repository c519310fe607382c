/**
 * Replay: the draft over everything that is recorded, page by page: which due instants would
 * be others, and what would have been missed or kept. Nothing of it is recorded.
 */

import { useInfiniteQuery } from "@tanstack/react-query";
import type { ReplayPage } from "../../../api/replay.ts";
import { client, problemsIn, valueOf } from "../../api.ts";
import { Link } from "../../navigation.tsx";
import { subjectRoute } from "../../paths.ts";
import { Button } from "../../ui/button.tsx";
import { Problems } from "../../ui/field.tsx";
import { Section } from "../../ui/sheet.tsx";
import { counted } from "./reading.ts";

const PAGE = 25;

export function Replay({ text }: { readonly text: string }) {
  const asked = useInfiniteQuery({
    queryKey: ["replay", text],
    initialPageParam: "",
    queryFn: async ({ pageParam }) =>
      valueOf(
        await client.call<ReplayPage>("POST", "/api/v1/replays", {
          text,
          limit: PAGE,
          ...(pageParam === "" ? {} : { cursor: pageParam }),
        }),
      ),
    getNextPageParam: (page) => page.next ?? undefined,
  });
  const pages = asked.data?.pages ?? [];
  const items = pages.flatMap((page) => page.items);
  const sum = (count: keyof ReplayPage["counts"]): number =>
    pages.reduce((all, page) => all + page.counts[count], 0);
  const replayed = pages.reduce((all, page) => all + page.replayed, 0);
  const [first] = pages;
  return (
    <Section
      title="Replay"
      says={
        first === undefined
          ? "Replaying…"
          : `Over ${replayed} of ${first.total} recorded: ${sum("later")} later, ${sum("earlier")} earlier, ${sum("appears")} new, ${sum("vanishes")} gone; ${sum("missed")} would have been missed, ${sum("kept")} kept.`
      }
    >
      <Problems problems={asked.error ? problemsIn(asked.error) : []} />
      <dl className="diffs">
        {items.map(({ subject, title, policyVersion, moves, unknown }) => (
          <div key={subject}>
            <dt>
              <Link {...subjectRoute(subject)}>{title}</Link>{" "}
              <span className="secondary">under version {policyVersion}</span>
            </dt>
            <dd>
              <ul className="behaviour">
                {[...moves.map(({ says }) => says), ...unknown].map((says) => (
                  <li key={says}>{says}</li>
                ))}
              </ul>
            </dd>
          </div>
        ))}
      </dl>
      {asked.hasNextPage ? (
        <Button
          whyNot={asked.isFetching ? "One moment." : undefined}
          onClick={() => void asked.fetchNextPage()}
        >
          Replay {counted(Math.min(PAGE, (first?.total ?? 0) - replayed), "more subject")}
        </Button>
      ) : null}
    </Section>
  );
}
