/** Tokens: how programs come in. A monitor needs `intake` and nothing else. */

import { useState } from "react";
import type { TokenOnList } from "../../../api/access.ts";
import { SCOPES, type Scope } from "../../../api/wire.ts";
import { problemAt } from "../../api.ts";
import { Button } from "../../ui/button.tsx";
import { Problems, TextField, Tick } from "../../ui/field.tsx";
import { Section } from "../../ui/sheet.tsx";
import { At } from "../../ui/time.tsx";
import { useAct, useItems } from "./access-calls.ts";
import { Once } from "./once.tsx";

const SCOPE_WORDS: Readonly<Record<Scope, string>> = {
  read: "read: whatever you may see",
  write: "write: whatever you may do",
  intake: "intake: send alerts, nothing else",
  metrics: "metrics: read /metrics",
  "as-person": "as-person: write, approve and send in your name",
};

export function Tokens() {
  const items = useItems<TokenOnList>("/tokens");
  const { problems, send } = useAct();
  const [name, setName] = useState("");
  const [scopes, setScopes] = useState<readonly Scope[]>(["intake"]);
  const [made, setMade] = useState<string>();
  const make = async (): Promise<void> => {
    const answer = await send<{ readonly token: string }>("/tokens", { name, scopes });
    if (!answer) return;
    setMade(answer.token);
    setName("");
  };
  return (
    <Section title="API tokens" says="For Prometheus, Alertmanager and your own programs.">
      <ul className="plain">
        {items.data
          ?.filter(({ revokedAt }) => revokedAt === null)
          .map((token) => (
            <li key={token.id} className="line">
              <span>
                {token.name}: {token.scopes.join(", ")},{" "}
                {token.lastUsedAt ? (
                  <>
                    last used <At iso={token.lastUsedAt} relative />
                  </>
                ) : (
                  "never used"
                )}
              </span>
              <Button look="quiet" onClick={() => void send(`/tokens/${token.id}/revoke`)}>
                Revoke
              </Button>
            </li>
          ))}
      </ul>
      <form className="stack" onSubmit={(event) => (event.preventDefault(), void make())}>
        <TextField
          label="What it is for"
          value={name}
          onChange={setName}
          placeholder="Alertmanager in production"
          problem={problemAt(problems, "name")}
        />
        <fieldset className="choices">
          <legend>It may</legend>
          {SCOPES.map((scope) => (
            <Tick
              key={scope}
              label={SCOPE_WORDS[scope]}
              checked={scopes.includes(scope)}
              onChange={(on) =>
                setScopes(on ? [...scopes, scope] : scopes.filter((one) => one !== scope))
              }
            />
          ))}
        </fieldset>
        <div>
          <Button
            type="submit"
            whyNot={
              name.trim() === ""
                ? "Say what it is for."
                : scopes.length === 0
                  ? "Choose what it may do."
                  : undefined
            }
          >
            Make the token
          </Button>
        </div>
      </form>
      {made ? (
        <Once
          text={made}
          says="This is the only time it is shown. Alertmanager takes it as http_config.authorization.credentials."
        />
      ) : null}
      <Problems problems={problems} beside={["name"]} />
    </Section>
  );
}
