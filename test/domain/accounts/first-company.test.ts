import { describe, expect, test } from "vitest";
import { isAdminOfSettings } from "../../../server/domain/accounts/admin-of-settings.ts";
import { ensureFirstCompany } from "../../../server/domain/accounts/ensure-first-company.ts";
import { listUsers } from "../../../server/domain/accounts/list-users.ts";
import { signIn } from "../../../server/domain/accounts/sign-in.ts";
import { redeemSignInLink } from "../../../server/domain/accounts/sign-in-link.ts";
import { testDatabase } from "../../harness/test-database.ts";

const byLink = await testDatabase();
const bySetting = await testDatabase();
const raced = await testDatabase();
const admin = { adminEmail: "Boss@Example.com", adminPassword: "tangled-otter-9" };
const now = () => new Date();

describe("the first start", () => {
  test("makes a company, an owner and a link, anew until somebody has come in", async () => {
    const first = await ensureFirstCompany(byLink.db, {});
    const second = await ensureFirstCompany(byLink.db, {});
    expect(second.companyId).toBe(first.companyId);
    await expect(redeemSignInLink({ db: byLink.db, now }, first.signInLinkToken ?? "")).rejects.toThrow();
    const signedIn = await redeemSignInLink({ db: byLink.db, now }, second.signInLinkToken ?? "");
    expect(signedIn).toMatchObject({ role: "admin", companyId: first.companyId, email: "owner@rapport.local" });
    expect(await ensureFirstCompany(byLink.db, {})).toEqual({ companyId: first.companyId });
    expect(await ensureFirstCompany(byLink.db, admin)).toEqual({ companyId: first.companyId });
    expect((await listUsers(byLink.ctx(first.companyId), { limit: 10 })).items).toHaveLength(1);
    const settings = { email: admin.adminEmail, password: admin.adminPassword };
    expect(await isAdminOfSettings(byLink.db, first.companyId, settings)).toBe(false);
  });

  test("makes the admin of the settings instead, and a restart changes nothing", async () => {
    const first = await ensureFirstCompany(bySetting.db, admin);
    expect(first.signInLinkToken).toBeUndefined();
    expect(await ensureFirstCompany(bySetting.db, { ...admin, adminPassword: "another-otter-2" })).toEqual(first);
    expect(await ensureFirstCompany(bySetting.db, {})).toEqual(first);
    const settings = { email: admin.adminEmail, password: admin.adminPassword };
    expect(await isAdminOfSettings(bySetting.db, first.companyId, settings)).toBe(true);
    const changed = { ...settings, password: "another-otter-2" };
    expect(await isAdminOfSettings(bySetting.db, first.companyId, changed)).toBe(false);
    const instance = { db: bySetting.db, now };
    expect(await signIn(instance, { email: "boss@example.com", password: admin.adminPassword })).toMatchObject({
      role: "admin",
    });
    expect((await listUsers(bySetting.ctx(first.companyId), { limit: 10 })).items).toHaveLength(1);
  });

  test("of three processes at once makes one company and one owner", async () => {
    const starts = await Promise.all(Array.from({ length: 3 }, () => ensureFirstCompany(raced.db, {})));
    expect(new Set(starts.map(({ companyId }) => companyId)).size).toBe(1);
    expect((await listUsers(raced.ctx(starts[0]?.companyId ?? 0), { limit: 10 })).items).toHaveLength(1);
  });
});
