import { expect, test } from "vitest";
import { messageBody, textBody } from "../../factories/whatsapp-body.ts";
import { deliver } from "../../harness/deliver.ts";
import { rows } from "../../harness/rows.ts";
import { testDatabase } from "../../harness/test-database.ts";

const { db, createCompany } = await testDatabase();
const companyId = await createCompany("main");

test("a message from an ad opens 72 free hours beside the window; an ordinary one does not", async () => {
  const at = new Date(Math.floor(Date.now() / 1_000) * 1_000);
  const windows = () =>
    rows(
      db,
      `select window_expires_at - '${at.toISOString()}'::timestamptz = interval '24 hours' as window,
         free_entry_expires_at - '${at.toISOString()}'::timestamptz = interval '72 hours' as free
       from conversations where company_id = ${companyId} order by id`,
    );
  await deliver(db, textBody({ phone: "4915112345678", text: "Hello", at }));
  const referral = { source_type: "ad", source_id: "1", source_url: "https://fb.example/ad", headline: "Offer" };
  await deliver(
    db,
    messageBody({ phone: "4915112345679", type: "text", content: { body: "Hello" }, extra: { referral }, at }),
  );
  expect(await windows()).toEqual([
    { window: true, free: null },
    { window: true, free: true },
  ]);
});
