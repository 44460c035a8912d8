import { hash } from "@node-rs/argon2";
import { sql } from "kysely";
import { describe, expect, test } from "vitest";
import { prepared } from "../../../server/db/prepared.ts";
import { createUser } from "../../../server/domain/accounts/create-user.ts";
import { signIn } from "../../../server/domain/accounts/sign-in.ts";
import { createSignInLink, redeemSignInLink } from "../../../server/domain/accounts/sign-in-link.ts";
import { testDatabase } from "../../harness/test-database.ts";

const database = await testDatabase();
const { db } = database;
const instance = { db, now: () => new Date() };
const password = "tangled-otter-9";

let count = 0;
async function newUser(companyId: number) {
  count += 1;
  return createUser(database.ctx(companyId), { email: `person${count}@example.com`, role: "manager", password });
}

const setHash = prepared<{ userId: number; passwordHash: string }>()(
  (_db, arg) => sql<never>`update users set password_hash = ${arg("passwordHash")} where id = ${arg("userId")}::bigint`,
);
const disable = prepared<{ userId: number }>()(
  (_db, arg) => sql<never>`update users set disabled_at = now() where id = ${arg("userId")}::bigint`,
);
const addTo = prepared<{ userId: number; companyId: number }>()(
  (_db, arg) => sql<never>`
    insert into memberships (company_id, user_id, role)
    values (${arg("companyId")}::bigint, ${arg("userId")}::bigint, 'secretariat')`,
);

describe("sign-in by password", () => {
  test("gives the person and their company", async () => {
    const companyId = await database.createCompany();
    const user = await newUser(companyId);
    const signedIn = await signIn(instance, { email: ` ${user.email.toUpperCase()} `, password });
    expect(signedIn).toMatchObject({ userId: user.id, companyId, role: "manager", email: user.email });
  });

  test("refuses unknown people, wrong passwords, people without access and without a password in the same words", async () => {
    const companyId = await database.createCompany();
    const user = await newUser(companyId);
    const disabled = await newUser(companyId);
    await db.run(disable({ userId: disabled.id }));
    const linkOnly = await createUser(database.ctx(companyId), { email: "link-only@example.com", role: "admin" });
    const attempts = [
      { email: "nobody@example.com", password },
      { email: user.email, password: "wrong-otter-9" },
      { email: disabled.email, password },
      { email: linkOnly.email, password: "" },
      { email: user.email, password, companySlug: "another-company" },
    ];
    for (const attempt of attempts) {
      await expect(signIn(instance, attempt)).rejects.toMatchObject({
        refusal: { kind: "unauthenticated", message: "Invalid e-mail or password" },
      });
    }
  });

  test("leads into the company named, otherwise into the one last used", async () => {
    const first = await database.createCompany("first-one");
    const second = await database.createCompany("second-one");
    const user = await newUser(first);
    await db.run(addTo({ userId: user.id, companyId: second }));
    expect((await signIn(instance, { email: user.email, password })).companyId).toBe(first);
    expect((await signIn(instance, { email: user.email, password, companySlug: "second-one" })).companyId).toBe(second);
    expect(await signIn(instance, { email: user.email, password })).toMatchObject({
      companyId: second,
      role: "secretariat",
    });
  });

  test("replaces a hash of former parameters", async () => {
    const user = await newUser(await database.createCompany());
    const weak = await hash(password, { memoryCost: 8_192, timeCost: 1, parallelism: 1 });
    await db.run(setHash({ userId: user.id, passwordHash: weak }));
    await signIn(instance, { email: user.email, password });
    const row = await db.first(hashOf({ userId: user.id }));
    expect(row?.hash).toContain("m=19456,t=2,p=1");
    await expect(signIn(instance, { email: user.email, password })).resolves.toBeDefined();
  });

  test("serves twenty at once", async () => {
    const user = await newUser(await database.createCompany());
    const all = await Promise.all(Array.from({ length: 20 }, () => signIn(instance, { email: user.email, password })));
    expect(new Set(all.map(({ userId }) => userId))).toEqual(new Set([user.id]));
  });
});

describe("a sign-in link", () => {
  test("lets in once, however many come at once", async () => {
    const companyId = await database.createCompany();
    const user = await newUser(companyId);
    const token = await database.ctx(companyId).transact((tx) => createSignInLink(tx, user.id));
    const outcomes = await Promise.allSettled(Array.from({ length: 5 }, () => redeemSignInLink(instance, token)));
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    await expect(redeemSignInLink(instance, token)).rejects.toMatchObject({ refusal: { kind: "unauthenticated" } });
  });

  test("ends after a day, and when a newer one is made", async () => {
    const companyId = await database.createCompany();
    const user = await newUser(companyId);
    const ctx = database.ctx(companyId);
    const older = await ctx.transact((tx) => createSignInLink(tx, user.id));
    const newer = await ctx.transact((tx) => createSignInLink(tx, user.id));
    await expect(redeemSignInLink(instance, older)).rejects.toThrow();
    const tomorrow = { db, now: () => new Date(Date.now() + 25 * 3_600_000) };
    await expect(redeemSignInLink(tomorrow, newer)).rejects.toThrow();
    expect((await redeemSignInLink(instance, newer)).userId).toBe(user.id);
  });
});

const hashOf = prepared<{ userId: number }>()(
  (_db, arg) => sql<{ hash: string }>`select password_hash as hash from users where id = ${arg("userId")}::bigint`,
);
