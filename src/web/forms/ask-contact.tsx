/** Ask a contact whether they still are one: the letter as it leaves, looked at and then sent. */

import type { Party } from "../../api/view.ts";
import { contactLetter, CONTACT_LINK } from "../../core/party/contact-letter.ts";
import { useView } from "../api.ts";
import { BASE } from "../paths.ts";
import { usePolicy } from "../policy-on-screen.ts";
import { FieldProblem } from "../ui/field.tsx";
import { OutwardSheet } from "../ui/sheet.tsx";
import { PartyForm } from "./party-form.tsx";

type Props = {
  readonly party: Party;
  readonly contact: Party["contacts"][number] | undefined;
  readonly onClose: () => void;
};

export function AskContact({ party, contact, onClose }: Props) {
  const me = useView("me").data;
  const policy = usePolicy("current")?.policy;
  if (!contact || !me || !policy) return null;
  const { name, mail, phone } = me.person;
  const letter = contactLetter({
    contact: {
      name: contact.name,
      mail: contact.mail,
      ...(contact.phone ? { phone: contact.phone } : {}),
      ...(contact.language ? { language: contact.language } : {}),
    },
    customer: party.name,
    from: { name, mail },
    phone,
    organisation: policy.organisation,
    url: location.origin + BASE,
  });
  return (
    <PartyForm
      title={`Ask ${contact.name}`}
      type="AskContact"
      id={party.id}
      input={{ contact: contact.id }}
      submit={`Send 1 mail as ${name}`}
      beside={["contact"]}
      onClose={onClose}
    >
      {(problem) => (
        <>
          <OutwardSheet recipient={`${contact.name}, ${party.name}`}>
            <p>
              <strong>{letter.subject}</strong>
            </p>
            <p className="party-letter">
              {letter.body.replace(CONTACT_LINK, "/contact/… (an address of their own)")}
            </p>
          </OutwardSheet>
          <FieldProblem says={problem("contact")} />
        </>
      )}
    </PartyForm>
  );
}
