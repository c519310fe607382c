/** Record that a customer is not affected after all, and how we know. */

import { useRoom } from "../pages/room/room-state.tsx";
import { TextArea, useDraft } from "../ui/field.tsx";
import { CommandForm } from "./command-form.tsx";

export function ClearCustomer({ customer }: { readonly customer: string }) {
  const { incident } = useRoom();
  const name = incident.customers.find(({ id }) => id === customer)?.name ?? customer;
  const [reason, setReason, forget] = useDraft(`${incident.id}-clear-${customer}`, "");
  return (
    <CommandForm
      title={`${name} is not affected`}
      command={{ type: "ClearCustomer", customer, reason }}
      submit={`Record that ${name} is not affected`}
      beside={["reason"]}
      onDone={forget}
    >
      {(problem) => (
        <TextArea
          label="How we know"
          autoFocus
          rows={3}
          value={reason}
          onChange={setReason}
          hint="Somebody will ask: name the log, the query or the person."
          problem={problem("reason")}
        />
      )}
    </CommandForm>
  );
}
