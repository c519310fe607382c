/** Banners: what our own product shows, to whom, until when, and the tokens of its audiences. */

import { useState } from "react";
import type { ViewOf } from "../../../api/view.ts";
import { useCommand, useView } from "../../api.ts";
import { Link } from "../../navigation.tsx";
import { ROUTES } from "../../paths.ts";
import { Button } from "../../ui/button.tsx";
import { ActForm } from "../../ui/act-form.tsx";
import { Problems, TextField } from "../../ui/field.tsx";
import { Empty, Section } from "../../ui/sheet.tsx";
import { At } from "../../ui/time.tsx";
import { BannerLook, PublishBanner } from "./publish-banner.tsx";
import "./status.css";

type Banner = ViewOf<"banners">["items"][number];

export function Banners() {
  const { data } = useView("banners");
  const [isWriting, setIsWriting] = useState(false);
  if (!data) return <p className="shell-wait">Opening…</p>;
  const shown = data.items.filter((one) => one.shown);
  const past = data.items.filter((one) => !one.shown);
  return (
    <>
      <header className="spread">
        <h1>Banners</h1>
        <Link to={ROUTES.notices}>Notices</Link>
      </header>
      {isWriting ? (
        <PublishBanner onClose={() => setIsWriting(false)} />
      ) : (
        <Button look="first" onClick={() => setIsWriting(true)}>
          New banner
        </Button>
      )}
      {shown.length === 0 ? <Empty>Our product shows no banner.</Empty> : null}
      {shown.map((banner) => (
        <Shown key={banner.id} banner={banner} />
      ))}
      <Tokens tokens={data.tokens} />
      {past.length === 0 ? null : (
        <Section title="Past">
          <ul className="plain">
            {past.map(({ id, text, audienceName, publishedAt, endedAt, endsAt, byName }) => (
              <li key={id}>
                <p>{text}</p>
                <p className="secondary">
                  <span className="mono">{id}</span> for {audienceName},{" "}
                  <At iso={publishedAt} short /> until <At iso={endedAt ?? endsAt} short />,{" "}
                  {byName}
                </p>
              </li>
            ))}
          </ul>
        </Section>
      )}
    </>
  );
}

function Shown({ banner }: { readonly banner: Banner }) {
  const ending = useCommand("EndBanner");
  const [reason, setReason] = useState<string>();
  const { id, audienceName, endsAt, byName } = banner;
  return (
    <Section
      title={`For ${audienceName}`}
      side={<span className="mono secondary">{id}</span>}
      says={
        <>
          Until <At iso={endsAt} />, published by {byName}.
        </>
      }
    >
      <BannerLook {...banner} />
      {reason === undefined ? (
        <Button onClick={() => setReason("")}>
          End it now<span className="visually-hidden"> {id}</span>
        </Button>
      ) : (
        <ActForm
          submit="End it now"
          pending={ending.pending}
          whyNot={reason.trim() === "" ? "Say why it ends now." : undefined}
          onClose={() => setReason(undefined)}
          onSend={async () =>
            void (await ending.send({ banner: id, reason }).catch(() => undefined))
          }
        >
          <Problems problems={ending.problems} />
          <TextField label="Why it ends now" value={reason} onChange={setReason} autoFocus />
        </ActForm>
      )}
    </Section>
  );
}

function Tokens({ tokens }: { readonly tokens: ViewOf<"banners">["tokens"] }) {
  const making = useCommand("MakeBannerToken");
  const revoking = useCommand("RevokeBannerToken");
  const [audience, setAudience] = useState<string>();
  return (
    <Section
      title="Tokens"
      says="By its token a page of our product is known to belong to an audience. docs/banner.md says how it is used."
      side={<Button onClick={() => setAudience("")}>Make one</Button>}
    >
      {audience === undefined ? null : (
        <ActForm
          submit="Make a token, good for 90 days"
          pending={making.pending}
          whyNot={audience.trim() === "" ? "Say for which audience." : undefined}
          onClose={() => setAudience(undefined)}
          onSend={async () => {
            const made = await making.send({ audience: audience.trim() }).catch(() => undefined);
            if (made) setAudience(undefined);
          }}
        >
          <Problems problems={making.problems} />
          <TextField
            label="Audience"
            hint="A word of yours like eu-region, or customer:cus_…"
            value={audience}
            onChange={setAudience}
            autoFocus
          />
        </ActForm>
      )}
      <Problems problems={revoking.problems} />
      <ul className="plain">
        {tokens.map(({ id, token, audienceName, expiresAt, good }) => (
          <li key={id} className="spread">
            <span>
              {audienceName} <code className="mono status-token">{good ? token : id}</code>{" "}
              <span className="secondary">
                {good ? (
                  <>
                    good until <At iso={expiresAt} short />
                  </>
                ) : (
                  "good no more"
                )}
              </span>
            </span>
            {good ? (
              <Button
                look="quiet"
                onClick={() =>
                  void revoking
                    .send({ token: id, reason: "Taken back in the app" })
                    .catch(() => undefined)
                }
              >
                Take back<span className="visually-hidden"> {id}</span>
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
    </Section>
  );
}
