import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { saveConnection } from "../../../server/domain/channels/connect-number.ts";
import { replayDeliveries } from "../../../server/domain/conversations/claim-deliveries.ts";
import { objectOf } from "../../../shared/json.ts";
import { memberOf } from "../../factories/people.ts";
import { drain } from "../../harness/deliver.ts";
import { count, rows } from "../../harness/rows.ts";
import { testApp } from "../../harness/test-app.ts";

const fixtures = process.env.RAPPORT_FIXTURES ?? fileURLToPath(new URL("../../../../shared/fixtures", import.meta.url));
const present = existsSync(join(fixtures, "pywa-fixtures"));
if (!present) process.stdout.write(`Skipped: no third-party webhook bodies at ${fixtures}\n`);

const { db, ctx, companyId, receive } = await testApp();
// Most of the bodies are of this account; only a connected one can have trouble.
await ctx(companyId).transact((tx) =>
  saveConnection(tx, {
    phoneNumberId: "106540352242922",
    wabaId: "102290129340398",
    businessId: "1",
    accessTokenSealed: "sealed",
    tokenExpiresAt: null,
  }),
);
await memberOf(db, companyId, "admin");

/** Every body under the third-party folders, by its name. Answers to sends are not webhooks. */
function bodies(): [string, unknown][] {
  const single = ["meta-openapi/examples/webhooks", "meta-docs-bsuid-2026-06"].flatMap((folder) =>
    readdirSync(join(fixtures, folder)).map((file): [string, unknown] => [
      `${folder}/${file}`,
      json(join(fixtures, folder, file)),
    ]),
  );
  const sets = readdirSync(join(fixtures, "pywa-fixtures/updates")).flatMap((file) =>
    Object.entries(objectOf(json(join(fixtures, "pywa-fixtures/updates", file))) ?? {}).map(
      ([name, body]): [string, unknown] => [`${file}/${name}`, body],
    ),
  );
  return [...single, ...sets].filter(([, body]) => objectOf(body)?.entry !== undefined);
}

function json(path: string): unknown {
  return JSON.parse(readFileSync(path, "utf8"));
}

describe.skipIf(!present)("every third-party webhook body", () => {
  test("is stored as its type says, and posted again changes nothing", async () => {
    const all = present ? bodies() : [];
    expect(all.length).toBeGreaterThan(80);
    for (const [name, body] of all) {
      await receive(body);
      const after = await counts();
      await receive(body);
      expect([name, await counts()]).toEqual([name, after]);
    }
    const told = await counts();
    await replayDeliveries(db, ["processed"], new Date(0));
    await drain(db);
    expect(await counts()).toEqual(told);
    expect(
      await rows(db, "select id, state, error from inbound_deliveries where state <> 'processed' or error is not null"),
    ).toEqual([]);
    const types = await rows<{ type: string }>(
      db,
      "select distinct type from messages where direction = 'in' order by type",
    );
    expect(types.map(({ type }) => type)).toEqual(expect.arrayContaining(everyType));
    const events = await rows<{ type: string }>(db, "select distinct type from events order by type");
    expect(events.map(({ type }) => type)).toEqual(expect.arrayContaining(everyEvent));
    expect(await count(db, "events where type = 'channel.unknown_update_received'")).toBe(0);
  });
});

const everyType = [
  "audio",
  "button",
  "contacts",
  "document",
  "image",
  "interactive",
  "location",
  "order",
  "reaction",
  "sticker",
  "text",
  "unsupported",
  "video",
];

const everyEvent = [
  "channel.account_update_received",
  "channel.calls_received",
  "channel.group_lifecycle_update_received",
  "channel.message_template_status_update_received",
  "consent.granted",
  "contact.identity_added",
  "message.received",
  "message.sent",
];

async function counts(): Promise<string> {
  const tables = [
    "contacts",
    "contact_identities",
    "conversations",
    "messages",
    "leads",
    "tasks",
    "deals",
    "events",
    "early_statuses",
    "early_message_changes",
    "notifications",
    "contact_consents",
    "templates",
    "media",
  ];
  const numbers = await Promise.all(tables.map(async (table) => `${table} ${await count(db, table)}`));
  const states = await rows(
    db,
    "select id, status, quality, messaging_limit, health from channel_accounts order by id",
  );
  const templates = await rows(db, "select id, status, reason, category, quality from templates order by id");
  return [...numbers, JSON.stringify(states), JSON.stringify(templates)].join(", ");
}
