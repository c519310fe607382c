/** Promise name: which entry of the status page an obligation is of, by what the obligation is called. */

/** `S-7QK4M2` of `next-update-s-7qk4m2-3`; undefined for what the status page did not promise. */
export const promisedBy = (obligation: string): string | undefined =>
  /^(?:next-update-(s-\w+)-\d+|maintenance-ends-(s-\w+))/
    .exec(obligation)
    ?.slice(1)
    .find((id) => id !== undefined)
    ?.toUpperCase();
