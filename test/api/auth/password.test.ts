import { describe, expect, test } from "vitest";
import { createPasswordReset } from "../../../server/domain/accounts/create-password-reset.ts";
import { inviteUser } from "../../../server/domain/accounts/invite-user.ts";
import { authApp, password } from "./auth-app.ts";

const { app, newUser, post, bearerOf, ctx, createCompany } = await authApp();
const next = "another-otter-2";

describe("a password change", () => {
  test("wants the current one, in either spelling, and voids the tokens", async () => {
    const user = await newUser();
    const headers = await bearerOf(user);
    for (const body of [{ new_password: next }, { new_password: next, current_password: "wrong" }]) {
      expect((await post("/auth/password/change", body, headers)).statusCode).toBe(400);
    }
    const weak = await post("/auth/password/change", { newPassword: "password1", currentPassword: password }, headers);
    expect(weak.json().message).toContain("among the first that are tried");
    const changed = await post("/auth/password/change", { newPassword: next, currentPassword: password }, headers);
    expect(changed.json()).toEqual({ success: true, status: "success", message: "Password changed" });
    expect((await app.inject({ url: "/auth/me", headers })).statusCode).toBe(401);
    expect((await post("/auth/login", { email: user.email, password: next })).statusCode).toBe(200);
  });

  test("wants a sign-in", async () => {
    expect((await post("/auth/password/change", { new_password: next })).statusCode).toBe(401);
  });
});

describe("a forgotten password", () => {
  test("is answered alike for everybody, and ten times at most", async () => {
    const user = await newUser();
    const known = await post("/api/auth/password/forgot", { email: user.email });
    const unknown = await post("/auth/password/forgot", { email: "nobody@example.com" });
    expect([known.statusCode, unknown.statusCode]).toEqual([202, 202]);
    expect(known.json()).toEqual(unknown.json());
    const more = await Promise.all(
      Array.from({ length: 10 }, () => post("/auth/password/forgot", { email: user.email })),
    );
    expect(more.filter(({ statusCode }) => statusCode === 429)).toHaveLength(1);
  });

  test("is reset by a link, once", async () => {
    const user = await newUser();
    const { token } = await createPasswordReset(ctx(user.companyId), user.id);
    expect((await post("/auth/password/reset", { token, new_password: "short" })).statusCode).toBe(400);
    expect((await post("/auth/password/reset", { token, password: next })).statusCode).toBe(200);
    expect((await post("/auth/password/reset", { token, password: next })).statusCode).toBe(401);
    expect((await post("/auth/login", { email: user.email, password: next })).statusCode).toBe(200);
  });
});

describe("an invitation", () => {
  test("is shown and accepted without a sign-in", async () => {
    const companyId = await createCompany();
    const { token } = await inviteUser(ctx(companyId), { email: "guest@example.com", role: "salesperson" });
    expect((await app.inject({ url: `/auth/invitations/${token}` })).json()).toMatchObject({
      email: "guest@example.com",
    });
    const acceptance = { token, password, first_name: "Gu", last_name: "Est" };
    const answer = await post("/api/auth/invitations/accept", acceptance);
    expect(answer.json()).toMatchObject({
      success: true,
      user: { name: "Gu Est", role: "salesperson", company_id: companyId },
    });
    expect((await post("/api/auth/invitations/accept", acceptance)).statusCode).toBe(401);
    expect((await app.inject({ url: "/auth/invitations/unknown" })).statusCode).toBe(401);
  });
});
