import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FastifyInstance } from "fastify";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createServer } from "../../../server/api/http/create-server.ts";
import { plainDialect } from "../../../server/api/http/plain-dialect.ts";
import { speak } from "../../../server/api/http/surface.ts";
import { serveWeb } from "../../../server/api/web/serve-web.ts";

const page = "<!doctype html><title>Rapport</title>";
const html = { accept: "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8" };
let root: string;
let app: FastifyInstance;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "rapport-web-"));
});

afterEach(async () => {
  await app.close();
  rmSync(root, { recursive: true });
});

async function start(): Promise<void> {
  app = createServer({ logLevel: "silent", trustProxy: false });
  speak(app, plainDialect);
  await app.register(serveWeb, { root });
}

function build(): void {
  mkdirSync(join(root, "assets"));
  writeFileSync(join(root, "index.html"), page);
  writeFileSync(join(root, "icon.svg"), "<svg/>");
  writeFileSync(join(root, "assets/index-abc.js"), "export {};");
}

describe("the built web app", () => {
  beforeEach(async () => {
    build();
    await start();
  });

  test.each(["/", "/inbox", "/inbox/12?pane=person", "/sign-in/a.b_token"])(
    "%s is the page, checked for news each time",
    async (url) => {
      const answer = await app.inject({ url, headers: html });
      expect(answer.statusCode).toBe(200);
      expect(answer.body).toBe(page);
      expect(answer.headers["cache-control"]).toBe("no-cache");
    },
  );

  test("the page lets no inline script and no other site in", async () => {
    const policy = (await app.inject({ url: "/", headers: html })).headers["content-security-policy"];
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("default-src 'self';");
    expect(policy).toContain("frame-ancestors 'none'");
  });

  test("a hashed file may be kept for good, a plain one is asked for again", async () => {
    const hashed = await app.inject("/assets/index-abc.js");
    expect(hashed.headers["cache-control"]).toBe("public, max-age=31536000, immutable");
    expect(hashed.headers["x-content-type-options"]).toBe("nosniff");
    expect((await app.inject("/icon.svg")).headers["cache-control"]).toBe("no-cache");
  });

  test.each([
    ["/inbox", { accept: "application/json" }, "GET"],
    ["/inbox", html, "POST"],
    ["/v1/nothing", html, "GET"],
    ["/api/crm/nothing", html, "GET"],
    ["/hooks/nothing", html, "GET"],
    ["/assets/gone.js", html, "GET"],
    ["/favicon.ico", html, "GET"],
    ["/..%2f..%2fetc%2fpasswd", { accept: "*/*" }, "GET"],
  ] as const)("%s asked for as %o by %s is not found, in JSON", async (url, headers, method) => {
    const answer = await app.inject({ url, headers, method });
    expect(answer.statusCode).toBe(404);
    expect(answer.json()).toMatchObject({ status: "error", request_id: expect.any(String) });
  });

  test("a file that a later build brought is served without a restart", async () => {
    writeFileSync(join(root, "assets/index-new.js"), "export {};");
    expect((await app.inject("/assets/index-new.js")).statusCode).toBe(200);
  });
});

test("without a build the page says in one sentence what to do", async () => {
  await start();
  const answer = await app.inject({ url: "/inbox", headers: html });
  expect(answer.statusCode).toBe(503);
  expect(answer.body).toContain("npm run build");
});
