import { describe, expect, test } from "vitest";
import { saveConnection } from "../../server/domain/channels/connect-number.ts";
import { disconnectNumber } from "../../server/domain/channels/disconnect-number.ts";
import { noteSync } from "../../server/domain/channels/note-sync.ts";
import type { JsonObject } from "../../shared/json.ts";
import { memberOf } from "../factories/people.ts";
import { deliver, drain } from "../harness/deliver.ts";
import { count, rows } from "../harness/rows.ts";
import { testDatabase } from "../harness/test-database.ts";

const { db, ctx, createCompany } = await testDatabase();
const companyId = await createCompany("main");
// Where there are several companies, what nobody connected waits until somebody does.
await createCompany("other");
await memberOf(db, companyId, "admin");

const t0 = 1_763_000_000;

function connect(wabaId: string, phoneNumberId: string, second: number, displayPhone: string | null = null) {
  const connection = { phoneNumberId, wabaId, businessId: "1", accessTokenSealed: "sealed", tokenExpiresAt: null };
  const nothing = { verifiedName: null, nameStatus: null, quality: null, isVerified: null, messagingLimit: null };
  const unsaid = { platformType: null, throughputLevel: null, isOnBizApp: null, businessId: null };
  return ctx(companyId, { kind: "system" }, () => new Date(second * 1000 + 400)).transact(async (tx) => {
    const id = await saveConnection(tx, connection);
    await noteSync(tx, id, { ...nothing, ...unsaid, displayPhone });
    return id;
  });
}

const said = (waba: string, time: number, value: JsonObject, field = "account_update") => ({
  object: "whatsapp_business_account",
  entry: [{ id: waba, time, changes: [{ field, value }] }],
});

const state = async (id: number) =>
  (
    await rows<{ status: string; quality: string | null; limit: string | null; problems: string[] }>(
      db,
      `select status, quality, messaging_limit as limit, array(select jsonb_object_keys(coalesce(health->'problems', '{}'))) as problems
       from channel_accounts where id = ${id}`,
    )
  )[0];

describe("what was said of a number before it was connected", () => {
  test("stands in the journal and does not change its state, once it comes to be processed", async () => {
    await deliver(db, said("7001", t0, { event: "PARTNER_REMOVED" }), said("7001", t0, { event: "ACCOUNT_VIOLATION" }));
    expect(await count(db, "inbound_deliveries where state = 'unrouted'")).toBe(2);
    const id = await connect("7001", "8001", t0 + 60);
    await drain(db);
    expect(await count(db, "inbound_deliveries where state <> 'processed'")).toBe(0);
    expect(await state(id)).toMatchObject({ status: "connected", problems: [] });
    expect(await count(db, `events where subject_id = ${id} and type = 'channel.account_update_received'`)).toBe(2);
    expect(await count(db, "notifications")).toBe(0);
  });

  test("counts where it was said in the second of the connection, or later", async () => {
    const id = await connect("7002", "8002", t0);
    await deliver(db, said("7002", t0, { event: "ACCOUNT_VIOLATION" }));
    expect(await state(id)).toMatchObject({ problems: ["setup"] });
    await deliver(db, said("7002", t0 + 1, { event: "PARTNER_REMOVED" }));
    expect(await state(id)).toMatchObject({ status: "disconnected" });
  });

  test("is older than a connection that was made anew, and concerns the account's other numbers all the same", async () => {
    const [first, second] = [await connect("7003", "8003", t0), await connect("7003", "8004", t0)];
    await ctx(companyId).transact((tx) => disconnectNumber(tx, first));
    await connect("7003", "8003", t0 + 60);
    await deliver(db, said("7003", t0 + 30, { event: "PARTNER_REMOVED" }));
    expect(await state(first)).toMatchObject({ status: "connected", problems: [] });
    expect(await state(second)).toMatchObject({ status: "disconnected", problems: ["disconnected"] });
  });
});

describe("what is said of one number of an account", () => {
  const quality = (display_phone_number: string, event: string) =>
    ({ display_phone_number, event, max_daily_conversations_per_business: "TIER_2K" }) as const;
  const field = "phone_number_quality_update";

  test("changes that number, whichever the account leads to", async () => {
    const first = await connect("7011", "8011", t0, "+1 555-078-3881");
    const second = await connect("7011", "8012", t0, "+1 555-078-3882");
    await deliver(db, said("7011", t0 + 5, quality("15550783881", "FLAGGED"), field));
    expect(await state(first)).toMatchObject({ quality: "RED", limit: "TIER_2K", problems: ["quality_red"] });
    expect(await state(second)).toMatchObject({ quality: null, limit: null, problems: [] });
    const rejected = { display_phone_number: "1 555 078 3882", decision: "REJECTED", rejection_reason: "No" };
    await deliver(db, said("7011", t0 + 6, rejected, "phone_number_name_update"));
    expect(await state(first)).toMatchObject({ problems: ["quality_red"] });
    expect(await state(second)).toMatchObject({ problems: ["setup"] });
    expect(
      await rows(db, `select subject_id::int as id from events where data->>'field' like 'phone%' order by id`),
    ).toEqual([{ id: first }, { id: second }]);
  });

  test("changes none where it is a number of the account that is not ours", async () => {
    const first = await connect("7012", "8013", t0, "+1 555-078-3883");
    await deliver(db, said("7012", t0 + 5, quality("15550783899", "FLAGGED"), field));
    expect(await state(first)).toMatchObject({ quality: null, limit: null, problems: [] });
    expect(await count(db, `events where subject_id = ${first} and data->>'field' = '${field}'`)).toBe(1);
  });

  test("changes the only one whose phone is not known yet", async () => {
    const [known, unknown] = [await connect("7013", "8014", t0, "+1 555-078-3884"), await connect("7013", "8015", t0)];
    await deliver(db, said("7013", t0 + 5, quality("15550783885", "FLAGGED"), field));
    expect([await state(known), await state(unknown)]).toMatchObject([{ problems: [] }, { problems: ["quality_red"] }]);
  });
});
