/** What speaks against words for everybody, asked of the server as they are typed. */

import { useEffect, useState } from "react";
import type { PublicWordsChecked } from "../../../api/public-words.ts";
import { client } from "../../api.ts";

export type WordFinding = PublicWordsChecked["findings"][number];

const QUIET_MS = 400;

/** Undefined while nothing was asked yet. */
export function useWords(
  title: string,
  text: string,
  audience?: string,
): readonly WordFinding[] | undefined {
  const [findings, setFindings] = useState<readonly WordFinding[]>();
  useEffect(() => {
    if (`${title}${text}`.trim() === "") {
      setFindings(undefined);
      return;
    }
    let isOver = false;
    const ask = async (): Promise<void> => {
      const asked = { title, text, ...(audience === undefined ? {} : { audience }) };
      const said = await client.call<PublicWordsChecked>("POST", "/api/v1/public-words", asked);
      if (!isOver && said.ok) setFindings(said.value.findings);
    };
    const timer = setTimeout(() => void ask(), QUIET_MS);
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [title, text, audience]);
  return findings;
}
