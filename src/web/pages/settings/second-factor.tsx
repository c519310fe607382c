/** The second factor: a secret for an authenticator app, shown once, confirmed by a code. */

import { lazy, Suspense, useState } from "react";
import { problemAt } from "../../api.ts";
import { Button } from "../../ui/button.tsx";
import { Problems, TextField } from "../../ui/field.tsx";
import { Section } from "../../ui/sheet.tsx";
import { useAct } from "./access-calls.ts";

const QrCode = lazy(() =>
  import("../../ui/qr.tsx").then(({ QrCode: component }) => ({ default: component })),
);

type Offer = { readonly secret: string; readonly uri: string };

export function SecondFactor({ isSet }: { readonly isSet: boolean }) {
  const { problems, send } = useAct();
  const [offer, setOffer] = useState<Offer>();
  const [code, setCode] = useState("");
  const [password, setPassword] = useState("");
  const confirm = async (): Promise<void> => {
    if (offer && (await send("/me/totp/confirm", { secret: offer.secret, code })))
      setOffer(undefined);
  };
  return (
    <Section
      title="Second factor"
      says={
        isSet
          ? "A code from your authenticator is asked at every login."
          : "Not set. A code from an authenticator app makes a stolen password useless."
      }
    >
      {isSet ? (
        <form
          className="stack"
          onSubmit={(event) => (event.preventDefault(), void send("/me/totp/remove", { password }))}
        >
          <TextField
            label="Your password"
            type="password"
            autoComplete="current-password"
            value={password}
            onChange={setPassword}
            problem={problemAt(problems, "password")}
          />
          <div>
            <Button type="submit">Remove the second factor</Button>
          </div>
        </form>
      ) : offer ? (
        <form className="stack" onSubmit={(event) => (event.preventDefault(), void confirm())}>
          <p>
            On this device: <a href={offer.uri}>open it in the authenticator</a>. On another one,
            let it read this, or type the key below it.
          </p>
          <div className="qr-place">
            <Suspense fallback={null}>
              <QrCode text={offer.uri} says="The key, for the camera of your authenticator" />
            </Suspense>
          </div>
          <p className="mono strong hash">{offer.secret.replace(/(.{4})/g, "$1 ")}</p>
          <TextField
            label="The code that it shows"
            inputMode="numeric"
            autoComplete="one-time-code"
            autoFocus
            value={code}
            onChange={setCode}
            problem={problemAt(problems, "code")}
          />
          <div>
            <Button type="submit" look="first">
              Ask for a code from now on
            </Button>
          </div>
        </form>
      ) : (
        <Button onClick={() => void send<Offer>("/me/totp").then(setOffer)}>
          Set a second factor
        </Button>
      )}
      <Problems problems={problems} beside={["code", "password"]} />
    </Section>
  );
}
