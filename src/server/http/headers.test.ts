import { describe, expect, test } from "vitest";
import { CSP, securityHeaders } from "./headers.ts";

const csp = (path: string) => securityHeaders(path, false)["content-security-policy"];

describe("what a browser may do with an answer", () => {
  test.each([
    "/api/v1/me",
    "/api/openapi.json",
    "/intake/alertmanager",
    "/livez",
    "/readyz",
    "/metrics",
  ])("%s is data: nothing of it runs", (path) => expect(csp(path)).toBe(CSP.data));
  test.each(["/app", "/app/", "/app/incidents/INC-7"])("%s is the web app", (path) =>
    expect(csp(path)).toBe(CSP.app),
  );
  test.each(["/", "/policy", "/report", "/case/x", "/apple", "/apis", "/metricsx"])(
    "%s is a page without scripts",
    (path) => expect(csp(path)).toBe(CSP.page),
  );

  test("nothing comes from elsewhere, nothing runs that is inline, nobody frames us", () => {
    for (const policy of Object.values(CSP)) {
      // A public page carries its mark in itself: a picture, which nothing can be run in.
      const rest = policy === CSP.page ? policy.replace("img-src 'self' data:;", "") : policy;
      expect(rest).not.toMatch(/unsafe|https?:|\*|data:|blob:/);
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).toContain("base-uri 'none'");
    }
    expect(CSP.page).toMatch(/^default-src 'none';/);
    expect(CSP.page).not.toContain("script");
  });

  test("what only bears on a document is not said of scripts, styles and faces", () => {
    for (const path of [
      "/app/assets/main-1a2b.js",
      "/app/assets/main-1a2b.css",
      "/app/assets/face-1a2b.woff2",
      "/public/847f397953c1.css",
    ])
      expect(securityHeaders(path, false)).toEqual({
        "x-content-type-options": "nosniff",
        "cross-origin-resource-policy": "same-origin",
      });
    for (const path of ["/app/mark.svg", "/app/assets/a.svg", "/app/assets/a.js/b", "/app/a.js"])
      expect(csp(path)).toBe(CSP.app);
  });

  test("https is asked for only over https", () => {
    expect(securityHeaders("/", true)["strict-transport-security"]).toBe("max-age=31536000");
    expect(securityHeaders("/", false)).not.toHaveProperty("strict-transport-security");
  });
});
