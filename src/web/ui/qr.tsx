/** QR: a text for the camera of another device (ISO/IEC 18004), always dark on light. */

import { encode } from "uqr";

/** Modules of quiet around it, without which a camera does not find it. */
const QUIET = 4;

/** `says` is what somebody hears who cannot see it. */
export function QrCode({ text, says }: { readonly text: string; readonly says: string }) {
  const { data, size } = encode(text, { ecc: "M", border: QUIET });
  const dark = data.flatMap((row, y) =>
    row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])),
  );
  return (
    <svg className="qr" role="img" aria-label={says} viewBox={`0 0 ${size} ${size}`}>
      <path d={dark.join("")} />
    </svg>
  );
}
