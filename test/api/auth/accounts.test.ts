import { describe, expect, test } from "vitest";
import { createApiKey } from "../../../server/domain/accounts/create-api-key.ts";
import { authApp, password } from "./auth-app.ts";

const { app, newUser, post, bearerOf, ctx } = await authApp();

async function admin() {
  const user = await newUser("admin");
  return { user, headers: await bearerOf(user) };
}

describe("/v1/users", () => {
  test("adds, lists, changes and removes members", async () => {
    const { user, headers } = await admin();
    const body = { email: "New@Example.com", role: "salesperson", name: "Ana María López", password };
    const added = await post("/v1/users", body, headers);
    expect(added.statusCode).toBe(201);
    expect(added.json()).toMatchObject({
      email: "new@example.com",
      first_name: "Ana",
      last_name: "María López",
      token: null,
    });
    const { id } = added.json();
    expect(added.headers.location).toBe(`/v1/users/${id}`);
    const list = (await app.inject({ url: "/v1/users?limit=1", headers })).json();
    expect(list.data).toMatchObject([{ id: user.id }]);
    const rest = (await app.inject({ url: `/v1/users?limit=5&cursor=${list.next_cursor}`, headers })).json();
    expect(rest).toMatchObject({ data: [{ id, name: "Ana María López" }], next_cursor: null });
    const change = (role: string, who: number) =>
      app.inject({ method: "PATCH", url: `/v1/users/${who}`, payload: { role }, headers });
    expect((await change("manager", id)).json()).toMatchObject({ role: "manager" });
    expect((await change("king", id)).statusCode).toBe(400);
    expect((await change("manager", user.id)).statusCode).toBe(409);
    const remove = (who: number | string) => app.inject({ method: "DELETE", url: `/v1/users/${who}`, headers });
    expect((await remove(id)).statusCode).toBe(204);
    expect((await remove(id)).statusCode).toBe(404);
    expect((await remove("x")).statusCode).toBe(400);
    expect((await remove(user.id)).statusCode).toBe(409);
  });

  test("gives a link where there is no password, once", async () => {
    const { headers } = await admin();
    const body = { email: "by-first-link@example.com", role: "manager" };
    const key = { "idempotency-key": "add-by-link" };
    const added = (await post("/v1/users", body, { ...headers, ...key })).json();
    expect(added.path).toBe(`/sign-in/${added.token}`);
    const repeated = await post("/v1/users", body, { ...headers, ...key });
    expect(repeated.statusCode).toBe(201);
    expect(repeated.json()).toEqual({ ...added, token: null, path: null });
    expect((await post("/v1/session", { token: added.token })).json()).toMatchObject({ id: added.id });
  });

  test("refuses what is there, what is no address and a password anybody would try", async () => {
    const { user, headers } = await admin();
    const add = (email: string, word = password) =>
      post("/v1/users", { email, role: "manager", password: word }, headers);
    expect((await add(user.email)).statusCode).toBe(409);
    const invalid = await add("no address");
    expect(invalid.json()).toMatchObject({ status: 400, errors: [{ pointer: "#/email" }] });
    expect((await add("fine@example.com", "12345678")).statusCode).toBe(400);
  });

  test("makes reset links", async () => {
    const { user, headers } = await admin();
    const member = await newUser("manager", user.companyId);
    const made = await post(`/v1/users/${member.id}/password-reset`, undefined, headers);
    expect(made.statusCode).toBe(201);
    const reset = { token: made.json().token, new_password: "another-otter-2" };
    expect((await post("/auth/password/reset", reset)).statusCode).toBe(200);
    expect((await post(`/v1/users/${member.id}/sign-in-link`, undefined, headers)).json().path).toMatch(/^\/sign-in\//);
  });

  test("is read by all roles and changed by admins", async () => {
    const { user } = await admin();
    for (const role of ["manager", "salesperson", "secretariat"] as const) {
      const headers = await bearerOf(await newUser(role, user.companyId));
      expect((await app.inject({ url: "/v1/users", headers })).statusCode).toBe(200);
      expect((await post("/v1/users", { email: "x@example.com", role: "admin" }, headers)).statusCode).toBe(403);
      expect((await app.inject({ url: "/v1/api-keys", headers })).statusCode).toBe(403);
      expect((await app.inject({ url: "/v1/invitations", headers })).statusCode).toBe(403);
    }
  });
});

describe("/v1/me", () => {
  test("is read and edited by everybody", async () => {
    const user = await newUser("secretariat");
    const headers = await bearerOf(user);
    expect((await app.inject({ url: "/v1/me", headers })).json()).toMatchObject({
      id: user.id,
      role: "secretariat",
      company: { id: user.companyId },
      scopes: null,
      has_password: true,
    });
    const payload = { first_name: "Sec", last_name: "Retary" };
    const edited = await app.inject({ method: "PATCH", url: "/v1/me", payload, headers });
    expect(edited.json()).toMatchObject({ name: "Sec Retary" });
    const address = { email: "moved@example.com" };
    expect((await app.inject({ method: "PATCH", url: "/v1/me", payload: address, headers })).statusCode).toBe(400);
  });
});

describe("/v1/invitations", () => {
  test("are made, listed and withdrawn", async () => {
    const { headers } = await admin();
    const made = (await post("/v1/invitations", { email: "in@example.com", role: "manager" }, headers)).json();
    expect(made.path).toBe(`/invitation/${made.token}`);
    const list = (await app.inject({ url: "/v1/invitations", headers })).json();
    expect(list.data).toMatchObject([{ id: made.id, email: "in@example.com", accepted_at: null }]);
    expect(JSON.stringify(list)).not.toContain(made.token);
    expect((await app.inject({ method: "DELETE", url: `/v1/invitations/${made.id}`, headers })).statusCode).toBe(204);
    expect((await post("/auth/invitations/accept", { token: made.token, password })).statusCode).toBe(401);
  });
});

describe("/v1/api-keys", () => {
  test("are made, used, listed and revoked; the key is shown once and stored nowhere", async () => {
    const { headers } = await admin();
    const body = { name: "Shop", scopes: ["read"] };
    const made = await post("/v1/api-keys", body, { ...headers, "idempotency-key": "k1" });
    expect(made.statusCode).toBe(201);
    const { id, key } = made.json();
    expect(key).toMatch(/^rpt_/);
    const repeated = (await post("/v1/api-keys", body, { ...headers, "idempotency-key": "k1" })).json();
    expect(repeated).toMatchObject({ id, key: null });
    expect((await app.inject({ url: "/v1/me", headers: { "x-api-key": key } })).json()).toMatchObject({
      id: null,
      type: "api_key",
      name: "Shop",
      scopes: ["read"],
    });
    const listed = (await app.inject({ url: "/v1/api-keys", headers })).json();
    expect(listed.data[0]).toMatchObject({ id, prefix: key.slice(0, 12), scopes: ["read"] });
    expect(JSON.stringify(listed)).not.toContain(key);
    expect((await app.inject({ method: "DELETE", url: `/v1/api-keys/${id}`, headers })).statusCode).toBe(204);
    expect((await app.inject({ url: "/v1/me", headers: { authorization: `Bearer ${key}` } })).statusCode).toBe(401);
  });

  test("of a key without the scope are out of reach, though its role is admin", async () => {
    const { user } = await admin();
    const { key } = await createApiKey(ctx(user.companyId), { name: "x", role: "admin", scopes: ["write"] });
    const limited = { "x-api-key": key };
    expect((await app.inject({ url: "/v1/api-keys", headers: limited })).statusCode).toBe(403);
    expect((await post("/v1/users", { email: "x@example.com", role: "admin" }, limited)).statusCode).toBe(403);
    const wide = await createApiKey(ctx(user.companyId), { name: "x", role: "admin", scopes: ["admin"] });
    expect((await app.inject({ url: "/v1/api-keys", headers: { "x-api-key": wide.key } })).statusCode).toBe(200);
  });

  test.each([
    [{}],
    [{ name: " " }],
    [{ name: "x", scopes: ["fly"] }],
    [{ name: "x", scopes: [] }],
    [{ name: "x", expires_at: "soon" }],
    [{ name: "x", expires_at: "2099-02-30T00:00:00Z" }],
    [{ name: "x", expires_at: "2020-01-01T00:00:00Z" }],
  ])("refuse %j", async (body) => {
    const { headers } = await admin();
    const answer = await post("/v1/api-keys", body, headers);
    expect(answer.statusCode).toBe(400);
    expect(answer.headers["content-type"]).toContain("application/problem+json");
  });
});
