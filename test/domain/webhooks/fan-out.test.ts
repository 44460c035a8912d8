import { describe, expect, test } from "vitest";
import { recordEvent } from "../../../server/domain/events/record-event.ts";
import { fanOut } from "../../../server/domain/webhooks/fan-out.ts";
import { createWebhook } from "../../../server/domain/webhooks/write-webhook.ts";
import { count } from "../../harness/rows.ts";
import { testDatabase } from "../../harness/test-database.ts";

const { db, ctx, createCompany } = await testDatabase();
const deps = { encryptionKey: Buffer.alloc(32, 9).toString("base64url"), faultOfUrl: () => undefined };

describe("lines of the journal", () => {
  test("to which nobody listens are passed over, and who listens from then on hears what comes after", async () => {
    const company = ctx(await createCompany());
    const write = (id: number) =>
      company.transact((tx) => recordEvent(tx, { type: "note.created", subject: { kind: "note", id } }));
    const passed = () =>
      count(
        db,
        `journal_cursors c where c.name = 'webhooks' and not exists (select from events e
          where e.company_id = ${company.companyId} and (e.transaction_id, e.id) > (c.transaction_id, c.event_id))`,
      );
    await write(1);
    expect(await passed()).toBe(0);
    await fanOut(db);
    expect(await passed()).toBe(1);
    await createWebhook(company, { url: "https://example.com/hook", eventTypes: ["note.created"] }, deps);
    await write(2);
    await fanOut(db);
    expect(await count(db, `webhook_deliveries where company_id = ${company.companyId}`)).toBe(1);
  });
});
