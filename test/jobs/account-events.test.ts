import { describe, expect, test } from "vitest";
import { saveConnection } from "../../server/domain/channels/connect-number.ts";
import { disconnectNumber } from "../../server/domain/channels/disconnect-number.ts";
import { replayDeliveries } from "../../server/domain/conversations/claim-deliveries.ts";
import type { JsonObject } from "../../shared/json.ts";
import { memberOf } from "../factories/people.ts";
import { drain } from "../harness/deliver.ts";
import { count, rows } from "../harness/rows.ts";
import { testApp } from "../harness/test-app.ts";

const { db, ctx, companyId, receive } = await testApp();
await memberOf(db, companyId, "admin");

const t0 = 1_763_000_000;
let serial = 0;

/** A connected number, alone in its account. */
async function connected() {
  serial += 1;
  const waba = `70${serial}`;
  const phone = `80${serial}`;
  const id = await connect(waba, phone);
  const state = async () => {
    const [row] = await rows<{ status: string; quality: string | null; problems: string[] }>(
      db,
      `select status, quality, array(select jsonb_object_keys(coalesce(health->'problems', '{}'))) as problems
       from channel_accounts where id = ${id}`,
    );
    return row;
  };
  return { waba, phone, id, state };
}

const connect = (wabaId: string, phoneNumberId: string) =>
  ctx(companyId, { kind: "system" }, () => new Date((t0 - 60) * 1000)).transact((tx) =>
    saveConnection(tx, { phoneNumberId, wabaId, businessId: "1", accessTokenSealed: "sealed", tokenExpiresAt: null }),
  );

function said(waba: string, time: number | undefined, value: JsonObject, field = "account_update") {
  return {
    object: "whatsapp_business_account",
    entry: [{ id: waba, ...(time === undefined ? {} : { time }), changes: [{ field, value }] }],
  };
}

async function told(): Promise<number[]> {
  return Promise.all(["events", "notifications", "notification_mails"].map((table) => count(db, table)));
}

describe("an account event that was applied before", () => {
  test("is not applied again, though something else of the same second came in between", async () => {
    const { waba, state } = await connected();
    const deleted = said(waba, t0, { event: "ACCOUNT_DELETED" });
    await receive(deleted);
    expect(await state()).toMatchObject({ status: "disconnected", problems: ["disconnected"] });
    await receive(said(waba, t0, { event: "ACCOUNT_RECONNECTED" }));
    expect(await state()).toMatchObject({ status: "connected", problems: [] });
    const before = await told();
    await receive(deleted);
    expect(await state()).toMatchObject({ status: "connected", problems: [] });
    expect(await told()).toEqual(before);
  });

  test("does nothing where no time stands in it", async () => {
    const { waba, state } = await connected();
    const deleted = said(waba, undefined, { event: "ACCOUNT_DELETED" });
    await receive(deleted, said(waba, undefined, { event: "ACCOUNT_RECONNECTED" }), deleted);
    expect(await state()).toMatchObject({ status: "connected", problems: [] });
  });

  test("does nothing once another number of its account is connected", async () => {
    const { waba, state } = await connected();
    const deleted = said(waba, t0, { event: "ACCOUNT_DELETED" });
    await receive(deleted, said(waba, t0 + 1, { event: "ACCOUNT_RECONNECTED" }));
    const second = await connect(waba, `${waba}2`);
    const before = await told();
    await receive(deleted);
    expect(await told()).toEqual(before);
    expect(await state()).toMatchObject({ status: "connected", problems: [] });
    expect(await rows(db, `select status from channel_accounts where id = ${second}`)).toEqual([
      { status: "connected" },
    ]);
  });
});

describe("an account event that comes late", () => {
  const quality = (event: string) => ({ display_phone_number: "15550783881", event, current_limit: "TIER_1K" });

  test("does not bring back a quality that a later one has changed", async () => {
    const { waba, state } = await connected();
    const field = "phone_number_quality_update";
    await receive(said(waba, t0 + 60, quality("UNFLAGGED"), field));
    const before = await count(db, "notifications");
    await receive(said(waba, t0, { ...quality("FLAGGED"), current_limit: "TIER_50" }, field));
    expect(await state()).toMatchObject({ quality: "GREEN", problems: [] });
    expect(await count(db, "notifications")).toBe(before);
    expect(await rows(db, `select messaging_limit as l from channel_accounts where waba_id = '${waba}'`)).toEqual([
      { l: "TIER_1K" },
    ]);
    await receive(said(waba, t0 + 120, quality("FLAGGED"), field));
    expect(await state()).toMatchObject({ quality: "RED", problems: ["quality_red"] });
  });

  test("in one body with a later one leaves the later one's state", async () => {
    const { waba, state } = await connected();
    const field = "phone_number_quality_update";
    const [later, earlier] = [
      said(waba, t0 + 9, quality("FLAGGED"), field),
      said(waba, t0, quality("UNFLAGGED"), field),
    ];
    await receive({ ...later, entry: [...later.entry, ...earlier.entry] });
    expect(await state()).toMatchObject({ quality: "RED", problems: ["quality_red"] });
  });

  test("ends only what nothing later has begun", async () => {
    const { waba, state } = await connected();
    const ban = (waba_ban_state: string) => ({ event: "DISABLED_UPDATE", ban_info: { waba_ban_state } });
    await receive(said(waba, t0, { event: "ACCOUNT_RESTRICTION", restriction_info: [] }));
    await receive(said(waba, t0 + 60, ban("DISABLE")), said(waba, t0 + 30, ban("REINSTATE")));
    expect(await state()).toMatchObject({ problems: ["blocked"] });
  });

  test("does not bring back a template's status, category or quality", async () => {
    const { waba } = await connected();
    const name = { message_template_id: 1, message_template_name: "welcome", message_template_language: "en" };
    const status = (event: string, time: number) =>
      said(waba, time, { ...name, event, reason: event }, "message_template_status_update");
    const of = async () =>
      (await rows(db, `select status, reason, category, quality from templates where waba_id = '${waba}'`))[0];
    await receive(
      status("APPROVED", t0),
      status("PAUSED", t0 + 60),
      status("APPROVED", t0),
      status("REJECTED", t0 + 30),
    );
    expect(await of()).toMatchObject({ status: "PAUSED", reason: "PAUSED" });
    await receive(
      said(waba, t0 + 10, { ...name, new_category: "MARKETING" }, "template_category_update"),
      said(waba, t0 + 5, { ...name, new_category: "UTILITY" }, "template_category_update"),
      said(waba, t0 + 10, { ...name, new_quality_score: "RED" }, "message_template_quality_update"),
      said(waba, t0 + 5, { ...name, new_quality_score: "GREEN" }, "message_template_quality_update"),
    );
    expect(await of()).toMatchObject({ status: "PAUSED", category: "MARKETING", quality: "RED" });
    await receive(status("APPROVED", t0 + 90));
    expect(await of()).toMatchObject({ status: "APPROVED" });
  });
});

