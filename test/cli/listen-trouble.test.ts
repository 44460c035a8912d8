import { createServer } from "node:net";
import { describe, expect, test } from "vitest";
import { listenTrouble } from "../../server/cli/listen-trouble.ts";
import { StartupError } from "../../server/db/startup-error.ts";

const failure = (host: string) =>
  new Promise<unknown>((resolve, reject) => {
    const server = createServer();
    server.once("error", resolve);
    server.listen({ port: 0, host }, () => server.close(() => reject(new Error(`${host} can be listened on`))));
  });

describe("a HOST that cannot be listened on", () => {
  test.each(["nope.invalid", "::1x", "localhost:3000", "203.0.113.7"])("%s is told in one sentence", async (host) => {
    const trouble = listenTrouble(await failure(host), { host, port: 3000 });
    expect(trouble).toBeInstanceOf(StartupError);
    expect(String(trouble)).toContain(host);
    expect(String(trouble)).toContain("HOST");
    expect(String(trouble)).not.toContain("\n");
  });

  test.each(["EAI_AGAIN", "EINVAL", "ENOTFOUND", "EAFNOSUPPORT"])("is told so by %s too", (code) => {
    const error = Object.assign(new Error("of the system"), { code });
    expect(listenTrouble(error, { host: "fe80::1", port: 3000 })).toBeInstanceOf(StartupError);
  });
});

test("what is no trouble of the address stays as it is", () => {
  const error = new Error("a bug of ours");
  expect(listenTrouble(error, { host: "127.0.0.1", port: 3000 })).toBe(error);
});
