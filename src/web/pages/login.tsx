/**
 * Login: password and, where one is set, the second factor; or a passkey. What
 * was being written elsewhere is still there afterwards.
 */

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Door } from "../../api/access.ts";
import type { Problem } from "../../core/problem.ts";
import { client, problemAt, valueOf } from "../api.ts";
import { ROUTER_BASE } from "../paths.ts";
import { Button } from "../ui/button.tsx";
import { Problems, TextField } from "../ui/field.tsx";

/** Back to where the session ended; only ever inside this app. */
function back(): void {
  const to = new URLSearchParams(location.search).get("to");
  location.assign(to?.startsWith(`${ROUTER_BASE}/`) ? to : `${ROUTER_BASE}/inbox`);
}

export function Login() {
  const door = useQuery({
    queryKey: ["door"],
    queryFn: async () => valueOf(await client.call<Door>("GET", "/api/v1/door")),
  });
  const [mail, setMail] = useState("");
  const [password, setPassword] = useState("");
  const [code, setCode] = useState("");
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  const [pending, setPending] = useState(false);
  const needsCode = code !== "" || problems.some(({ code: problem }) => problem === "code-needed");

  const login = async (): Promise<void> => {
    setPending(true);
    const answer = await client.call("POST", "/api/v1/login", {
      mail,
      password,
      ...(code === "" ? {} : { code }),
    });
    if (answer.ok) return back();
    setPending(false);
    setProblems(answer.problems);
  };
  const byPasskey = async (): Promise<void> => {
    const { passkeyLogin } = await import("../passkey.ts");
    const answer = await passkeyLogin();
    if (answer.ok) back();
    else setProblems(answer.problems);
  };

  return (
    <main className="alone">
      <h1>{door.data?.organisation ?? "Duenotice"}</h1>
      {door.data && !door.data.isSetUp ? (
        <p>
          This installation is not set up yet. Open the link that was printed at the start, or run{" "}
          <code>due setup-link</code> on the host.
        </p>
      ) : null}
      <form className="stack" onSubmit={(event) => (event.preventDefault(), void login())}>
        <Problems problems={problems} beside={["mail", "password", "code"]} />
        <TextField
          label="Mail address"
          type="email"
          name="mail"
          autoComplete="username"
          autoFocus
          value={mail}
          onChange={setMail}
          problem={problemAt(problems, "mail")}
        />
        <TextField
          label="Password"
          type="password"
          name="password"
          autoComplete="current-password"
          value={password}
          onChange={setPassword}
          problem={problemAt(problems, "password")}
        />
        {needsCode ? (
          <TextField
            label="Code"
            inputMode="numeric"
            autoComplete="one-time-code"
            autoFocus
            value={code}
            onChange={setCode}
            problem={problemAt(problems, "code")}
          />
        ) : null}
        <div className="line">
          <Button type="submit" look="first" whyNot={pending ? "One moment." : undefined}>
            {pending ? "Signing in…" : "Sign in"}
          </Button>
          {door.data?.passkeys ? (
            <Button onClick={() => void byPasskey()}>Sign in with a passkey</Button>
          ) : null}
        </div>
      </form>
    </main>
  );
}
