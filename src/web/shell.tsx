/**
 * Shell: rail, strip and the page between them.
 *
 * The rail names the places that exist; the strip on top shows the next three
 * obligations of anything you may see, wherever you are. Nothing pops up: the
 * strip changes, and what is wrong with the connection is one sentence.
 */

import {
  lazy,
  type ReactNode,
  Suspense,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from "react";
import { news, problemsIn, queryClient, useView } from "./api.ts";
import { useIsLost, useLive } from "./live.ts";
import { Link, navigate, usePlace } from "./navigation.tsx";
import { ROUTES } from "./paths.ts";
import { Strip } from "./tape/strip.tsx";
import { useKeyboard, useKeys } from "./ui/keys.ts";
import { Later } from "./ui/later.tsx";
import { SKEW_MS_SAID, TimeProvider, useTime } from "./ui/time.tsx";
import { useZonesRead } from "./ui/zones.ts";

const Palette = lazy(() =>
  import("./palette.tsx").then(({ Palette: component }) => ({ default: component })),
);
const NewSignal = lazy(() =>
  (async () => ({ default: (await import("./forms/record-signal.tsx")).RecordSignal }))(),
);
const KeySheet = lazy(() =>
  import("./key-sheet.tsx").then(({ KeySheet: component }) => ({ default: component })),
);

/** Places in the rail, with the second key of `G …`. */
export const PLACES = [
  { to: ROUTES.inbox, label: "Inbox", key: "I" },
  { to: ROUTES.incidents, label: "Incidents", key: "N" },
  { to: ROUTES.due, label: "Due", key: "D" },
  { to: ROUTES.notices, label: "Notices", key: "O" },
  { to: ROUTES.parties, label: "Parties", key: "P" },
  { to: ROUTES.policy, label: "Policy", key: "Y" },
  { to: ROUTES.ledger, label: "Ledger", key: "L" },
  { to: ROUTES.settings, label: "Settings", key: "S" },
] as const;

export function Shell({ children }: { readonly children: ReactNode }) {
  const me = useView("me");
  const signedOut = problemsIn(me.error).some(({ code }) =>
    ["sign-in-first", "session-over", "not-signed-in"].includes(code),
  );
  const areZonesRead = useZonesRead();
  if (signedOut) return me.data ? <SignedOut /> : <ToLogin />;
  if (!me.data || !areZonesRead)
    return <Waiting says={me.error ? <Trouble error={me.error} /> : "Opening Duenotice…"} />;
  return (
    <TimeProvider zone={me.data.zone} serverAt={me.data.serverAt}>
      <Standing
        organisation={me.data.organisation}
        sample={me.data.sample}
        mails={me.data.mail.configured}
        attention={me.data.attention}
      >
        {children}
      </Standing>
    </TimeProvider>
  );
}

type Sheet = "palette" | "keys" | "new-signal" | undefined;

function Standing({
  organisation,
  sample,
  mails,
  attention,
  children,
}: {
  readonly organisation: string;
  readonly sample: boolean;
  readonly mails: boolean;
  readonly attention: readonly string[];
  readonly children: ReactNode;
}) {
  const time = useTime();
  const [sheet, setSheet] = useState<Sheet>();
  // A dialog tells that it was closed a moment after it was: by then another may be open.
  const close = (one: Sheet) => () => setSheet((now) => (now === one ? undefined : now));
  useLive(queryClient, news);
  useKeyboard();
  useKeys([
    ...PLACES.map(({ to, label, key }) => ({
      keys: `G ${key}`,
      says: `Go to ${label}`,
      act: () => navigate({ to }),
    })),
    { keys: "Shift H", says: "Handover", act: () => navigate({ to: ROUTES.handover }) },
    { keys: "G B", says: "Break-glass sheet", act: () => navigate({ to: ROUTES.breakGlass }) },
    { keys: "C", says: "Record a signal", act: () => setSheet("new-signal") },
    { keys: "U", says: "Show times in UTC, or in our zone", act: time.toggleUtc },
    { keys: "?", says: "Show the keys", act: () => setSheet("keys") },
  ]);
  // On the window: after a page changes, the focus is on the body, outside of everything here.
  useLayoutEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (!isPaletteKey(event)) return;
      event.preventDefault();
      if (!document.querySelector("dialog[open]")) setSheet("palette");
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  }, []);
  return (
    <div className="shell">
      <a className="skip" href="#page">
        Skip to the page
      </a>
      <Rail organisation={organisation} onPalette={() => setSheet("palette")} />
      <Later ahead>
        <Strip />
      </Later>
      <main id="page" tabIndex={-1}>
        <Said sample={sample} mails={mails} attention={attention} />
        {children}
      </main>
      <Suspense>
        {sheet === "palette" ? <Palette onClose={close("palette")} /> : null}
        {sheet === "keys" ? <KeySheet onClose={close("keys")} /> : null}
        {sheet === "new-signal" ? <NewSignal onClose={close("new-signal")} /> : null}
      </Suspense>
    </div>
  );
}

