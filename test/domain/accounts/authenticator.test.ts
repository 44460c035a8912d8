import { randomBytes } from "node:crypto";
import { describe, expect, test } from "vitest";
import { listApiKeys } from "../../../server/domain/accounts/api-key.ts";
import { isApiKey, newApiKey } from "../../../server/domain/accounts/api-key-format.ts";
import { createAuthenticator } from "../../../server/domain/accounts/authenticator.ts";
import { changePassword } from "../../../server/domain/accounts/change-password.ts";
import { changeRole } from "../../../server/domain/accounts/change-role.ts";
import { createApiKey } from "../../../server/domain/accounts/create-api-key.ts";
import { createPasswordReset } from "../../../server/domain/accounts/create-password-reset.ts";
import { createUser } from "../../../server/domain/accounts/create-user.ts";
import { issueTokens } from "../../../server/domain/accounts/issue-tokens.ts";
import { hasScope, requireScope, requireSubscription } from "../../../server/domain/accounts/permissions.ts";
import { removeMember } from "../../../server/domain/accounts/remove-member.ts";
import { requestPasswordReset } from "../../../server/domain/accounts/request-password-reset.ts";
import { resetPassword } from "../../../server/domain/accounts/reset-password.ts";
import { revokeApiKey } from "../../../server/domain/accounts/revoke-api-key.ts";
import { signOut } from "../../../server/domain/accounts/revoke-family.ts";
import { createSession, endSession } from "../../../server/domain/accounts/session.ts";
import { signIn } from "../../../server/domain/accounts/sign-in.ts";
import { setSubscription } from "../../../server/domain/accounts/subscription.ts";
import { tokenKeys } from "../../../server/domain/accounts/token-keys.ts";
import type { Role } from "../../../server/domain/context.ts";
import { listNotifications } from "../../../server/domain/notifications/list-notifications.ts";
import { testDatabase } from "../../harness/test-database.ts";

const database = await testDatabase();
const { db } = database;
const keys = tokenKeys(randomBytes(32).toString("base64url"));
const password = "tangled-otter-9";
const clock = { ms: Date.now() };
const instance = { db, now: () => new Date(clock.ms) };
const authenticate = createAuthenticator(instance, keys);
const day = 86_400_000;

let count = 0;
async function newUser(role: Role, company?: number) {
  count += 1;
  const companyId = company ?? (await database.createCompany());
  const email = `a${count}@example.com`;
  const user = await createUser(database.ctx(companyId), { email, role, password });
  const signedIn = await signIn(instance, { email, password });
  const tokens = await issueTokens(instance, keys, signedIn);
  const ctx = database.ctx(companyId, { kind: "user", userId: user.id, role }, instance.now);
  return { companyId, user, signedIn, tokens, ctx, bearer: { bearer: tokens.accessToken } };
}

describe("a bearer token", () => {
  test("is answered at once after the first time", async () => {
    const { bearer, user, companyId } = await newUser("manager");
    const first = authenticate(bearer);
    expect(first).toBeInstanceOf(Promise);
    expect(await first).toMatchObject({ companyId, role: "manager", userId: user.id, subscriptionActive: true });
    expect(authenticate(bearer)).toBe(await first);
  });

  test("is looked up once for a crowd", async () => {
    const { bearer } = await newUser("manager");
    const [first, ...rest] = Array.from({ length: 10 }, () => authenticate(bearer));
    for (const other of rest) expect(other).toBe(first);
  });

  test("follows a changed role at once here, and within five seconds elsewhere", async () => {
    const { bearer, user, companyId } = await newUser("manager");
    await authenticate(bearer);
    await changeRole(database.ctx(companyId), user.id, "secretariat");
    expect(await authenticate(bearer)).toMatchObject({ role: "secretariat", actor: { role: "secretariat" } });
    clock.ms += 5_001;
    expect(authenticate(bearer)).toBeInstanceOf(Promise);
  });

  test("ends with the membership, with sign-out, with the password and with its hour", async () => {
    const companyId = await database.createCompany();
    await newUser("admin", companyId);
    const removed = await newUser("manager", companyId);
    const out = await newUser("manager", companyId);
    const changed = await newUser("manager", companyId);
    const old = await newUser("manager", companyId);
    const all = [removed, out, changed, old];
    for (const { bearer } of all) expect(await authenticate(bearer)).toBeDefined();
    await removeMember(database.ctx(companyId), removed.user.id);
    await signOut(instance, { refreshToken: out.tokens.refreshToken });
    await changePassword(changed.ctx, { currentPassword: password, newPassword: "another-otter-2" });
    clock.ms += 3_600_000;
    for (const { bearer } of all) expect(await authenticate(bearer)).toBeUndefined();
  });

  test("made up costs no look into the database", async () => {
    const closed = createAuthenticator(
      { db: { ...db, first: () => Promise.reject(new Error("asked")) }, now: instance.now },
      keys,
    );
    expect(await closed({ bearer: "a.b.c" })).toBeUndefined();
    expect(await closed({ bearer: "rpt_short" })).toBeUndefined();
    expect(await closed({ bearer: "" })).toBeUndefined();
    expect(await closed({ apiKey: "anything" })).toBeUndefined();
    expect(await closed({})).toBeUndefined();
  });
});

