import { describe, expect, test } from "vitest";
import { getContact } from "../../../server/domain/contacts/get-contact.ts";
import { updateContact } from "../../../server/domain/contacts/update-contact.ts";
import { getRecord } from "../../../server/domain/customers/get-record.ts";
import { updateRecord } from "../../../server/domain/customers/update-record.ts";
import { listTimeline } from "../../../server/domain/events/list-timeline.ts";
import { memberOf, personIn } from "../../factories/people.ts";
import { testDatabase } from "../../harness/test-database.ts";

const { db, ctx, createCompany } = await testDatabase();

async function person(stage = "new") {
  const companyId = await createCompany();
  return { companyId, own: ctx(companyId), contactId: await personIn(db, companyId, { stage }) };
}

describe("a customer's status", () => {
  test("becomes active when the person becomes a customer", async () => {
    const { own, contactId } = await person();
    await updateContact(own, contactId, { stage: "customer" });
    expect((await getRecord(own, contactId)).customerStatus).toBe("active");
  });

  test("is active for who begins as a customer", async () => {
    const { own, contactId } = await person("customer");
    expect((await getRecord(own, contactId)).customerStatus).toBe("active");
  });

  test.each(["active", "vip"] as const)("%s makes the person a customer", async (customerStatus) => {
    const { own, contactId } = await person();
    const record = await updateRecord(own, contactId, { customerStatus }, { ifVersion: 0 });
    expect(record.customerStatus).toBe(customerStatus);
    expect((await getContact(own, contactId)).stage).toBe("customer");
    const { items } = await listTimeline(own, contactId, { limit: 1, types: ["customer_record.updated"] });
    expect(items[0]).toMatchObject({ before: { customerStatus: "new" }, after: { customerStatus } });
  });

  test("stays vip when the person becomes a customer again, and is active again after inactive", async () => {
    const { own, contactId } = await person();
    await updateRecord(own, contactId, { customerStatus: "vip" });
    await updateContact(own, contactId, { stage: "opportunity" });
    await updateContact(own, contactId, { stage: "customer" });
    expect((await getRecord(own, contactId)).customerStatus).toBe("vip");
    await updateRecord(own, contactId, { customerStatus: "inactive" });
    await updateContact(own, contactId, { stage: "lost" });
    await updateContact(own, contactId, { stage: "customer" });
    expect((await getRecord(own, contactId)).customerStatus).toBe("active");
  });

  test("of another kind moves nobody", async () => {
    const { own, contactId } = await person();
    for (const customerStatus of ["contacted", "qualified", "inactive", "new"] as const)
      await updateRecord(own, contactId, { customerStatus });
    expect((await getContact(own, contactId)).stage).toBe("new");
  });
});

describe("a record's own fields", () => {
  test("are written, cleared and guarded", async () => {
    const { companyId, own, contactId } = await person();
    const ownerUserId = await memberOf(db, companyId, "salesperson");
    const preferences = { preferredTime: "morning", preferredServices: ["botox", "fillers"] };
    const first = await updateRecord(own, contactId, {
      notes: "Prefers mornings",
      preferences,
      followUpAfterDays: 14,
      ownerUserId,
    });
    expect(first).toMatchObject({ notes: "Prefers mornings", preferences, followUpAfterDays: 14, ownerUserId });
    const second = await updateRecord(own, contactId, { notes: null }, { ifVersion: first.version });
    expect(second).toMatchObject({ notes: null, preferences, version: first.version + 1 });
    await expect(updateRecord(own, contactId, { notes: "x" }, { ifVersion: first.version })).rejects.toThrow(
      "changed in the meantime",
    );
    await expect(updateRecord(own, contactId, { followUpAfterDays: 0 })).rejects.toThrow("followUpAfterDays");
    await expect(updateRecord(own, contactId, { ownerUserId: 999_999 })).rejects.toThrow("no such user");
  });

  test("survive twenty who write at once", async () => {
    const { own, contactId } = await person();
    const writes = Array.from({ length: 20 }, (_, index) =>
      index % 2 === 0
        ? updateRecord(own, contactId, { customerStatus: "vip", notes: `${index}` })
        : updateContact(own, contactId, { stage: index % 3 === 0 ? "customer" : "opportunity" }),
    );
    await Promise.all(writes);
    expect((await getRecord(own, contactId)).customerStatus).toBe("vip");
  });

  test("belong to one company", async () => {
    const { own } = await person();
    const { contactId } = await person();
    await expect(updateRecord(own, contactId, { notes: "x" })).rejects.toThrow("Contact not found");
  });
});