test("a number that was let go has no trouble by its account, the others of it do", async () => {
  const { waba, state } = await connected();
  const second = await connect(waba, `${waba}2`);
  await ctx(companyId).transact((tx) => disconnectNumber(tx, second));
  await receive(said(waba, t0, { event: "ACCOUNT_VIOLATION" }), said(waba, t0, { event: "ACCOUNT_DELETED" }));
  expect(await state()).toMatchObject({ problems: ["setup", "disconnected"] });
  expect(await rows(db, `select status, health->'problems' as p from channel_accounts where id = ${second}`)).toEqual([
    { status: "disconnected", p: null },
  ]);
});

describe("an account nobody connected", () => {
  test("has its events in the journal, and no trouble anywhere", async () => {
    const accounts = await count(db, "channel_accounts");
    const before = await count(db, "notifications");
    const removed = said("990001", t0, { event: "PARTNER_REMOVED", waba_info: { waba_id: "990001" } });
    const strange = said("990001", t0, { new: "thing" }, "brand_new_field");
    await receive(removed, removed, strange);
    const template = { message_template_id: 2, message_template_name: "foreign", event: "APPROVED" };
    await receive(said("990001", t0, template, "message_template_status_update"));
    expect(
      await rows(
        db,
        `select type, subject_kind, subject_id::int, data->>'waba_id' as waba from events
         where subject_kind = 'company' and type like 'channel.%' order by id`,
      ),
    ).toEqual(
      ["account_update_received", "unknown_update_received", "message_template_status_update_received"].map((word) => ({
        type: `channel.${word}`,
        subject_kind: "company",
        subject_id: companyId,
        waba: "990001",
      })),
    );
    expect(await count(db, "channel_accounts")).toBe(accounts);
    expect(await count(db, "notifications")).toBe(before);
    expect(await count(db, "templates where name = 'foreign'")).toBe(0);
    expect(await count(db, "inbound_deliveries where state <> 'processed'")).toBe(0);
  });

  test("keeps them there when it is connected later", async () => {
    const removed = said("990002", t0, { event: "PARTNER_REMOVED" });
    await receive(removed);
    const id = await connect("990002", "990003");
    const before = await told();
    await receive(removed);
    expect(await told()).toEqual(before);
    expect(await rows(db, `select status from channel_accounts where id = ${id}`)).toEqual([{ status: "connected" }]);
  });

  test("or that was disconnected here has no trouble by WhatsApp's farewell", async () => {
    const { waba, id, state } = await connected();
    await ctx(companyId).transact((tx) => disconnectNumber(tx, id));
    await receive(said(waba, t0, { event: "PARTNER_REMOVED" }));
    expect(await state()).toMatchObject({ status: "disconnected", problems: [] });
    expect(await count(db, `channel_accounts where waba_id = '${waba}'`)).toBe(1);
  });

  test("and a number that only wrote to us has no problem by them", async () => {
    const metadata = { display_phone_number: "15550783881", phone_number_id: "990010" };
    const messages = [
      { from: "15550001111", id: "wamid.found", timestamp: String(t0), type: "text", text: { body: "hi" } },
    ];
    await receive(said("990009", t0, { messaging_product: "whatsapp", metadata, messages }, "messages"));
    const flagged = { ...metadata, metadata, event: "FLAGGED" };
    await receive(said("990009", t0, flagged, "phone_number_quality_update"));
    expect(
      await rows(
        db,
        "select status, health->'problems' as problems from channel_accounts where external_id = '990010'",
      ),
    ).toEqual([{ status: "discovered", problems: null }]);
  });
});

test("a replay of all that was processed writes nothing and tells nobody", async () => {
  const digest = () =>
    rows(db, "select id, status, quality, health, messaging_limit, updated_at from channel_accounts order by id");
  const [before, accounts] = [await told(), await digest()];
  await replayDeliveries(db, ["processed", "failed", "unrouted"], new Date(0));
  await drain(db);
  expect(await told()).toEqual(before);
  expect(await digest()).toEqual(accounts);
});
