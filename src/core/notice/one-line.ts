/** One line: a text fit for a header, whatever somebody typed. */

/**
 * Text without line breaks, control characters and marks that turn the reading direction; the two
 * joiners stay, without which Persian and many a script of India is spelled wrong. What looks like
 * an encoded word (RFC 2047) is broken up: whoever reads the header would be shown what it decodes to.
 */
export const oneLine = (text: string, max: number): string =>
  text
    .replace(/(?:(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029])+/gu, " ")
    .replaceAll("=?", "= ?")
    .replace(/ {2,}/g, " ")
    .trim()
    .slice(0, max)
    .replace(/\p{Cs}/gu, "");
