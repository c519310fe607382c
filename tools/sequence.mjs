// In which order test files begin. Two run at a time on two cores: what takes a minute must not be
// begun last, when everything else has ended. Among the others the order is that of their names,
// the same on every machine and at every run.
import { relative } from "node:path";
import { BaseSequencer } from "vitest/node";

/** Quick answers first. Files of one project stay together: a worker keeps what it has loaded. */
const PROJECTS = ["unit", "real"];
/** Of the real ones, those that start programs come after those with nothing but a database. */
const PROGRAMS = /^test\/(?:browser|peers|scenarios)\//;

/** A quarter of a minute and more, longest first. A file that is not here is only begun later. */
const LONGEST = [
  "test/browser/studio-forms.test.ts",
  "test/browser/newcomer-desk.test.ts",
  "test/browser/newcomer-phone.test.ts",
  "test/browser/studio.test.ts",
  "test/browser/pages.test.ts",
  "test/scenarios/command-line.test.ts",
  "test/scenarios/parties.test.ts",
  "test/scenarios/starts.test.ts",
  "test/scenarios/section-files.test.ts",
  "test/peers/dovecot.test.ts",
  "test/browser/xss.test.ts",
  "test/browser/tell.test.ts",
  "test/browser/weight.test.ts",
  "test/browser/tape.test.ts",
  "src/server/policy/imports.test.ts",
  "src/worker/deliver.test.ts",
  "src/pdf/room.test.ts",
  "test/ledger-verify.test.ts",
];

export default class LongestFirst extends BaseSequencer {
  async sort(files) {
    const placed = files.map((file) => {
      const path = relative(this.ctx.config.root, file.moduleId);
      const long = LONGEST.indexOf(path);
      const part = PROJECTS.indexOf(file.project.name) + (PROGRAMS.test(path) ? 1 : 0);
      return { file, path, part, place: long < 0 ? LONGEST.length : long };
    });
    return placed
      .sort((a, b) => a.part - b.part || a.place - b.place || (a.path < b.path ? -1 : 1))
      .map(({ file }) => file);
  }
}
