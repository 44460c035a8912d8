import { describe, expect, test } from "vitest";
import { setSubscription } from "../../../server/domain/accounts/subscription.ts";
import { authApp, password } from "./auth-app.ts";

const { app, newUser, post, bearerOf, ctx } = await authApp();

describe("sign-in", () => {
  test.each(["/api/auth/login", "/auth/login", "/api/v1/auth/login", "/auth/login/"])(
    "at %s gives the union answer",
    async (url) => {
      const user = await newUser();
      const answer = await post(url, { email: user.email, password });
      expect(answer.statusCode).toBe(200);
      expect(answer.headers["cache-control"]).toBe("no-store");
      const body = answer.json();
      expect(body).toMatchObject({
        success: true,
        status: "success",
        message: "Signed in",
        token_type: "bearer",
        company_id: user.companyId,
        user: {
          id: user.id,
          email: user.email,
          name: "Zoë 😀",
          first_name: "Zoë",
          firstName: "Zoë",
          last_name: "😀",
          lastName: "😀",
          role: "manager",
          accountId: String(user.companyId),
          company_id: user.companyId,
          has_password: true,
        },
      });
      expect(body.user.company_name).toMatch(/^c-/);
      expect(new Set([body.token, body.access_token, body.accessToken]).size).toBe(1);
      expect(body.refreshToken).toBe(body.refresh_token);
    },
  );

  test("takes a form, and username in place of email", async () => {
    const user = await newUser();
    const form = new URLSearchParams({ username: user.email, password }).toString();
    const headers = { "content-type": "application/x-www-form-urlencoded" };
    const answer = await app.inject({ method: "POST", url: "/api/v1/auth/login", payload: form, headers });
    expect(answer.statusCode).toBe(200);
    expect((await post("/api/auth/login", { username: user.email, password })).statusCode).toBe(200);
  });

  test("refuses in the union's words, the same for unknown people and wrong passwords", async () => {
    const user = await newUser();
    const answers = [
      await post("/auth/login", { email: user.email, password: "wrong-otter-1" }),
      await post("/auth/login", { email: "nobody@example.com", password }),
    ];
    for (const answer of answers) {
      expect(answer.statusCode).toBe(401);
      expect(answer.json()).toEqual({
        status: "error",
        success: false,
        message: "Invalid e-mail or password",
        detail: "Invalid e-mail or password",
        request_id: answer.headers["x-request-id"],
      });
    }
  });

  test.each([
    [undefined],
    [{}],
    [{ email: "a@b.c" }],
    [{ email: 5, password }],
    [{ email: "a@b.c", password: ["x"] }],
    [{ email: "x".repeat(3_000), password }],
    [{ email: "nul\u0000@b.c", password: "\ud800" }],
    [[]],
  ])("answers %j with its own 4xx", async (payload) => {
    const answer = await post("/api/auth/login", payload);
    expect([400, 401]).toContain(answer.statusCode);
    expect(answer.json()).toMatchObject({ status: "error", success: false });
  });

  test("of twenty at once lets all twenty in", async () => {
    const user = await newUser();
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => post("/auth/login", { email: user.email, password })),
    );
    expect(answers.map(({ statusCode }) => statusCode)).toEqual(Array.from({ length: 20 }, () => 200));
  });
});

