import { Buffer } from "node:buffer";
import { randomBytes } from "node:crypto";
import { CompactSign, UnsecuredJWT } from "jose";
import { describe, expect, test } from "vitest";
import { signAccessToken, verifyAccessToken } from "../../../server/domain/accounts/access-token.ts";
import { changePassword } from "../../../server/domain/accounts/change-password.ts";
import { createUser } from "../../../server/domain/accounts/create-user.ts";
import { issueTokens } from "../../../server/domain/accounts/issue-tokens.ts";
import { refreshTokens } from "../../../server/domain/accounts/refresh-tokens.ts";
import { removeMember } from "../../../server/domain/accounts/remove-member.ts";
import { signOut } from "../../../server/domain/accounts/revoke-family.ts";
import { signIn } from "../../../server/domain/accounts/sign-in.ts";
import { tokenKeys } from "../../../server/domain/accounts/token-keys.ts";
import { listEvents } from "../../../server/domain/events/list-events.ts";
import { objectOf } from "../../../shared/json.ts";
import { testDatabase } from "../../harness/test-database.ts";

const database = await testDatabase();
const { db } = database;
const keys = tokenKeys(randomBytes(32).toString("base64url"));
const password = "tangled-otter-9";
const clock = { ms: Date.now() };
const instance = { db, now: () => new Date(clock.ms) };
const unauthenticated = { refusal: { kind: "unauthenticated" } };

let count = 0;
async function signedInUser() {
  count += 1;
  const companyId = await database.createCompany();
  const email = `t${count}@example.com`;
  const user = await createUser(database.ctx(companyId), {
    email,
    role: "manager",
    firstName: "Zoë",
    lastName: "😀",
    password,
  });
  const signedIn = await signIn(instance, { email, password });
  return { companyId, user, signedIn, tokens: await issueTokens(instance, keys, signedIn) };
}

function later(seconds: number): void {
  clock.ms += seconds * 1000;
}

describe("an access token", () => {
  test("carries what the documents' clients read, in plain ASCII", async () => {
    const { companyId, user, tokens } = await signedInUser();
    const [header = "", payload = ""] = tokens.accessToken.split(".");
    // As a browser's atob() gives it: one character per byte.
    const text = Buffer.from(payload, "base64url").toString("latin1");
    expect(text).toMatch(/^[\x20-\x7e]+$/);
    expect(JSON.parse(text)).toMatchObject({
      sub: user.email,
      user_id: user.id,
      role: "manager",
      name: "Zoë 😀",
      accountId: String(companyId),
      company_id: companyId,
      iss: "rapport",
    });
    expect(JSON.parse(Buffer.from(header, "base64url").toString())).toEqual({ alg: "HS256", typ: "at+jwt" });
  });

  test("is refused when it is unsigned, of another key, kind, issuer or algorithm, changed, or over", async () => {
    const { signedIn, tokens } = await signedInUser();
    const now = instance.now();
    expect(await verifyAccessToken(keys.access, tokens.accessToken, now)).toMatchObject({ userId: signedIn.userId });
    const [header, payload = "", signature] = tokens.accessToken.split(".");
    const claims = objectOf(JSON.parse(Buffer.from(payload, "base64url").toString())) ?? {};
    const sign = (over: object, protectedHeader: { alg: string; typ?: string }, key: Uint8Array = keys.access) =>
      new CompactSign(Buffer.from(JSON.stringify({ ...claims, ...over })))
        .setProtectedHeader(protectedHeader)
        .sign(key);
    const usual = { alg: "HS256", typ: "at+jwt" };
    expect(await verifyAccessToken(keys.access, await sign({}, usual), now)).toBeDefined();
    const refused = [
      new UnsecuredJWT(claims).encode(),
      `${Buffer.from('{"alg":"none","typ":"at+jwt"}').toString("base64url")}.${payload}.`,
      `${header}.${Buffer.from(JSON.stringify({ ...claims, role: "admin" })).toString("base64url")}.${signature}`,
      await sign({}, usual, keys.refresh),
      await sign({}, { alg: "HS512", typ: "at+jwt" }, randomBytes(64)),
      await sign({}, { alg: "HS256" }),
      await sign({}, { alg: "HS256", typ: "JWT" }),
      await sign({ iss: "somebody" }, usual),
      await sign({ aud: "others" }, usual),
      await sign({ exp: Math.floor(clock.ms / 1000) }, usual),
      await sign({ exp: undefined }, usual),
      await sign({ user_id: "x" }, usual),
      await new CompactSign(Buffer.from("no json")).setProtectedHeader(usual).sign(keys.access),
      "",
      "a.b.c",
      "not a token",
    ];
    for (const token of refused) expect(await verifyAccessToken(keys.access, token, now)).toBeUndefined();
  });

  test("ends after an hour", async () => {
    const { signedIn } = await signedInUser();
    const token = await signAccessToken(keys.access, signedIn, crypto.randomUUID(), new Date(0));
    expect(await verifyAccessToken(keys.access, token, new Date(3_599_000))).toBeDefined();
    expect(await verifyAccessToken(keys.access, token, new Date(3_600_000))).toBeUndefined();
  });
});

