/** Change what a provider, an authority or outside help is called and is for; or remove it. */

import { useState } from "react";
import type { Party } from "../../api/view.ts";
import { navigate } from "../navigation.tsx";
import { ROUTES } from "../paths.ts";
import { TextArea, TextField } from "../ui/field.tsx";
import { PartyForm } from "./party-form.tsx";
import { PartyReason } from "./party-reason.tsx";

type Props = { readonly party: Party; readonly onClose: () => void };

export function ChangeParty({ party, onClose }: Props) {
  const [name, setName] = useState(party.name);
  const [about, setAbout] = useState(party.about);
  const [feeds, setFeeds] = useState(party.feeds.join("\n"));
  const listed = feeds.split("\n").flatMap((feed) => (feed.trim() === "" ? [] : [feed.trim()]));
  const changed = {
    ...(name === party.name ? {} : { name }),
    ...(about === party.about ? {} : { about }),
    ...(listed.join("\n") === party.feeds.join("\n") ? {} : { feeds: listed }),
  };
  return (
    <PartyForm
      title={`Change ${party.name}`}
      type="ChangeParty"
      id={party.id}
      input={changed}
      submit="Save the party"
      beside={["name", "about", "feeds"]}
      whyNot={Object.keys(changed).length === 0 ? "Nothing would change." : undefined}
      seen={party.version}
      onClose={onClose}
    >
      {(problem) => (
        <>
          <TextField
            label="Name"
            autoFocus
            value={name}
            onChange={setName}
            problem={problem("name")}
          />
          <TextArea
            label="What we use of them, file with them or call them for"
            rows={3}
            value={about}
            onChange={setAbout}
            problem={problem("about")}
          />
          {party.kind === "provider" ? (
            <TextArea
              label="Where their word reaches us, one address a line"
              rows={2}
              value={feeds}
              onChange={setFeeds}
              problem={problem("feeds")}
            />
          ) : null}
        </>
      )}
    </PartyForm>
  );
}

export const RemoveParty = ({ party, onClose }: Props) => (
  <PartyReason
    title={`Remove ${party.name}`}
    type="RemoveParty"
    id={party.id}
    input={(reason) => ({ reason })}
    submit={`Remove ${party.name}`}
    seen={party.version}
    onClose={onClose}
    onDone={() => navigate({ to: ROUTES.parties })}
  />
);
