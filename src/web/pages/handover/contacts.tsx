/** Whom to call, in groups, each number a link where a phone is in the hand. */

import type { Handed } from "./handover.tsx";

const GROUPS: Readonly<Record<Handed["contacts"][number]["group"], string>> = {
  team: "The team",
  outside: "Outside",
  provider: "Providers concerned",
  authority: "Authorities",
  customer: "Customers concerned",
};

export function Contacts({ contacts }: Pick<Handed, "contacts">) {
  const groups = Object.entries(GROUPS).flatMap(([group, says]) => {
    const of = contacts.filter((one) => one.group === group);
    return of.length === 0 ? [] : [{ says, of }];
  });
  return (
    <section>
      <h2>Whom to call</h2>
      <table className="handover-contacts">
        {groups.map(({ says, of }) => (
          <tbody key={says}>
            <tr>
              <th colSpan={3} scope="rowgroup">
                {says}
              </th>
            </tr>
            {of.map(({ name, of: what, phone, mail }) => (
              <tr key={`${what} ${name} ${mail}`}>
                <td>
                  {name} <span className="secondary">{what}</span>
                </td>
                <td className="num">
                  {phone ? (
                    <a href={`tel:${phone.replaceAll(/[^\d+]/g, "")}`}>{phone}</a>
                  ) : (
                    <span className="secondary">no number</span>
                  )}
                </td>
                <td>{mail ? <a href={`mailto:${mail}`}>{mail}</a> : null}</td>
              </tr>
            ))}
          </tbody>
        ))}
      </table>
    </section>
  );
}
