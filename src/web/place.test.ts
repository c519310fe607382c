import { describe, expect, test } from "vitest";
import { addressOf, placeOf } from "./place.ts";

const ROUTES = ["/inbox", "/inbox/$id", "/incidents/$id"];
const at = (path: string, query = "") => placeOf(ROUTES, path, query);

describe("an address of the app", () => {
  test.each([
    ["/inbox", "/inbox", {}],
    ["/inbox/R-7QK4-M2", "/inbox/$id", { id: "R-7QK4-M2" }],
    ["/incidents/INC-7", "/incidents/$id", { id: "INC-7" }],
    ["/incidents/a%2Fb%20c", "/incidents/$id", { id: "a/b c" }],
    ["/incidents/100%", "/incidents/$id", { id: "100%" }],
  ])("%s is a page with its parameters", (path, route, params) =>
    expect(at(path)).toMatchObject({ path, route, params }),
  );

  test.each(["/", "/incidents", "/incidents/", "/incidents/INC-7/x", "/Inbox", "/inboxes"])(
    "%s is none",
    (path) => expect(at(path).route).toBeUndefined(),
  );

  test("its query is text, whatever it looks like", () => {
    expect(at("/inbox", "?q=12&state=open&q=true").search).toEqual({ q: "true", state: "open" });
  });

  test("is read as it was written", () => {
    const search = { asOf: "2026-11-20T18:40:00+01:00", q: "a b&c" };
    const address = addressOf("/incidents/$id", { id: "a/ü" }, search);
    const [path = "", query = ""] = address.split(/(?=\?)/);
    expect(at(path, query)).toMatchObject({ params: { id: "a/ü" }, search });
    expect(addressOf("/inbox", {}, { q: "", state: undefined })).toBe("/inbox");
  });
});
