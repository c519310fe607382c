/** Who owns it: somebody of the team, or a name that is not in it. */

import { useRoom } from "../pages/room/room-state.tsx";
import { SelectField, TextField } from "../ui/field.tsx";

type Props = {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly problem: string | undefined;
};

const ELSE = "else";

export function OwnerField({ value, onChange, problem }: Props) {
  const { team } = useRoom().context;
  const isOfTeam = team.some(({ id }) => id === value);
  return (
    <>
      <SelectField
        label="Owner"
        value={isOfTeam ? value : ELSE}
        choices={[
          ...team.map(({ id, name }) => ({ value: id, label: name })),
          { value: ELSE, label: "somebody else" },
        ]}
        onChange={(chosen) => onChange(chosen === ELSE ? "" : chosen)}
        problem={isOfTeam ? problem : undefined}
      />
      {isOfTeam ? null : (
        <TextField label="Name of the owner" value={value} onChange={onChange} problem={problem} />
      )}
    </>
  );
}