describe("a password change", () => {
  test("wants the old password and keeps only the session that asked", async () => {
    const { ctx, signedIn, user } = await newUser("manager");
    const mine = await createSession(instance, signedIn, "Firefox");
    const other = await createSession(instance, signedIn, undefined);
    const change = { newPassword: "another-otter-2", sessionToken: mine };
    const refused = { refusal: { kind: "invalid", problems: [{ path: "currentPassword" }] } };
    await expect(changePassword(ctx, change)).rejects.toMatchObject(refused);
    await expect(changePassword(ctx, { ...change, currentPassword: "no-otter-at-all" })).rejects.toMatchObject(refused);
    await changePassword(ctx, { ...change, currentPassword: password });
    expect(await authenticate({ sessionToken: mine })).toMatchObject({ userId: user.id });
    expect(await authenticate({ sessionToken: other })).toBeUndefined();
    await expect(signIn(instance, { email: user.email, password })).rejects.toThrow();
  });

  test("made twice at once happens once", async () => {
    const { ctx } = await newUser("manager");
    const all = await Promise.allSettled(
      ["first-otter-1", "second-otter-2"].map((newPassword) =>
        changePassword(ctx, { currentPassword: password, newPassword }),
      ),
    );
    expect(all.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });
});

describe("a forgotten password", () => {
  test("tells the company's admins once an hour, and nobody of an unknown address", async () => {
    const admin = await newUser("admin");
    const lost = await newUser("manager", admin.companyId);
    await requestPasswordReset(instance, lost.user.email.toUpperCase());
    await requestPasswordReset(instance, lost.user.email);
    await requestPasswordReset(instance, "nobody@example.com");
    const { items } = await listNotifications(admin.ctx, { limit: 10 });
    expect(items).toMatchObject([{ kind: "password_reset.requested" }]);
    expect(items[0]?.body).toContain(lost.user.email);
    expect((await listNotifications(lost.ctx, { limit: 10 })).items).toEqual([]);
  });

  test("is replaced by an admin's link: once, within the hour, ending all that was signed in", async () => {
    const admin = await newUser("admin");
    const lost = await newUser("manager", admin.companyId);
    const session = await createSession(instance, lost.signedIn, undefined);
    const stale = await createPasswordReset(admin.ctx, lost.user.id);
    clock.ms += 3_600_001;
    await expect(resetPassword(instance, { token: stale.token, newPassword: "another-otter-2" })).rejects.toThrow();
    const { token } = await createPasswordReset(admin.ctx, lost.user.id);
    await expect(resetPassword(instance, { token, newPassword: "password1" })).rejects.toMatchObject({
      refusal: { kind: "invalid" },
    });
    const all = await Promise.allSettled(
      Array.from({ length: 3 }, () => resetPassword(instance, { token, newPassword: "another-otter-2" })),
    );
    expect(all.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await authenticate({ sessionToken: session })).toBeUndefined();
    expect(await authenticate(lost.bearer)).toBeUndefined();
    await expect(signIn(instance, { email: lost.user.email, password: "another-otter-2" })).resolves.toBeDefined();
  });
});

describe("a browser's session", () => {
  test("slides by use for seven days at a time, and ends after thirty", async () => {
    const { signedIn, user } = await newUser("manager");
    const sessionToken = await createSession(instance, signedIn, undefined);
    for (let days = 0; days < 30; days += 6) {
      expect(await authenticate({ sessionToken })).toMatchObject({ userId: user.id });
      clock.ms += 6 * day;
    }
    expect(await authenticate({ sessionToken })).toBeUndefined();
  });

  test("ends after seven idle days, and when it is ended", async () => {
    const { signedIn } = await newUser("manager");
    const idle = await createSession(instance, signedIn, undefined);
    clock.ms += 7 * day;
    expect(await authenticate({ sessionToken: idle })).toBeUndefined();
    const ended = await createSession(instance, signedIn, undefined);
    expect(await authenticate({ sessionToken: ended })).toBeDefined();
    await endSession(instance, ended);
    expect(await authenticate({ sessionToken: ended })).toBeUndefined();
  });
});

describe("an API key", () => {
  test("is recognised by its form", () => {
    const { key, prefix } = newApiKey();
    expect(isApiKey(key)).toBe(true);
    expect(key.startsWith(`${prefix}_`)).toBe(true);
    expect(isApiKey(`${key.slice(0, -1)}${key.endsWith("0") ? "1" : "0"}`)).toBe(false);
    expect(isApiKey(key.replace("rpt_", "xyz_"))).toBe(false);
  });

  test("works as bearer and in its header until it is revoked, and is shown no second time", async () => {
    const { ctx, companyId } = await newUser("admin");
    const { key, apiKey } = await createApiKey(ctx, { name: "Shop" });
    expect(apiKey).toMatchObject({ role: "manager", scopes: ["read", "write"], lastUsedAt: null });
    const principal = await authenticate({ apiKey: key });
    expect(principal).toMatchObject({ companyId, role: "manager", scopes: ["read", "write"], name: "Shop" });
    expect(principal).toMatchObject({ actor: { kind: "api_key", keyId: apiKey.id }, credential: `key:${apiKey.id}` });
    expect(await authenticate({ bearer: key })).toMatchObject({ companyId });
    const { items } = await listApiKeys(ctx, { limit: 10 });
    expect(items[0]?.lastUsedAt).not.toBeNull();
    expect(JSON.stringify(items)).not.toContain(key);
    await revokeApiKey(ctx, apiKey.id);
    expect(await authenticate({ apiKey: key })).toBeUndefined();
  });

  test("ends at its time", async () => {
    const { ctx } = await newUser("admin");
    await expect(createApiKey(ctx, { name: "x", expiresAt: new Date(clock.ms).toISOString() })).rejects.toThrow();
    const { key } = await createApiKey(ctx, { name: "x", expiresAt: new Date(clock.ms + 60_000).toISOString() });
    expect(await authenticate({ apiKey: key })).toBeDefined();
    clock.ms += 60_000;
    expect(await authenticate({ apiKey: key })).toBeUndefined();
  });

  test("ends at its time to the millisecond, however recently it was seen", async () => {
    const { ctx } = await newUser("admin");
    const { key } = await createApiKey(ctx, { name: "x", expiresAt: new Date(clock.ms + 60_000).toISOString() });
    clock.ms += 59_000;
    expect(await authenticate({ apiKey: key })).toBeDefined();
    clock.ms += 999;
    expect(await authenticate({ apiKey: key })).toBeDefined();
    clock.ms += 1;
    expect(await authenticate({ apiKey: key })).toBeUndefined();
  });

  test("has a subscription to the millisecond of its end", async () => {
    const { ctx } = await newUser("admin");
    const { key } = await createApiKey(ctx, { name: "x" });
    await setSubscription(ctx, { status: "active", endsAt: new Date(clock.ms + 2_000).toISOString() });
    expect(await authenticate({ apiKey: key })).toMatchObject({ subscriptionActive: true });
    clock.ms += 2_000;
    expect(await authenticate({ apiKey: key })).toMatchObject({ subscriptionActive: false });
  });

  test("belongs to its company, and only its admins see or end it", async () => {
    const { ctx, companyId } = await newUser("admin");
    const manager = await newUser("manager", companyId);
    const stranger = await newUser("admin");
    const { apiKey } = await createApiKey(ctx, { name: "x" });
    await expect(revokeApiKey(stranger.ctx, apiKey.id)).rejects.toMatchObject({ refusal: { kind: "not_found" } });
    for (const attempt of [createApiKey(manager.ctx, { name: "x" }), listApiKeys(manager.ctx, { limit: 1 })]) {
      await expect(attempt).rejects.toMatchObject({ refusal: { kind: "forbidden" } });
    }
  });

  test("may do what its scopes say, each including the smaller ones", () => {
    expect(hasScope({ scopes: ["admin"] }, "read")).toBe(true);
    expect(hasScope({ scopes: ["write"] }, "read")).toBe(true);
    expect(hasScope({ scopes: ["read"] }, "write")).toBe(false);
    expect(hasScope({}, "admin")).toBe(true);
    expect(() => requireScope({ scopes: ["write"] }, "admin")).toThrow('This API key lacks the scope "admin".');
  });
});

describe("a subscription", () => {
  test("that has ended shows on the caller at once", async () => {
    const { bearer, companyId } = await newUser("admin");
    expect(await authenticate(bearer)).toMatchObject({ subscriptionActive: true });
    const system = database.ctx(companyId);
    await setSubscription(system, { status: "none" });
    const principal = await authenticate(bearer);
    expect(principal).toMatchObject({ subscriptionActive: false });
    expect(() => requireSubscription({ subscriptionActive: false })).toThrow("Subscription required");
    const endsAt = new Date(clock.ms + day).toISOString();
    await setSubscription(system, { status: "canceled", endsAt });
    expect(await authenticate(bearer)).toMatchObject({ subscriptionActive: true });
    await setSubscription(system, { status: "active", endsAt: new Date(clock.ms - day).toISOString() });
    expect(await authenticate(bearer)).toMatchObject({ subscriptionActive: false });
  });
});