const isPaletteKey = (event: { key: string; ctrlKey: boolean; metaKey: boolean }): boolean =>
  event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey);

function Rail({
  organisation,
  onPalette,
}: {
  readonly organisation: string;
  readonly onPalette: () => void;
}) {
  const open = useView("signals", {}, { state: "open", limit: 1 });
  const incidents = useView("incidents", {}, { state: "open", limit: 1 });
  const counts: Record<string, number | undefined> = {
    Inbox: open.data?.total,
    Incidents: incidents.data?.total,
  };
  const rail = useRef<HTMLElement>(null);
  const { path } = usePlace();
  // On a phone the places scroll sideways: the one you are in must not lie off the edge.
  useEffect(() => {
    // Elsewhere they all fit, and asking where they lie would lay the whole page out once more.
    if (!matchMedia("(max-width: 720px)").matches) return;
    rail.current?.querySelector("a.active")?.scrollIntoView({ inline: "center", block: "nearest" });
  }, [path, open.data?.total, incidents.data?.total]);
  return (
    <nav className="rail" aria-label="Places" ref={rail}>
      <p className="rail-name">{organisation}</p>
      <ul>
        {PLACES.map(({ to, label, key }) => (
          <li key={to} className={label === "Settings" ? "rail-last" : undefined}>
            <Link to={to} aria-keyshortcuts={`G ${key}`}>
              {label}
              {counts[label] ? <span className="rail-count">{counts[label]}</span> : null}
            </Link>
          </li>
        ))}
      </ul>
      <button type="button" className="rail-palette" onClick={onPalette}>
        <span>
          Find<span className="rail-rest"> or do…</span>
        </span>{" "}
        <kbd>Ctrl K</kbd>
      </button>
    </nav>
  );
}

/** What is out of the ordinary about this screen, in sentences. */
function Said({
  sample,
  mails,
  attention,
}: {
  readonly sample: boolean;
  readonly mails: boolean;
  readonly attention: readonly string[];
}) {
  const lost = useIsLost();
  const { skewMs } = useTime();
  const skew = Math.round(skewMs / 1000);
  return (
    <>
      {lost ? (
        <p className="said" role="status">
          The connection is lost. What is on screen may be old; it comes back by itself.
        </p>
      ) : null}
      {attention.map((one) => (
        <p className="said risk" key={one}>
          {one}
        </p>
      ))}
      {sample || !mails ? (
        <p className="said">
          {sample ? "SAMPLE data is loaded: nothing of it is real; wipe it under Settings. " : ""}
          {mails ? "" : "No mail server is set up: mail is kept as files and reaches nobody."}
        </p>
      ) : null}
      {Math.abs(skewMs) > SKEW_MS_SAID ? (
        <p className="said risk">
          This device's clock is {Math.abs(skew)} s {skew > 0 ? "behind" : "ahead of"} the server's.
          Times here are the server's.
        </p>
      ) : null}
    </>
  );
}

const Waiting = ({ says }: { readonly says: ReactNode }) => (
  <main className="shell-wait">
    <h1>{says}</h1>
  </main>
);

/** Where somebody is led back to who has signed in. */
const loginFromHere = () =>
  ({ to: ROUTES.login, search: { to: location.pathname + location.search } }) as const;

/** Who opens a page without a session has nothing here to lose. */
function ToLogin() {
  useEffect(() => navigate({ ...loginFromHere(), replace: true }), []);
  return <Waiting says="Opening Duenotice…" />;
}

/** Who had one, and was perhaps writing. */
function SignedOut() {
  return (
    <main className="alone">
      <h1>You are signed out</h1>
      <p>What you were writing is kept on this device.</p>
      <p>
        <Link {...loginFromHere()}>Sign in</Link>
      </p>
    </main>
  );
}

function Trouble({ error }: { readonly error: unknown }) {
  return (
    <>
      {problemsIn(error)
        .map(({ message }) => message)
        .join(" ")}
    </>
  );
}
