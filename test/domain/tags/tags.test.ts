import { describe, expect, test } from "vitest";
import { createContact } from "../../../server/domain/contacts/create-contact.ts";
import { listTimeline } from "../../../server/domain/events/list-timeline.ts";
import { listContactTags, listTags } from "../../../server/domain/tags/list-tags.ts";
import { tagContact, untagContact } from "../../../server/domain/tags/tag-contact.ts";
import { createTag, deleteTag, renameTag } from "../../../server/domain/tags/write-tag.ts";
import { memberOf } from "../../factories/people.ts";
import { testDatabase } from "../../harness/test-database.ts";

const database = await testDatabase();
const companyId = await database.createCompany();
const userId = await memberOf(database.db, companyId, "salesperson");
const ctx = database.ctx(companyId, { kind: "user", userId, role: "salesperson" });
const otherCtx = database.ctx(await database.createCompany());

describe("a tag on a person", () => {
  test("says why and by whom, once", async () => {
    const { id } = await createContact(ctx, { name: "Ana" });
    const tag = await tagContact(ctx, id, { name: "VIP", notes: "spends much" });
    await tagContact(ctx, id, { name: "vip", notes: "again" });
    expect(await listContactTags(ctx, id)).toMatchObject([
      { tagId: tag.id, name: "VIP", notes: "spends much", addedBy: userId },
    ]);
    expect(await untagContact(ctx, id, tag.id)).toBe(true);
    expect(await untagContact(ctx, id, tag.id)).toBe(false);
    const told = (await listTimeline(ctx, id, { limit: 10 })).items.map((event) => event.type);
    expect(told).toEqual(["contact.untagged", "contact.tagged", "contact.created"]);
  });

  test("is made once by ten who need it at once", async () => {
    const people = await Promise.all(
      Array.from({ length: 10 }, (_, index) => createContact(ctx, { name: `P${index}` })),
    );
    const tags = await Promise.all(people.map(({ id }) => tagContact(ctx, id, { name: "Rush" })));
    expect(new Set(tags.map((tag) => tag.id)).size).toBe(1);
    expect((await listTags(ctx)).find((tag) => tag.name === "Rush")).toMatchObject({ people: 10 });
  });

  test("cannot cross companies", async () => {
    const foreign = await createContact(otherCtx, { name: "Foreign" });
    const foreignTag = await createTag(otherCtx, { name: "Theirs" });
    const { id } = await createContact(ctx, { name: "Ours" });
    await expect(tagContact(ctx, foreign.id, { name: "Mine" })).rejects.toMatchObject({
      refusal: { kind: "not_found" },
    });
    await expect(tagContact(ctx, id, { tagId: foreignTag.id })).rejects.toMatchObject({
      refusal: { kind: "not_found" },
    });
    await expect(deleteTag(ctx, foreignTag.id)).rejects.toMatchObject({ refusal: { kind: "not_found" } });
    await expect(renameTag(ctx, foreignTag.id, { name: "Ours" })).rejects.toMatchObject({
      refusal: { kind: "not_found" },
    });
  });
});

describe("a tag", () => {
  test("has one name", async () => {
    const { id } = await createTag(ctx, { name: "Órbita", color: "blue" });
    await expect(createTag(ctx, { name: "orbita" })).rejects.toMatchObject({
      refusal: { kind: "duplicate", existingId: id },
    });
    const other = await createTag(ctx, { name: "Other" });
    await expect(renameTag(ctx, other.id, { name: "ORBITA" })).rejects.toMatchObject({
      refusal: { kind: "duplicate" },
    });
    expect(await renameTag(ctx, other.id, { name: "Others", color: "red" })).toMatchObject({
      name: "Others",
      color: "red",
    });
    await expect(createTag(ctx, { name: "" })).rejects.toMatchObject({ refusal: { kind: "invalid" } });
  });

  test("is taken from everybody when it is deleted", async () => {
    const { id } = await createContact(ctx, { name: "Tagged", tags: ["Short-lived"] });
    const [tag] = await listContactTags(ctx, id);
    await deleteTag(ctx, tag?.tagId ?? 0);
    expect(await listContactTags(ctx, id)).toEqual([]);
  });
});
