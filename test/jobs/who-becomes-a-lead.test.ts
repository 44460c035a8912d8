import { describe, expect, test } from "vitest";
import { createUser } from "../../server/domain/accounts/create-user.ts";
import { createContact } from "../../server/domain/contacts/create-contact.ts";
import { deleteContact } from "../../server/domain/contacts/delete-contact.ts";
import { getContact } from "../../server/domain/contacts/get-contact.ts";
import { updateContact } from "../../server/domain/contacts/update-contact.ts";
import { messageBody, textBody } from "../factories/whatsapp-body.ts";
import { deliver } from "../harness/deliver.ts";
import { rows } from "../harness/rows.ts";
import { testDatabase } from "../harness/test-database.ts";

const { db, ctx, createCompany } = await testDatabase();
const companyId = await createCompany("main");
await createUser(ctx(companyId), { email: "admin@example.test", role: "admin" });

/** What a person's words made besides their conversation. */
async function made(phone: string) {
  const [person] = await rows<{ leads: number; tasks: number; told: number; messages: number }>(
    db,
    `select (select count(*)::int from leads l where l.contact_id = c.id) as leads,
       (select count(*)::int from tasks t where t.contact_id = c.id) as tasks,
       (select count(*)::int from notifications n where n.contact_id = c.id) as told,
       (select count(*)::int from messages m where m.contact_id = c.id and m.direction = 'in') as messages
     from contacts c where c.phone = '+${phone}'`,
  );
  return person;
}

const nothing = { leads: 0, tasks: 0, told: 0, messages: 1 };

describe("nobody becomes a lead", () => {
  test("by asking for no more messages, typed or by a template's button", async () => {
    await createContact(ctx(companyId), { name: "Imported", phone: "+14155550101" });
    await deliver(db, textBody({ phone: "14155550101", text: "STOP" }));
    const extra = { context: { id: "wamid.campaign" } };
    const content = { payload: "x", text: "Unsubscribe" };
    await deliver(db, messageBody({ phone: "14155550102", type: "button", content, extra }));
    expect([await made("14155550101"), await made("14155550102")]).toEqual([nothing, nothing]);
  });

  test("by a reaction, or by taking one back", async () => {
    const reactions = [{ message_id: "wamid.campaign", emoji: "👍" }, { message_id: "wamid.campaign" }];
    for (const [index, content] of reactions.entries())
      await deliver(db, messageBody({ phone: `1415555020${index}`, type: "reaction", content }));
    expect([await made("14155550200"), await made("14155550201")]).toEqual([nothing, nothing]);
  });

  test("until they write", async () => {
    await deliver(db, textBody({ phone: "14155550301", text: "STOP" }));
    await deliver(db, textBody({ phone: "14155550301", text: "Hello, one question" }));
    expect(await made("14155550301")).toEqual({ leads: 1, tasks: 1, told: 1, messages: 2 });
  });
});

test("a deleted person who writes is back without the number that somebody else was given", async () => {
  const userId = "US.13491208655302741918";
  await deliver(db, textBody({ phone: "14155550401", userId, text: "Hello" }));
  const [person] = await rows<{ id: number }>(db, "select id from contacts where phone = '+14155550401'");
  const id = Number(person?.id);
  await deleteContact(ctx(companyId), id);
  const other = await createContact(ctx(companyId), { name: "Other" });
  await updateContact(ctx(companyId), other.id, { phone: "+14155550401" });
  await deliver(db, textBody({ phone: "", userId, text: "Still there?" }));
  expect(await getContact(ctx(companyId), id)).toMatchObject({ id, phone: null });
  expect(await getContact(ctx(companyId), other.id)).toMatchObject({ phone: "+14155550401" });
});
