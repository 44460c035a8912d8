import { expect, test } from "vitest";
import { updateSettings } from "../../server/domain/accounts/update-settings.ts";
import { createLocation } from "../../server/domain/booking/write-location.ts";
import { createContact } from "../../server/domain/contacts/create-contact.ts";
import { runIntake } from "../../server/domain/intake/run-intake.ts";
import { createLead } from "../../server/domain/leads/create-lead.ts";
import { textBody } from "../factories/whatsapp-body.ts";
import { deliver } from "../harness/deliver.ts";
import { rows } from "../harness/rows.ts";
import { testDatabase } from "../harness/test-database.ts";

const { db, ctx, createCompany } = await testDatabase();
await createCompany("main");

const enquiry = "Hi, I'm Maria Santos. We need appointment reminders and want to buy, our budget is $5,000";

test("the follow-up and the deal of one message belong together", async () => {
  await deliver(db, textBody({ phone: "5511987654321", text: enquiry }));
  const [task] = await rows(db, "select t.deal_id, d.id from tasks t join deals d on d.contact_id = t.contact_id");
  expect(task?.deal_id).toBe(task?.id);
});

test("so they do where the deal comes with a later message, unless the follow-up is done", async () => {
  const [open, done] = ["5511987654322", "5511987654323"];
  await deliver(db, textBody({ phone: open, text: "Hello" }), textBody({ phone: done, text: "Hello" }));
  const of = (phone: string) =>
    `from tasks t join contacts c on c.id = t.contact_id left join deals d on d.contact_id = c.id where c.phone = '+${phone}'`;
  await db.run({
    name: "do the follow-up",
    text: `update tasks set status = 'done', completed_at = now() where id in (select t.id ${of(done)})`,
    values: [],
  });
  await deliver(db, textBody({ phone: open, text: enquiry }), textBody({ phone: done, text: enquiry }));
  const linked = async (phone: string) =>
    (await rows(db, `select t.deal_id is not null as linked, d.id ${of(phone)}`))[0];
  expect(await linked(open)).toMatchObject({ linked: true, id: expect.anything() });
  expect(await linked(done)).toMatchObject({ linked: false, id: expect.anything() });
});

test("a follow-up is due while the company works, on its own clock and in its own hours", async () => {
  const elsewhere = await createCompany();
  const thursdayNight = () => new Date("2026-11-26T23:15+05:30");
  const night = ctx(elsewhere, { kind: "system" }, thursdayNight);
  await updateSettings(night, { timeZone: "Asia/Kolkata" });
  expect(await dueAfterMessage("+919000000101")).toEqual("2026-11-27T18:00+05:30");
  const saturdays = [{ weekday: 6, fromMinute: 600, toMinute: 1200 }];
  await createLocation(night, { name: "Centre", timeZone: "Asia/Kolkata", openingHours: saturdays });
  expect(await dueAfterMessage("+919000000102")).toEqual("2026-11-28T19:00+05:30");

  async function dueAfterMessage(phone: string): Promise<string> {
    const { id } = await createContact(night, { phone });
    await createLead(night, { contactId: id });
    const words = { contactId: id, text: "Hello there", profileName: "", isMail: false, opensLead: true };
    await night.transact((tx) => runIntake(tx, [words]));
    const [task] = await rows<{ due_at: Date }>(db, `select due_at from tasks where contact_id = ${id}`);
    const onClock = new Date(new Date(String(task?.due_at)).getTime() + 5.5 * 3_600_000);
    return `${onClock.toISOString().slice(0, 16)}+05:30`;
  }
});
