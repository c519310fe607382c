/**
 * Prose: what people wrote, as they wrote it. Blocks of code keep their shape,
 * `words` in backticks and addresses are told apart, and nothing else is: a line
 * typed at night is no place for surprises of a markup.
 */

import { pieces, stretches } from "./prose-text.ts";

export function Prose({ text }: { readonly text: string }) {
  return (
    <>
      {stretches(text).map(({ kind, text: part }, index) =>
        kind === "code" ? (
          <pre key={index} className="prose-code" tabIndex={0}>
            {part}
          </pre>
        ) : (
          <span key={index} className="prose">
            {pieces(part).map((piece, at) =>
              piece.kind === "code" ? (
                <code key={at}>{piece.text}</code>
              ) : piece.kind === "link" ? (
                <a key={at} href={piece.text} rel="noreferrer noopener" target="_blank">
                  {piece.text}
                </a>
              ) : (
                piece.text
              ),
            )}
          </span>
        ),
      )}
    </>
  );
}
