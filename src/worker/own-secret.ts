/** Own secret: the address that a letter gives its recipient, made again for each attempt. */

import type { NoticeRequested } from "../core/notice/notice.ts";
import { secretWith } from "../store/notice-secret.ts";
import type { WorkerWorld } from "./world.ts";

/** The secret of a letter's page; undefined where the key that it follows from is another by now. */
export const ownSecretOf =
  ({ store: { signing } }: Pick<WorkerWorld, "store">) =>
  (subject: string, { recipient, ownPage }: NoticeRequested): string | undefined => {
    if (!signing.ok || ownPage === undefined) return undefined;
    // Of a contact who is asked whether they still are one, the whole subject stands in its place.
    const incident = subject.replace(/^incident\//, "");
    const { madeWith, digest } = ownPage;
    return secretWith(digest, signing.value, { incident, recipient, madeWith });
  };
