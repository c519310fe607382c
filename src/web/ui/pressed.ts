/**
 * Pressed: what a field does when it is left waits until the pointer that left it is let go.
 *
 * Pressing a button takes the focus from a field before the click is one. What the field then
 * does may move the page, and the button away from under the pointer: the click would be lost.
 */

let isPressed = false;
addEventListener("pointerdown", () => (isPressed = true), true);
for (const over of ["pointerup", "pointercancel"])
  addEventListener(over, () => (isPressed = false), true);

/** At once where nothing is pressed; else when it is let go, after the click that it makes. */
export function whenReleased(act: () => void): void {
  if (!isPressed) return act();
  const over = new AbortController();
  const release = (): void => {
    over.abort();
    setTimeout(act);
  };
  for (const name of ["pointerup", "pointercancel"])
    addEventListener(name, release, { capture: true, signal: over.signal });
}
