/** One letter of the list, whole: what became of it, what came back, and what it says. */

import type { Notice } from "../../../api/view.ts";
import { Link } from "../../navigation.tsx";
import { ROUTES, subjectRoute } from "../../paths.ts";
import { OutwardSheet } from "../../ui/sheet.tsx";
import { At } from "../../ui/time.tsx";
import { CameBack } from "./came-back.tsx";

export function NoticeText({ notice }: { readonly notice: Notice }) {
  const isSubscription = notice.subject.startsWith("subscription/");
  return (
    <>
      <p className="secondary">
        Asked for <At iso={notice.requestedAt} />, {notice.attempts}{" "}
        {notice.attempts === 1 ? "try" : "tries"}
        {notice.reason ? `: ${notice.reason}` : "."}{" "}
        {isSubscription ? (
          "It came back for good: whoever subscribed with this address is told nothing more."
        ) : (
          <Link {...subjectRoute(notice.subject)}>{notice.subject.split("/")[1]}</Link>
        )}{" "}
        {notice.recipient?.includes(":") && !isSubscription ? (
          <Link to={ROUTES.notices} search={{ recipient: notice.recipient }}>
            Everything that they were told
          </Link>
        ) : null}
      </p>
      <CameBack notice={notice} />
      <OutwardSheet recipient={notice.to}>
        <p className="outward-from">
          {notice.automatic ? "Automatic, saying so" : `From ${notice.from ?? ""}`}: {notice.title}
        </p>
        <pre className="outward-text">{notice.body}</pre>
      </OutwardSheet>
    </>
  );
}
