/** Whether whoever asks takes an answer in this encoding (RFC 9110, 12.5.3). */
export const isAccepted = (asked: Headers, encoding: string): boolean =>
  new RegExp(`(?:^|[ ,])${encoding}(?:$|[ ,;])(?!q=0(?:$|[, ]))`).test(
    asked.get("accept-encoding") ?? "",
  );
