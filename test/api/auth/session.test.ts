import { describe, expect, test } from "vitest";
import { createPasswordReset } from "../../../server/domain/accounts/create-password-reset.ts";
import { inviteUser } from "../../../server/domain/accounts/invite-user.ts";
import { createSignInLink } from "../../../server/domain/accounts/sign-in-link.ts";
import { authApp, password } from "./auth-app.ts";

const plain = await authApp();
const secure = await authApp({ publicUrl: "https://crm.example.com" });
const address = "/v1/session";

async function cookieOf(site: typeof plain, body: object): Promise<string> {
  const answer = await site.post(address, body);
  expect(answer.statusCode).toBe(200);
  return String(answer.headers["set-cookie"]).split(";", 1)[0] ?? "";
}

describe("a browser's session", () => {
  test("comes in a cookie that scripts and other sites cannot use", async () => {
    const user = await plain.newUser();
    const answer = await plain.post(address, { email: user.email, password });
    expect(answer.json()).toMatchObject({ id: user.id, name: "Zoë 😀" });
    expect(answer.headers["set-cookie"]).toMatch(/^sid=[\w-]{43}; Max-Age=2592000; Path=\/; HttpOnly; SameSite=Lax$/);
  });

  test("on https has the name that no neighbouring host can set, and no other is believed", async () => {
    const user = await secure.newUser();
    const answer = await secure.post(address, { email: user.email, password });
    const header = String(answer.headers["set-cookie"]);
    expect(header).toMatch(/^__Host-sid=[\w-]{43}; Max-Age=2592000; Path=\/; HttpOnly; Secure; SameSite=Lax$/);
    const cookie = header.split(";", 1)[0] ?? "";
    expect((await secure.app.inject({ url: address, headers: { cookie } })).statusCode).toBe(200);
    const renamed = cookie.replace("__Host-sid", "sid");
    expect((await secure.app.inject({ url: address, headers: { cookie: renamed } })).statusCode).toBe(401);
  });

  test("behind a proxy that speaks https is Secure too", async () => {
    const user = await plain.newUser();
    const headers = { "x-forwarded-proto": "https" };
    const answer = await plain.post(address, { email: user.email, password }, headers);
    expect(String(answer.headers["set-cookie"])).toMatch(/^__Host-sid=.*Secure/);
  });

  test("is new at every sign-in; the former ends", async () => {
    const user = await plain.newUser();
    const former = await cookieOf(plain, { email: user.email, password });
    const answer = await plain.post(address, { email: user.email, password }, { cookie: former });
    expect(String(answer.headers["set-cookie"])).not.toContain(former);
    expect((await plain.app.inject({ url: address, headers: { cookie: former } })).statusCode).toBe(401);
  });

  test("ends on request, and its cookie with it", async () => {
    const user = await plain.newUser();
    const cookie = await cookieOf(plain, { email: user.email, password });
    const answer = await plain.app.inject({ method: "DELETE", url: address, headers: { cookie } });
    expect(answer.statusCode).toBe(204);
    expect(String(answer.headers["set-cookie"])).toContain("sid=;");
    expect((await plain.app.inject({ url: address, headers: { cookie } })).statusCode).toBe(401);
    expect((await plain.app.inject({ method: "DELETE", url: address })).statusCode).toBe(204);
  });

  test("begins by any link, once: a first sign-in, a reset, an invitation", async () => {
    const user = await plain.newUser();
    const system = plain.ctx(user.companyId);
    const tokens = [
      await system.transact((tx) => createSignInLink(tx, user.id)),
      (await createPasswordReset(system, user.id)).token,
      (await inviteUser(system, { email: "by-link@example.com", role: "manager" })).token,
    ];
    for (const [index, token] of tokens.entries()) {
      const cookie = await cookieOf(plain, { token });
      const me = await plain.app.inject({ url: "/v1/me", headers: { cookie } });
      // The reset took the old password away, so that the page may ask for a new one alone.
      expect(me.json()).toMatchObject({ has_password: index === 0 });
      expect((await plain.post(address, { token })).statusCode).toBe(401);
      if (index === 0) continue;
      const change = { new_password: "another-otter-2" };
      expect((await plain.post("/auth/password/change", change, { cookie })).statusCode).toBe(200);
      expect((await plain.app.inject({ url: "/v1/me", headers: { cookie } })).json()).toMatchObject({
        has_password: true,
      });
    }
  });

  test("survives the password change it asked for, others do not", async () => {
    const user = await plain.newUser();
    const [mine, other] = [
      await cookieOf(plain, { email: user.email, password }),
      await cookieOf(plain, { email: user.email, password }),
    ];
    const change = { new_password: "another-otter-2", current_password: password };
    expect((await plain.post("/auth/password/change", change, { cookie: mine })).statusCode).toBe(200);
    expect((await plain.app.inject({ url: address, headers: { cookie: mine } })).statusCode).toBe(200);
    expect((await plain.app.inject({ url: address, headers: { cookie: other } })).statusCode).toBe(401);
  });
});

describe("a request from another site", () => {
  test.each([
    [{ "sec-fetch-site": "cross-site" }, 403],
    [{ "sec-fetch-site": "same-site" }, 403],
    [{ origin: "https://evil.example" }, 403],
    [{ origin: "null" }, 403],
    [{ "sec-fetch-site": "same-origin" }, 200],
    [{ "sec-fetch-site": "none" }, 200],
    [{ origin: "https://crm.example.com" }, 200],
    [{}, 200],
  ])("with %j is answered %i, signing in and changing", async (headers, status) => {
    const user = await secure.newUser();
    const credentials = { email: user.email, password };
    expect((await secure.post(address, credentials, headers)).statusCode).toBe(status);
    const cookie = await cookieOf(secure, credentials);
    const change = { new_password: "another-otter-2", current_password: password };
    expect((await secure.post("/auth/password/change", change, { cookie, ...headers })).statusCode).toBe(status);
  });

  test("may carry a token, which no browser sends by itself", async () => {
    const user = await secure.newUser();
    const headers = { ...(await secure.bearerOf(user)), "sec-fetch-site": "cross-site" };
    const change = { new_password: "another-otter-2", current_password: password };
    expect((await secure.post("/auth/password/change", change, headers)).statusCode).toBe(200);
  });
});
