/** Public words: what can be said against a text before everybody reads it. */

import { publicWordsInput, type PublicWordsChecked } from "../api/public-words.ts";
import { outwardOf } from "../beside-public.ts";
import { checkPublicWords } from "../core/notice/check/public-words.ts";
import { ok } from "../core/problem.ts";
import type { Question } from "./asking.ts";
import type { Reading } from "./views/reading.ts";

export const publicWords = ({
  handling: { world },
}: Pick<Reading, "handling">): Question<typeof publicWordsInput> => ({
  // A finding may name a customer: whoever may read banners writes for everybody too.
  as: "banners",
  input: publicWordsInput,
  async answer({ title = "", text, audience }) {
    const beside = await outwardOf(`${title}\n${text}`, world);
    const customers = beside.customers.filter(({ id }) => id !== audience);
    const pieces = [
      { at: "/title", text: title },
      { at: "/text", text },
    ];
    const findings = checkPublicWords(pieces, { ...beside, customers }).map(
      ({ code, level, message, at }) => ({ code, level, message, at }),
    );
    return ok({ findings } satisfies PublicWordsChecked);
  },
});
