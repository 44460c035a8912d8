import { describe, expect, test } from "vitest";
import { createContact } from "../../../server/domain/contacts/create-contact.ts";
import { getContact } from "../../../server/domain/contacts/get-contact.ts";
import { updateContact } from "../../../server/domain/contacts/update-contact.ts";
import { defineCustomField } from "../../../server/domain/custom-fields/define-custom-field.ts";
import { listTimeline } from "../../../server/domain/events/list-timeline.ts";
import { listLeads } from "../../../server/domain/leads/list-leads.ts";
import { testDatabase } from "../../harness/test-database.ts";

const database = await testDatabase();
const ctx = database.ctx(await database.createCompany());

const latest = async (contactId: number) => (await listTimeline(ctx, contactId, { limit: 1 })).items[0];

describe("an edit", () => {
  test("changes what is given, clears what is null, and leaves the rest", async () => {
    const { id } = await createContact(ctx, { name: "Ana", position: "CTO", notes: "tall", company: "Acme" });
    const after = await updateContact(ctx, id, { position: null, company: "Bolt", leadScore: 40 });
    expect(after).toMatchObject({
      name: "Ana",
      position: null,
      notes: "tall",
      company: "Bolt",
      leadScore: 40,
      version: 2,
    });
    expect(await updateContact(ctx, id, { company: null })).toMatchObject({ company: null, organizationId: null });
  });

  test("is told with the fields that changed, before and after", async () => {
    const { id } = await createContact(ctx, { name: "Ana", position: "CTO", notes: "tall" });
    await updateContact(ctx, id, { position: "CEO", notes: "tall" });
    expect(await latest(id)).toMatchObject({
      type: "contact.updated",
      before: { position: "CTO" },
      after: { position: "CEO" },
    });
  });

  test("that changes nothing writes nothing", async () => {
    const fields = { name: "Same", nextFollowUpAt: "2026-12-01T14:00:00Z", company: "Acme", phone: "+14155550199" };
    const { id } = await createContact(ctx, fields);
    expect(await updateContact(ctx, id, { ...fields, nextFollowUpAt: "2026-12-01T15:00:00+01:00" })).toMatchObject({
      version: 1,
    });
    expect(await latest(id)).toMatchObject({ type: "contact.created" });
  });

  test("that takes a mail address away leaves it to whom it belongs; one that is replaced stays a name of the person", async () => {
    const { id } = await createContact(ctx, { name: "Wrong", email: "first@example.com" });
    await updateContact(ctx, id, { email: "Second@example.com" });
    await expect(createContact(ctx, { name: "Right", email: "first@example.com" })).rejects.toThrow("exists already");
    await updateContact(ctx, id, { email: null });
    expect(await createContact(ctx, { name: "Right", email: "second@example.com" })).toMatchObject({
      email: "second@example.com",
    });
  });

  test("keeps name and its parts in step", async () => {
    const { id } = await createContact(ctx, { name: "Ana López" });
    expect(await updateContact(ctx, id, { lastName: "Gómez" })).toMatchObject({ name: "Ana Gómez" });
    expect(await updateContact(ctx, id, { name: "Eva María Ruiz" })).toMatchObject({
      firstName: "Eva",
      lastName: "María Ruiz",
    });
  });

  test("is refused for a version that has gone", async () => {
    const { id } = await createContact(ctx, { name: "Ana" });
    await updateContact(ctx, id, { name: "Eva" }, { ifVersion: 1 });
    const late = updateContact(ctx, id, { name: "Ida" }, { ifVersion: 1 });
    await expect(late).rejects.toMatchObject({ refusal: { kind: "precondition_failed" } });
    expect(await getContact(ctx, id)).toMatchObject({ name: "Eva" });
  });

  test("gives each of two edits at once its own field", async () => {
    const { id } = await createContact(ctx, { name: "Ana" });
    await Promise.all([updateContact(ctx, id, { position: "CTO" }), updateContact(ctx, id, { notes: "tall" })]);
    expect(await getContact(ctx, id)).toMatchObject({ position: "CTO", notes: "tall", version: 3 });
  });
});

describe("a new phone or mail address", () => {
  test("leaves the old one a name of the person", async () => {
    const { id } = await createContact(ctx, { name: "Moved", phone: "+14155550111", email: "old@example.com" });
    await updateContact(ctx, id, { phone: "+14155550112", email: "new@example.com" });
    const refusal = { kind: "duplicate", existingId: id };
    for (const input of [{ phone: "+14155550111" }, { phone: "+14155550112" }, { email: "old@example.com" }]) {
      await expect(createContact(ctx, input)).rejects.toMatchObject({ refusal });
    }
    expect(await updateContact(ctx, id, { phone: "+14155550111" })).toMatchObject({ phone: "+14155550111" });
  });

  test("is refused where someone else has it, and nothing is written", async () => {
    const owner = await createContact(ctx, { name: "Owner", phone: "+5491123456789" });
    const { id } = await createContact(ctx, { name: "Wisher" });
    const wish = updateContact(ctx, id, { name: "Changed", phone: "+54 11 15 2345-6789" });
    await expect(wish).rejects.toMatchObject({ refusal: { kind: "duplicate", existingId: owner.id } });
    expect(await getContact(ctx, id)).toMatchObject({ name: "Wisher", phone: null });
  });

  test("is read in the company's country where it is national", async () => {
    const company = await database.createCompany();
    const abroad = database.ctx(company);
    await expect(createContact(abroad, { phone: "098765 43210" })).rejects.toMatchObject({
      refusal: { kind: "invalid" },
    });
  });
});

describe("a stage", () => {
  test("moves the person and the open lead together", async () => {
    const { id } = await createContact(ctx, { name: "Lead", stage: "new" });
    expect(await updateContact(ctx, id, { stage: "customer" })).toMatchObject({
      stage: "customer",
      temperature: "customer",
    });
    const [lead] = (await listLeads(ctx, { contactId: id, limit: 5 })).items;
    expect(lead).toMatchObject({ stage: "customer" });
    expect(lead?.closedAt).not.toBeNull();
  });
});

describe("custom fields", () => {
  test("are kept key by key, and null takes one away", async () => {
    await defineCustomField(ctx, { entity: "contact", key: "shoe", label: "Shoe", kind: "number" });
    await defineCustomField(ctx, {
      entity: "contact",
      key: "color",
      label: "Colour",
      kind: "select",
      options: ["red", "blue"],
    });
    const { id } = await createContact(ctx, { name: "Ana", custom: { shoe: 42 } });
    expect((await updateContact(ctx, id, { custom: { color: "red" } })).custom).toEqual({ shoe: 42, color: "red" });
    expect((await updateContact(ctx, id, { custom: { shoe: null } })).custom).toEqual({ color: "red" });
    const wrong = updateContact(ctx, id, { custom: { color: "green", shoe: "big" } });
    await expect(wrong).rejects.toMatchObject({
      refusal: { kind: "invalid", problems: [{ path: "custom.color" }, { path: "custom.shoe" }] },
    });
  });
});
