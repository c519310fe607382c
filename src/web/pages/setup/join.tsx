/** Join: an invitation, or a way back in: one link, one password. */

import { useState } from "react";
import type { Problem } from "../../../core/problem.ts";
import { client, problemAt, queryClient } from "../../api.ts";
import { navigate } from "../../navigation.tsx";
import { ROUTES } from "../../paths.ts";
import { Button } from "../../ui/button.tsx";
import { Problems, TextField } from "../../ui/field.tsx";

export function Join() {
  const [password, setPassword] = useState("");
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  const join = async (): Promise<void> => {
    const answer = await client.call("POST", "/api/v1/join", {
      token: location.hash.slice(1),
      password,
    });
    if (!answer.ok) return setProblems(answer.problems);
    await queryClient.invalidateQueries();
    navigate({ to: ROUTES.inbox });
  };
  return (
    <main className="alone">
      <h1>Choose a password</h1>
      <form className="stack" onSubmit={(event) => (event.preventDefault(), void join())}>
        <Problems problems={problems} beside={["password"]} />
        <TextField
          label="Password"
          type="password"
          autoComplete="new-password"
          autoFocus
          value={password}
          onChange={setPassword}
          hint="At least 10 characters."
          problem={problemAt(problems, "password")}
        />
        <div>
          <Button type="submit" look="first">
            Set the password and sign in
          </Button>
        </div>
      </form>
    </main>
  );
}
