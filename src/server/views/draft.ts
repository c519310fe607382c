/** Views of drafts: which there are, and one of them as it stands. For the team alone. */

import { ok } from "../../core/problem.ts";
import { toIso } from "../../core/time/instant.ts";
import { missing, nameOf, type Reading } from "./reading.ts";
import type { Views } from "./views.ts";

export const draftViews = ({ store, handling }: Reading): Pick<Views, "drafts" | "draft"> => ({
  async drafts() {
    const [rows, access] = await Promise.all([store.drafts.list(), handling.access()]);
    const items = rows.map(({ name, revision, bytes, by, savedAt }) => ({
      name,
      revision,
      bytes,
      by: nameOf(by, access),
      savedAt: toIso(savedAt),
    }));
    return ok({ items });
  },
  async draft({ parameters }) {
    const draft = await store.drafts.read(parameters.name ?? "");
    if (draft === undefined) return missing("such draft");
    const { name, revision, text, by, savedAt } = draft;
    const who = nameOf(by, await handling.access());
    return ok({ name, revision, text, by: who, savedAt: toIso(savedAt) });
  },
});