describe("the limit of sign-in", () => {
  test("closes an account after ten failures, however many come at once", async () => {
    const user = await newUser();
    const wrong = { email: user.email, password: "wrong-otter-1" };
    const answers = await Promise.all(Array.from({ length: 15 }, () => post("/auth/login", wrong)));
    expect(answers.filter(({ statusCode }) => statusCode === 401)).toHaveLength(10);
    const refused = await post("/auth/login", { email: user.email.toUpperCase(), password });
    expect(refused.statusCode).toBe(429);
    expect(refused.headers["ratelimit-policy"]).toBe('"sign-in";q=10;w=900');
    expect(refused.headers.ratelimit).toMatch(/^"sign-in";r=0;t=\d+$/);
    expect(Number(refused.headers["retry-after"])).toBeGreaterThan(0);
    expect(refused.json()).toMatchObject({
      status: "error",
      success: false,
      detail: "Too many attempts; try again later.",
    });
    const other = await newUser();
    expect((await post("/auth/login", { email: other.email, password })).statusCode).toBe(200);
  });

  test("closes an address after fifty failures, an IPv6 network as one", async () => {
    const guess = (index: number, address: string) =>
      post("/auth/login", { email: `guess${index}@example.com`, password }, { "x-forwarded-for": address });
    const answers = await Promise.all(
      Array.from({ length: 60 }, (_, index) => guess(index, `2001:db8::${(index + 1).toString(16)}`)),
    );
    expect(answers.filter(({ statusCode }) => statusCode === 401)).toHaveLength(50);
    expect(answers.filter(({ statusCode }) => statusCode === 429)).toHaveLength(10);
    expect((await guess(99, "2001:db8:0:1::1")).statusCode).toBe(401);
  });

  test("does not count those that succeed", async () => {
    const user = await newUser();
    for (let index = 0; index < 12; index += 1) {
      const answer = await post("/auth/login", { email: user.email, password });
      expect(answer.statusCode).toBe(200);
      expect(answer.headers.ratelimit).toMatch(/^"sign-in";r=9;/);
    }
  });
});

describe("the caller", () => {
  test.each(["/api/auth/me", "/auth/me", "/api/v1/users/me"])("is described at %s", async (url) => {
    const user = await newUser("secretariat");
    const answer = await app.inject({ url, headers: await bearerOf(user) });
    expect(answer.statusCode).toBe(200);
    const expected = {
      id: user.id,
      email: user.email,
      role: "secretariat",
      firstName: "Zoë",
      company_id: user.companyId,
    };
    expect(answer.json()).toMatchObject({ success: true, ...expected, user: expected, data: expected });
    expect(answer.headers["ratelimit-policy"]).toMatch(/^"default";q=\d+;w=60$/);
  });

  test("without a token, with a broken or an ended one gets 401", async () => {
    for (const headers of [
      {},
      { authorization: "Bearer x.y.z" },
      { authorization: "Basic abc" },
      { "x-api-key": "rpt_x" },
    ]) {
      const answer = await app.inject({ url: "/auth/me", headers });
      expect(answer.statusCode).toBe(401);
      expect(answer.json()).toMatchObject({ status: "error", success: false });
    }
  });

  test("whose subscription ended still sees who they are", async () => {
    const user = await newUser();
    const headers = await bearerOf(user);
    await setSubscription(ctx(user.companyId), { status: "none" });
    expect((await app.inject({ url: "/auth/me", headers })).json()).toMatchObject({
      subscription: { status: "none", active: false },
    });
  });
});

describe("refresh and sign-out", () => {
  test("exchange a token in either spelling, and end the sign-in when a spent one returns", async () => {
    const user = await newUser();
    const first = (await post("/api/auth/login", { email: user.email, password })).json();
    const second = (await post("/api/auth/refresh", { refreshToken: first.refreshToken })).json();
    expect(second).toMatchObject({ success: true, user: { id: user.id } });
    const third = await post("/api/v1/auth/refresh", { refresh_token: second.refresh_token });
    expect(third.statusCode).toBe(200);
    const headers = { authorization: `Bearer ${third.json().token}` };
    expect((await app.inject({ url: "/auth/me", headers })).statusCode).toBe(200);
    expect((await post("/auth/refresh", { refreshToken: "made up" })).statusCode).toBe(401);
    expect((await post("/auth/refresh", {})).statusCode).toBe(400);
  });

  test("sign out at once, by the access token or by the refresh token", async () => {
    const user = await newUser();
    for (const by of ["access", "refresh"] as const) {
      const { token, refreshToken } = (await post("/auth/login", { email: user.email, password })).json();
      const headers = { authorization: `Bearer ${token}` };
      expect((await app.inject({ url: "/auth/me", headers })).statusCode).toBe(200);
      const answer =
        by === "access" ? await post("/auth/logout", undefined, headers) : await post("/auth/logout", { refreshToken });
      expect(answer.json()).toMatchObject({ success: true, status: "success" });
      expect((await app.inject({ url: "/auth/me", headers })).statusCode).toBe(401);
      expect((await post("/auth/refresh", { refreshToken })).statusCode).toBe(401);
    }
  });
});
