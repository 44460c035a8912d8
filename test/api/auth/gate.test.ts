import { sql } from "kysely";
import { describe, expect, test } from "vitest";
import { prepared } from "../../../server/db/prepared.ts";
import { createApiKey } from "../../../server/domain/accounts/create-api-key.ts";
import { authApp } from "./auth-app.ts";

/** Twenty seconds into a minute. */
const startedAt = Math.floor(Date.now() / 60_000) * 60_000 + 20_000;
const { app, newUser, bearerOf, ctx, db } = await authApp({ now: () => new Date(startedAt) });

const limitTo = prepared<{ companyId: number; limit: number }>()(
  (_db, arg) => sql<never>`
    update company_settings set api_requests_per_minute = ${arg("limit")}::int where company_id = ${arg("companyId")}::bigint`,
);

describe("the limit of requests", () => {
  test("counts each credential by itself and says what is left", async () => {
    const user = await newUser("admin");
    await db.run(limitTo({ companyId: user.companyId, limit: 3 }));
    const headers = await bearerOf(user);
    const answers = [];
    for (let index = 0; index < 4; index += 1) answers.push(await app.inject({ url: "/auth/me", headers }));
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 200, 200, 429]);
    expect(answers.map((answer) => String(answer.headers.ratelimit))).toEqual(
      [2, 1, 0, 0].map((left) => `"default";r=${left};t=40`),
    );
    const last = answers[3];
    expect(last?.headers["retry-after"]).toBe("40");
    expect(last?.headers["ratelimit-policy"]).toBe('"default";q=3;w=60');
    expect(last?.json()).toMatchObject({ status: "error", success: false });
    const { key } = await createApiKey(ctx(user.companyId), { name: "x" });
    expect((await app.inject({ url: "/auth/me", headers: { "x-api-key": key } })).statusCode).toBe(200);
  });
});

describe("an API key", () => {
  test("describes itself at every address of the caller, without posing as a person", async () => {
    const user = await newUser("admin");
    const { key } = await createApiKey(ctx(user.companyId), { name: "Shop", role: "manager" });
    for (const headers of [{ "x-api-key": key }, { authorization: `Bearer ${key}` }]) {
      const answer = await app.inject({ url: "/api/auth/me", headers });
      expect(answer.json()).toMatchObject({ id: null, email: null, type: "api_key", name: "Shop", role: "manager" });
    }
  });
});
