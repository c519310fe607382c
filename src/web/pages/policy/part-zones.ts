/** Zones to choose from: all that the browser counts by, and what stands there. */

let zones: readonly string[] | undefined;

export function zoneChoices(now: string): readonly { value: string; label: string }[] {
  zones ??= ["UTC", ...Intl.supportedValuesOf("timeZone").filter((zone) => zone !== "UTC")];
  const all = now === "" || zones.includes(now) ? zones : [now, ...zones];
  return all.map((zone) => ({ value: zone, label: zone.replaceAll("_", " ") }));
}
