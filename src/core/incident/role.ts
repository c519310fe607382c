/**
 * Role: a function that must be covered, not a post. One person may hold all of
 * them; each is held by one person at a time.
 */

export type RoleTaken = {
  readonly type: "RoleTaken";
  readonly role: string;
  /** An account. */
  readonly person: string;
};
export type RoleLeft = { readonly type: "RoleLeft"; readonly role: string };

export type TakeRole = {
  readonly type: "TakeRole";
  readonly role: string;
  readonly person?: string;
};
export type LeaveRole = {
  readonly type: "LeaveRole";
  readonly role: string;
  readonly person?: string;
};
