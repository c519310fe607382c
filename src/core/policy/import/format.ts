/** Format: what a text is written in, by its name or by itself. */

export const IMPORT_FORMATS = ["markdown", "html", "text", "yaml"] as const;
export type ImportFormat = (typeof IMPORT_FORMATS)[number];

/** By what the text begins with and is full of. */
export function formatOf(text: string): ImportFormat {
  const start = text.slice(0, 20_000);
  if (
    /^\s*(?:#[^\n]*\n\s*)*format:\s*["']?duenotice\//.test(start) ||
    /^format:\s*["']?duenotice\//m.test(start)
  )
    return "yaml";
  if (/^\s*<(?:!doctype|html|head|body|div|p|h[1-6]|table|section|article|main|ul)\b/i.test(start))
    return "html";
  if ((start.match(/<\/(?:p|h[1-6]|li|td|div|table)>/gi) ?? []).length > 3) return "html";
  if (/^#{1,6}\s+\S/m.test(start) || /\*\*[^*\n]+\*\*/.test(start)) return "markdown";
  return "text";
}

/** By the ending of a file's name. */
export function formatOfName(name: string): ImportFormat | undefined {
  const ending = /\.([a-z]+)$/i.exec(name)?.[1]?.toLowerCase() ?? "";
  if (/^(?:md|markdown|mdown|mkd)$/.test(ending)) return "markdown";
  if (/^x?html?$/.test(ending)) return "html";
  if (/^ya?ml$/.test(ending)) return "yaml";
  return ending === "eml" ? "text" : undefined;
}