describe("a refresh token", () => {
  test("is exchanged for the next, and that for the next", async () => {
    const { tokens, user } = await signedInUser();
    const second = await refreshTokens(instance, keys, tokens.refreshToken);
    later(60);
    const third = await refreshTokens(instance, keys, second.tokens.refreshToken);
    expect(third.signedIn.userId).toBe(user.id);
    expect(new Set([tokens, second.tokens, third.tokens].map(({ refreshToken }) => refreshToken)).size).toBe(3);
  });

  test("of two tabs at once leads both to the same successor", async () => {
    const { tokens } = await signedInUser();
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => refreshTokens(instance, keys, tokens.refreshToken)),
    );
    const successors = new Set(answers.map((answer) => answer.tokens.refreshToken));
    expect(successors.size).toBe(1);
    later(60);
    const [successor = ""] = successors;
    await expect(refreshTokens(instance, keys, successor)).resolves.toBeDefined();
  });

  test("that comes back after it was spent ends the whole sign-in", async () => {
    const { tokens, companyId, user } = await signedInUser();
    const second = await refreshTokens(instance, keys, tokens.refreshToken);
    later(11);
    await expect(refreshTokens(instance, keys, tokens.refreshToken)).rejects.toMatchObject(unauthenticated);
    await expect(refreshTokens(instance, keys, second.tokens.refreshToken)).rejects.toMatchObject(unauthenticated);
    const { items } = await listEvents(database.ctx(companyId), { subject: { kind: "user", id: user.id }, limit: 10 });
    expect(items.map(({ type }) => type)).toContain("refresh_token.reused");
  });

  test("ends after thirty days, at sign-out, with the membership and when it was never ours", async () => {
    const old = await signedInUser();
    const left = await signedInUser();
    await createUser(database.ctx(left.companyId), { email: `stays${count}@example.com`, role: "admin" });
    await removeMember(database.ctx(left.companyId), left.user.id);
    await expect(refreshTokens(instance, keys, left.tokens.refreshToken)).rejects.toMatchObject(unauthenticated);
    const out = await signedInUser();
    await signOut(instance, { refreshToken: out.tokens.refreshToken });
    await expect(refreshTokens(instance, keys, out.tokens.refreshToken)).rejects.toMatchObject(unauthenticated);
    await expect(refreshTokens(instance, keys, "made-up")).rejects.toMatchObject(unauthenticated);
    later(30 * 86_400);
    await expect(refreshTokens(instance, keys, old.tokens.refreshToken)).rejects.toMatchObject(unauthenticated);
  });

  test("exchanged while the password changes does not outlive the change", async () => {
    const { companyId, user, tokens } = await signedInUser();
    const ctx = database.ctx(companyId, { kind: "user", userId: user.id, role: "manager" });
    const [exchanged] = await Promise.allSettled([
      refreshTokens(instance, keys, tokens.refreshToken),
      changePassword(ctx, { currentPassword: password, newPassword: "another-otter-2" }),
    ]);
    const successor = exchanged.status === "fulfilled" ? exchanged.value.tokens.refreshToken : tokens.refreshToken;
    await expect(refreshTokens(instance, keys, successor)).rejects.toMatchObject(unauthenticated);
  });

  test("is not issued on a password that has changed since it was checked", async () => {
    const { companyId, user, signedIn } = await signedInUser();
    const ctx = database.ctx(companyId, { kind: "user", userId: user.id, role: "manager" });
    await changePassword(ctx, { currentPassword: password, newPassword: "another-otter-2" });
    await expect(issueTokens(instance, keys, signedIn)).rejects.toMatchObject(unauthenticated);
  });
});
