/**
 * The names that this server leaves on disk, on command lines and in the catalogue.
 *
 * A later release recognises an earlier one's server, files and roles by them, so none may change
 * without a migration that knows both.
 */

/** The role of initdb, a superuser. Nothing but preparation, backup and repair logs in with it. */
export const SUPERUSER = "duenotice";

/** The role and the database of daily work. */
export const DAILY_ROLE = "due_app";
export const DATABASE = "duenotice";

/** Passwords, 0600, inside the data directory so that they are backed up with what they open. */
export const SECRET_FILE = "duenotice.secret";
export const DAILY_SECRET_FILE = "due-app.secret";

/** How a later start knows a server of ours: it is on the server's command line. */
export const CLUSTER_NAME = "duenotice";

/** $0 of the watcher shell, followed by the pid of the process that owns the server. */
export const WATCHER = "duenotice-pg-watcher";

/** The users to run as when we are root, in order of preference. */
export const USERS = ["duenotice", "postgres", "_postgres", "nobody"];

/** What the npm binaries are, what the builtin C.UTF-8 locale needs, and what the data is. */
export const MAJOR = "18";

/** Only part of the socket's file name: the server listens on no TCP port. */
export const PORT = 5432;
