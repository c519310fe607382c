/** The thread beside the page that has the browser read its zones (zones.ts), and ends. */

const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
new Intl.DateTimeFormat("en-GB", { timeZone, timeZoneName: "short" }).format(0);
postMessage("read");
close();
