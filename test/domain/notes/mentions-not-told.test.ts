import { describe, expect, test } from "vitest";
import { createContact } from "../../../server/domain/contacts/create-contact.ts";
import type { Actor } from "../../../server/domain/context.ts";
import { mentionsNotTold } from "../../../server/domain/notes/mentions-not-told.ts";
import { createNote, updateNote } from "../../../server/domain/notes/write-note.ts";
import { createOrganization } from "../../../server/domain/organizations/create-organization.ts";
import { changeRoleReach } from "../../../server/domain/reach/role-reach.ts";
import { memberOf } from "../../factories/people.ts";
import { testDatabase } from "../../harness/test-database.ts";

const { db, ctx, createCompany } = await testDatabase();

/** An admin, and two salespeople who see their own people only; the person is the first one's. */
async function office() {
  const companyId = await createCompany();
  const [admin, owner, other] = [
    await memberOf(db, companyId, "admin"),
    await memberOf(db, companyId, "salesperson"),
    await memberOf(db, companyId, "salesperson"),
  ];
  const actor: Actor = { kind: "user", userId: admin, role: "admin" };
  const own = ctx(companyId, actor);
  await changeRoleReach(own, "salesperson", { people: "own" });
  const { id: contactId } = await createContact(own, { name: "Ana", ownerUserId: owner });
  return { own, admin, owner, other, contactId };
}

describe("a note's mentions that are not told", () => {
  test("are those who do not see its person", async () => {
    const { own, admin, owner, other, contactId } = await office();
    const note = await createNote(own, { contactId, body: "Look", mentions: [admin, owner, other] });
    expect(await mentionsNotTold(own, note.id)).toEqual([{ userId: other, name: "Mia Test" }]);
    await updateNote(own, note.id, { mentions: [owner] });
    expect(await mentionsNotTold(own, note.id)).toEqual([]);
  });

  test("are none where the role sees everybody, or the note is about nobody", async () => {
    const { own, other, contactId } = await office();
    const { id: organizationId } = await createOrganization(own, { name: "Acme" });
    const about = await createNote(own, { organizationId, body: "Look", mentions: [other] });
    expect(await mentionsNotTold(own, about.id)).toEqual([]);
    await changeRoleReach(own, "salesperson", { people: "all" });
    const note = await createNote(own, { contactId, body: "Look", mentions: [other] });
    expect(await mentionsNotTold(own, note.id)).toEqual([]);
  });

  test("are another company's to nobody", async () => {
    const { own, other, contactId } = await office();
    const note = await createNote(own, { contactId, body: "Look", mentions: [other] });
    expect(await mentionsNotTold(ctx(await createCompany()), note.id)).toEqual([]);
  });
});
