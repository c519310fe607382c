// `npm run dev`: the server, built anew and restarted when its sources change, and the web app from
// vite with live reload. Whatever is not the app goes through vite to the server, so one address
// serves both and cookies work. Settings as always; DUE_PORT is where you look (7272).
import { spawn } from "node:child_process";
import { createServer as listener } from "node:net";
import { join } from "node:path";
import { context } from "esbuild";
import { createServer } from "vite";
import { programOptions, ROOT } from "./build.mjs";

const OUT = join(ROOT, "dist", "dev");
const port = Number(process.env.DUE_PORT ?? 7272);
const inner = await freePort();
const url = process.env.DUE_URL ?? `http://127.0.0.1:${port}`;

let server;
let restarting = Promise.resolve();
const restart = () => {
  restarting = restarting.then(stop).then(() => {
    // The app itself comes from vite; the server only wants a folder that is there.
    const DUE_WEB_DIR = join(ROOT, "src/web");
    const env = {
      DUE_WEB_DIR,
      ...process.env,
      DUE_PORT: String(inner),
      DUE_HOST: "127.0.0.1",
      DUE_URL: url,
    };
    server = spawn(process.execPath, ["--enable-source-maps", join(OUT, "due.js"), "serve"], {
      env,
      stdio: "inherit",
    });
  });
};

const program = await context({
  ...programOptions(OUT),
  logLevel: "warning",
  plugins: [
    {
      name: "restart",
      setup: (build) => build.onEnd(({ errors }) => (errors.length === 0 ? restart() : undefined)),
    },
  ],
});
await program.watch();

const web = await createServer({
  root: join(ROOT, "src/web"),
  configFile: join(ROOT, "vite.config.ts"),
  base: "/app/",
  server: {
    port,
    strictPort: true,
    host: "127.0.0.1",
    proxy: { "^/(?!app(?:/|$))": { target: `http://127.0.0.1:${inner}`, ws: false } },
  },
});
await web.listen();
console.log(`The app, with live reload, is at ${url}/app/`);

for (const signal of ["SIGINT", "SIGTERM"])
  process.once(signal, () => {
    const ended = Promise.all([web.close(), program.dispose(), restarting.then(stop)]);
    void ended.then(() => process.exit(0));
  });

/** Resolves when the server that runs has ended, its database with it. */
function stop() {
  if (server === undefined || server.exitCode !== null || server.signalCode !== null)
    return undefined;
  return new Promise((ended) => {
    server.once("exit", ended);
    server.kill("SIGTERM");
  });
}

function freePort() {
  return new Promise((resolve) => {
    const probe = listener().listen(0, "127.0.0.1", () => {
      const { port: free } = probe.address();
      probe.close(() => resolve(free));
    });
  });
}
