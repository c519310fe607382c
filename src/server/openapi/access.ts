/**
 * OpenAPI, the routes of getting in: setting up, logging in, one's own
 * credentials, people, tokens. Their inputs come from api/access.ts.
 */

import type { z } from "zod";
import { ACCESS } from "../../api/access.ts";
import type { Json, Paths } from "./openapi.ts";

type Route = {
  readonly id: string;
  readonly summary: string;
  readonly input?: z.ZodType;
  /** Asked before anybody is recognised. */
  readonly open?: true;
};

const GET: Readonly<Record<string, Route>> = {
  "/door": { id: "readDoor", summary: "What a page must know before you sign in.", open: true },
  "/me/passkeys": { id: "readPasskeys", summary: "Your passkeys." },
  "/me/digest": { id: "readDigest", summary: "Which digests you are mailed." },
  "/me/calendar": { id: "readCalendar", summary: "Whether your deadlines can be subscribed to." },
  "/me/sessions": { id: "readSessions", summary: "Where you are signed in." },
  "/tokens": { id: "readTokens", summary: "API tokens, without their secrets." },
};

const POST: Readonly<Record<string, Route>> = {
  "/setup": {
    id: "setUp",
    summary: "Set this installation up, once.",
    input: ACCESS.setup,
    open: true,
  },
  "/login": { id: "login", summary: "Sign in by password.", input: ACCESS.login, open: true },
  "/login/passkey/question": {
    id: "askForPasskey",
    summary: "What a passkey has to sign.",
    open: true,
  },
  "/login/passkey": {
    id: "loginByPasskey",
    summary: "Sign in by passkey.",
    input: ACCESS.passkeyLogin,
    open: true,
  },
  "/join": {
    id: "join",
    summary: "Take an invitation or a reset.",
    input: ACCESS.join,
    open: true,
  },
  "/logout": { id: "logout", summary: "Sign out of this browser.", open: true },
  "/me/identity": {
    id: "changeIdentity",
    summary: "Change your name and address.",
    input: ACCESS.identity,
  },
  "/me/digest": {
    id: "chooseDigest",
    summary: "Choose which digests you are mailed.",
    input: ACCESS.digest,
  },
  "/me/password": {
    id: "changePassword",
    summary: "Change your password.",
    input: ACCESS.password,
  },
  "/me/totp": { id: "startTotp", summary: "Begin to set up an authenticator." },
  "/me/totp/confirm": {
    id: "confirmTotp",
    summary: "Show its first code.",
    input: ACCESS.totpConfirm,
  },
  "/me/totp/remove": {
    id: "removeTotp",
    summary: "Give the authenticator up.",
    input: ACCESS.proof,
  },
  "/me/passkeys/question": { id: "askForNewPasskey", summary: "What a new passkey has to sign." },
  "/me/passkeys": { id: "addPasskey", summary: "Add a passkey.", input: ACCESS.passkeyAdd },
  "/me/passkeys/{id}/remove": { id: "removePasskey", summary: "Give a passkey up." },
  "/me/calendar/make": {
    id: "makeCalendar",
    summary: "Make the address of your calendar, shown once; the one before ends.",
  },
  "/me/calendar/revoke": { id: "revokeCalendar", summary: "Revoke the address of your calendar." },
  "/me/tokens": {
    id: "createOwnToken",
    summary: "Make a token that writes, approves and sends in your name, shown once.",
    input: ACCESS.ownToken,
  },
  "/me/sessions/{handle}/close": { id: "closeSession", summary: "Sign out somewhere else." },
  "/people/invite": {
    id: "invitePerson",
    summary: "Invite somebody to the team.",
    input: ACCESS.invite,
  },
  "/people/{id}/change": {
    id: "changePerson",
    summary: "Change a role.",
    input: ACCESS.changePerson,
  },
  "/people/{id}/remove": { id: "removePerson", summary: "Take somebody out of the team." },
  "/people/{id}/reset": { id: "resetPerson", summary: "Make a link for a new password." },
  "/tokens": {
    id: "createToken",
    summary: "Make an API token, shown once.",
    input: ACCESS.createToken,
  },
  "/tokens/{id}/revoke": { id: "revokeToken", summary: "Revoke an API token." },
  "/mail/test": {
    id: "testMail",
    summary: "Send one mail and see what was said.",
    input: ACCESS.mailTest,
  },
  "/sample/load": { id: "loadSample", summary: "Load the sample data." },
  "/sample/wipe": { id: "wipeSample", summary: "Wipe the sample data." },
};

/** `toSchema` puts named schemas among the document's. */
export function accessPaths(toSchema: (type: z.ZodType) => Json): Paths {
  const paths: Record<string, Record<string, Json>> = {};
  const add = (method: "get" | "post", routes: Readonly<Record<string, Route>>): void => {
    for (const [path, route] of Object.entries(routes)) {
      const at = `/api/v1${path}`;
      paths[at] = { ...paths[at], [method]: operation(path, route, toSchema) };
    }
  };
  add("get", GET);
  add("post", POST);
  return paths;
}

function operation(path: string, route: Route, toSchema: (type: z.ZodType) => Json): Json {
  const { id, summary, input, open } = route;
  const parameters = [...path.matchAll(/\{(\w+)\}/g)].map((match) => ({
    name: match[1],
    in: "path",
    required: true,
    schema: { type: "string" },
  }));
  return {
    operationId: id,
    tags: ["installation"],
    summary,
    ...(open ? { security: [] } : {}),
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(input
      ? {
          requestBody: {
            required: true,
            content: { "application/json": { schema: toSchema(input) } },
          },
        }
      : {}),
    responses: {
      "200": {
        description: "Done.",
        content: { "application/json": { schema: { type: "object" } } },
      },
      "4XX": { $ref: "#/components/responses/Refused" },
      "5XX": { $ref: "#/components/responses/Refused" },
    },
  };
}
