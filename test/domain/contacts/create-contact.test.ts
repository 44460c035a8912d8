import { describe, expect, test } from "vitest";
import { createContact, type NewContact } from "../../../server/domain/contacts/create-contact.ts";
import { deleteContact } from "../../../server/domain/contacts/delete-contact.ts";
import { getContact } from "../../../server/domain/contacts/get-contact.ts";
import { restoreContact } from "../../../server/domain/contacts/restore-contact.ts";
import { updateContact } from "../../../server/domain/contacts/update-contact.ts";
import { listTimeline } from "../../../server/domain/events/list-timeline.ts";
import { listLeads } from "../../../server/domain/leads/list-leads.ts";
import { listContactTags } from "../../../server/domain/tags/list-tags.ts";
import { testDatabase } from "../../harness/test-database.ts";

const database = await testDatabase();
const ctx = database.ctx(await database.createCompany());
const otherCtx = database.ctx(await database.createCompany());

const types = async (contactId: number) =>
  (await listTimeline(ctx, contactId, { limit: 50 })).items.map((event) => event.type).toReversed();

describe("a new contact", () => {
  test("has the fields given, the phone in one spelling, and an organization of the company's name", async () => {
    const contact = await createContact(ctx, {
      name: "John Doe",
      phone: "+91 98765 43210",
      email: "John.Doe@techcorp.com",
      company: "Tech Corp Solutions",
      position: "Senior Manager",
      source: "website",
      notes: "Budget of $50k.",
      leadScore: 85,
      nextFollowUpAt: "2026-12-01T14:00:00Z",
      tags: ["VIP", "vip", "Enterprise"],
    });
    expect(contact).toMatchObject({
      name: "John Doe",
      firstName: "John",
      lastName: "Doe",
      phone: "+919876543210",
      country: "IN",
      email: "John.Doe@techcorp.com",
      company: "Tech Corp Solutions",
      stage: "new",
      temperature: "new",
      leadScore: 85,
      nextFollowUpAt: "2026-12-01T14:00:00Z",
      version: 1,
    });
    expect((await listContactTags(ctx, contact.id)).map((tag) => tag.name)).toEqual(["VIP", "Enterprise"]);
    expect(await types(contact.id)).toEqual(["contact.created", "contact.tagged", "contact.tagged"]);
  });

  test("makes its name of first and last name", async () => {
    expect(await createContact(ctx, { firstName: "Ana", lastName: "López" })).toMatchObject({ name: "Ana López" });
  });

  test("opens a lead where a stage is given, and none where not", async () => {
    const lead = await createContact(ctx, { name: "Lead", stage: "qualified", source: "website" });
    const leads = await listLeads(ctx, { contactId: lead.id, limit: 5 });
    expect(leads.items).toMatchObject([{ stage: "qualified", source: "website" }]);
    const plain = await createContact(ctx, { name: "Plain" });
    expect((await listLeads(ctx, { contactId: plain.id, limit: 5 })).items).toEqual([]);
  });

  const refused: [string, NewContact, string][] = [
    ["no name at all", { notes: "somebody" }, "name"],
    ["a blank name", { name: "  " }, "name"],
    ["a phone that is none", { phone: "call me" }, "phone"],
    ["a further phone that is none", { name: "A", phones: ["nope"] }, "phone"],
    ["a mail address without a domain", { email: "john@corp" }, "email"],
    ["a mail address with a space", { email: "john doe@corp.com" }, "email"],
    ["a score above 100", { name: "A", leadScore: 101 }, "leadScore"],
    ["half a score", { name: "A", leadScore: 1.5 }, "leadScore"],
    ["a time that is none", { name: "A", nextFollowUpAt: "soon" }, "nextFollowUpAt"],
    ["a name beyond measure", { name: "x".repeat(501) }, "name"],
    ["an owner from elsewhere", { name: "A", ownerUserId: 99 }, "ownerUserId"],
    ["an organization from elsewhere", { name: "A", organizationId: 99 }, "organizationId"],
    ["a field nobody defined", { name: "A", custom: { shoe: 42 } }, "custom.shoe"],
    ["a tag without a name", { name: "A", tags: [" "] }, "name"],
  ];
  test.each(refused)("is refused with %s", async (_what, input, path) => {
    await expect(createContact(ctx, input)).rejects.toMatchObject({
      refusal: { kind: "invalid", problems: [{ path }] },
    });
  });

  test("may have a name that is long in every alphabet", async () => {
    const name = "ﷺ".repeat(500);
    expect(await createContact(ctx, { name, company: "ﷺ".repeat(300) })).toMatchObject({ name });
  });
});

