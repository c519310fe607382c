/**
 * Routes: of the registries, what a client must know in order to ask.
 *
 * The command line takes them from here. The web app has them written in when it
 * is built (vite.config.ts), so that it need not load the schemas beside them.
 */

import { COMMANDS, type CommandType } from "./command.ts";
import { type ViewName, VIEWS } from "./view.ts";
import type { CommandRoute } from "./wire.ts";

export type Routes = {
  readonly commands: Readonly<Record<CommandType, CommandRoute>>;
  readonly views: Readonly<Record<ViewName, string>>;
};

export const ROUTES: Routes = {
  commands: Object.fromEntries(
    COMMANDS.map(({ type, subject, verb, roles, ...more }): [string, CommandRoute] => [
      type,
      { subject, verb, roles, ...("creates" in more ? { creates: true } : {}) },
    ]),
  ) as Routes["commands"],
  views: Object.fromEntries(VIEWS.map(({ name, path }) => [name, path])) as Routes["views"],
};
