/** Differences: where a notice that was sent says something else than what was filed. */

import type { ViewOf } from "../../../api/view.ts";
import { Link } from "../../navigation.tsx";
import { ROUTES } from "../../paths.ts";
import { At } from "../../ui/time.tsx";

type Props = {
  readonly items: ViewOf<"filing">["differences"];
  /** Without a filing there is nothing to compare with. */
  readonly isFiled: boolean;
};

export function Differences({ items, isFiled }: Props) {
  return (
    <section className="section">
      <h2>Filing and notices</h2>
      {items.length === 0 ? (
        <p className="secondary">
          {isFiled
            ? "No notice that was sent gives another number or day than what was filed. Other words are not compared."
            : "Notices are compared with what was filed, once something was."}
        </p>
      ) : (
        <ul className="plain">
          {items.map(({ about, words, filed, notice, title, sentAt }) => (
            <li key={`${notice} ${about} ${words}`}>
              <span className="risk">The notice says {words}</span>; filed was {filed}.{" "}
              <span className="secondary">
                {title}, <At iso={sentAt} short />{" "}
                <Link to={ROUTES.notices} className="mono">
                  {notice}
                </Link>
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
