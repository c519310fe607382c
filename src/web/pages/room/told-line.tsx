/** How far what was told has reached, in a line, and the way to each recipient. */

import { useView } from "../../api.ts";
import { Link } from "../../navigation.tsx";
import { ROUTES } from "../../paths.ts";

export function ToldLine({ id }: { readonly id: string }) {
  const counts = useView("told", { id }).data?.counts;
  return (
    <p>
      <Link to={ROUTES.told} params={{ id }}>
        What they were told, and the calls
      </Link>
      {counts && counts.told > 0 ? (
        <span className="secondary">
          {" "}
          {counts.opened} of {counts.told} opened, {counts.acknowledged} acknowledged
          {counts.steps === 0 ? "" : `, ${counts.done} of ${counts.steps} steps done`}
        </span>
      ) : null}
    </p>
  );
}
