// Loaded into a server under torture by NODE_OPTIONS: looks from inside at what one turn of the
// event loop costs, and how much memory is resident. Whoever connects to PROBE_SOCKET is told the
// most of both since somebody asked last.
//
// A turn is measured in CPU time of the process, not by the clock: on a machine that is busy
// with other things a turn may last long and cost little.
import { createServer } from "node:net";
import { isMainThread } from "node:worker_threads";

const LOOK_MS = 5;
const MB = 1024 * 1024;

if (isMainThread && process.argv[2] === "serve" && process.env.PROBE_SOCKET) {
  let [turnMs, rssMb] = [0, 0];
  let before = process.cpuUsage();
  const look = () => {
    const { user, system } = process.cpuUsage(before);
    before = process.cpuUsage();
    turnMs = Math.max(turnMs, (user + system) / 1_000);
    rssMb = Math.max(rssMb, process.memoryUsage.rss() / MB);
  };
  setInterval(look, LOOK_MS).unref();
  const server = createServer((socket) => {
    look();
    socket.end(JSON.stringify({ turnMs, rssMb, nowMb: process.memoryUsage.rss() / MB }));
    turnMs = 0;
    rssMb = 0;
  });
  server.listen(process.env.PROBE_SOCKET);
  server.unref();
}
