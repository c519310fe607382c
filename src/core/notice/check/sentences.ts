/** Sentences: how a text is cut, for checks that read it. */

/** The sentences of a text, roughly: what lies between full stops and line ends. */
export const sentencesOf = (text: string): readonly string[] =>
  text.split(/(?<=[.!?])\s+|\n+/).filter((sentence) => sentence.trim() !== "");
