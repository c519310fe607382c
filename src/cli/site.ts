/** Site: the public pages as files, so that they can be read when this host is down. */

import { actOnHost, type OnData, onData } from "./settings.ts";
import type { Fill } from "./verb.ts";

export const site: Fill = (command, shell) => {
  onData(
    command
      .command("export <dir>")
      .description(
        "Write every public page, feed, key and file into a folder, with the hash of each; links in it work from anywhere.",
      ),
    "due site export ./site",
  ).action((dir: string, asked: OnData) =>
    actOnHost(
      shell,
      asked,
      ({ opened, config }, { exportSite }) => {
        shell.progress("Writing the pages");
        return exportSite(opened, config, dir, shell.now());
      },
      ({ folder, files }) => [
        `${folder} holds ${files} files. Any server of plain files can serve it, below any path; \`sha256sum -c SHA256SUMS\` in it checks them.`,
        "It is as of now: export again after publishing, or from cron.",
      ],
    ),
  );
};