describe("a phone or mail address that someone has", () => {
  test("is refused in every spelling, naming the person", async () => {
    const first = await createContact(ctx, { name: "Bia", phone: "+55 11 98765-4321", email: "bia@example.com" });
    const refusal = { kind: "duplicate", existingId: first.id };
    for (const phone of ["+551187654321", "5511987654321", "551187654321_s_whatsapp_net", "55 (11) 8765-4321"]) {
      await expect(createContact(ctx, { name: "Again", phone })).rejects.toMatchObject({ refusal });
    }
    await expect(createContact(ctx, { email: "BIA@example.com" })).rejects.toMatchObject({ refusal });
  });

  test("is free in another company", async () => {
    const one = await createContact(ctx, { phone: "+4915123456789" });
    const other = await createContact(otherCtx, { phone: "+4915123456789" });
    expect(other.id).not.toBe(one.id);
  });

  test("goes to one of ten who ask at once, whatever the spelling", async () => {
    const spellings = ["+55 21 99876-5432", "+552198765432", "5521998765432", "55 21 9876-5432", "+55 (21) 99876-5432"];
    const inputs = [...spellings, ...spellings].map((phone, index) => ({ name: `Caller ${index}`, phone }));
    const results = await Promise.allSettled(inputs.map((input) => createContact(ctx, input)));
    const made = results.filter((result) => result.status === "fulfilled");
    expect(made).toHaveLength(1);
    for (const result of results) {
      if (result.status === "rejected") {
        expect(result.reason).toMatchObject({ refusal: { kind: "duplicate", existingId: made[0]?.value.id } });
      }
    }
  });

  test("keeps two edits at once from giving it to two people", async () => {
    const people = await Promise.all(["One", "Two", "Three"].map((name) => createContact(ctx, { name })));
    const email = "shared@example.com";
    const results = await Promise.allSettled(people.map(({ id }) => updateContact(ctx, id, { email })));
    expect(results.filter((result) => result.status === "fulfilled")).toHaveLength(1);
  });
});

describe("a deleted contact", () => {
  test("is gone, and comes back by hand", async () => {
    const { id } = await createContact(ctx, { name: "Gone" });
    await deleteContact(ctx, id);
    await expect(getContact(ctx, id)).rejects.toMatchObject({ refusal: { kind: "not_found" } });
    await expect(deleteContact(ctx, id)).rejects.toMatchObject({ refusal: { kind: "not_found" } });
    await expect(updateContact(ctx, id, { name: "Back" })).rejects.toMatchObject({ refusal: { kind: "not_found" } });
    expect(await restoreContact(ctx, id)).toMatchObject({ id, name: "Gone" });
    expect(await restoreContact(ctx, id)).toMatchObject({ id, name: "Gone" });
    expect(await types(id)).toEqual(["contact.created", "contact.deleted", "contact.restored"]);
  });

  test("comes back with the new fields when a contact with its phone is created", async () => {
    const { id } = await createContact(ctx, { name: "Old name", phone: "+14155550123", notes: "kept" });
    await deleteContact(ctx, id);
    const again = await createContact(ctx, { name: "New name", phone: "+1 (415) 555-0123", stage: "sales_qualified" });
    expect(again).toMatchObject({ id, name: "New name", notes: "kept", stage: "sales_qualified" });
    expect((await listLeads(ctx, { contactId: id, limit: 5 })).items).toMatchObject([{ stage: "sales_qualified" }]);
  });

  test("loses a mail address to a living person who is given it, and is not restored over them", async () => {
    const { id } = await createContact(ctx, { name: "First", email: "taken@example.com" });
    await deleteContact(ctx, id);
    const living = await createContact(ctx, { name: "Second" });
    await updateContact(ctx, living.id, { email: "taken@example.com" });
    await expect(restoreContact(ctx, id)).rejects.toMatchObject({
      refusal: { kind: "duplicate", existingId: living.id },
    });
  });

  test("comes back by its address without the number that is somebody else's by now, in any spelling", async () => {
    const { id } = await createContact(ctx, { name: "First", phone: "+5511987650001", email: "back@example.com" });
    await deleteContact(ctx, id);
    const living = await createContact(ctx, { name: "Second" });
    await updateContact(ctx, living.id, { phone: "+551187650001" });
    expect(await createContact(ctx, { name: "First again", email: "back@example.com" })).toMatchObject({
      ...{ id, name: "First again", email: "back@example.com", phone: null },
    });
    expect(await getContact(ctx, living.id)).toMatchObject({ phone: "+551187650001" });
  });

  test("comes back with another number of theirs where the one they showed is somebody else's by now", async () => {
    const phones = ["+5511987650002", "+5511987650003"];
    const { id } = await createContact(ctx, { name: "First", phones, email: "two-numbers@example.com" });
    await deleteContact(ctx, id);
    const living = await createContact(ctx, { name: "Second" });
    await updateContact(ctx, living.id, { phone: "+5511987650002" });
    const again = await createContact(ctx, { name: "First again", email: "two-numbers@example.com" });
    expect(again).toMatchObject({ id, phone: "+5511987650003" });
  });
});

describe("another company's contact", () => {
  test("is not there", async () => {
    const { id } = await createContact(otherCtx, { name: "Foreign" });
    const missing = { refusal: { kind: "not_found", entity: "contact" } };
    await expect(getContact(ctx, id)).rejects.toMatchObject(missing);
    await expect(updateContact(ctx, id, { name: "Mine" })).rejects.toMatchObject(missing);
    await expect(deleteContact(ctx, id)).rejects.toMatchObject(missing);
    await expect(restoreContact(ctx, id)).rejects.toMatchObject(missing);
  });
});
