import { expect, test } from "vitest";
import { createContact } from "../../server/domain/contacts/create-contact.ts";
import { changeRoleReach } from "../../server/domain/reach/role-reach.ts";
import { workspaceApp } from "./leads-workspace/workspace-app.ts";

const { signedIn, ctx } = await workspaceApp();

/** An admin who writes, and Bo Else, who sees no person of others. */
async function office() {
  const me = await signedIn();
  const bo = await signedIn("salesperson", me.companyId, ["Bo", "Else"]);
  await changeRoleReach(me.ctx, "salesperson", { people: "own" });
  const { id: contactId } = await createContact(ctx(me.companyId), { name: "Ana", ownerUserId: me.userId });
  const { lead_id } = await me.lead({ firstName: "Ana" });
  return { me, contactId, lead_id, notTold: [{ user_id: bo.userId, name: "Bo Else" }] };
}

test("who writes a note is told whom it does not reach, on each surface that takes notes", async () => {
  const { me, contactId, lead_id, notTold } = await office();
  const body = "@Bo Else please look";
  const note = await me.post("/v1/notes", { contact_id: contactId, body });
  expect([note.statusCode, note.json().mentions_not_told]).toEqual([201, notTold]);
  const activity = await me.post("/v1/activities", {
    contact_id: contactId,
    activity_type: "note",
    title: "Note",
    description: body,
  });
  expect([activity.statusCode, activity.json().mentions_not_told]).toEqual([201, notTold]);
  const onLead = await me.post(`/api/crm/leads/${lead_id}/notes`, { content: body });
  expect([onLead.statusCode, onLead.json().mentionsNotTold]).toEqual([200, ["Bo Else"]]);
  const logged = await me.post("/crm/communications", { customerId: String(contactId), type: "note", notes: body });
  expect([logged.statusCode, logged.json().mentionsNotTold]).toEqual([201, ["Bo Else"]]);
});

test("an edit says it, too, and nothing is said where everybody named is told", async () => {
  const { me, contactId, lead_id, notTold } = await office();
  const note = (await me.post("/v1/notes", { contact_id: contactId, body: "Look" })).json();
  expect(note.mentions_not_told).toEqual([]);
  const edited = await me.patch(`/v1/notes/${note.id}`, { body: "Look, @Bo Else" });
  expect(edited.json().mentions_not_told).toEqual(notTold);
  const call = await me.post("/v1/activities", { contact_id: contactId, activity_type: "call", title: "@Bo Else" });
  expect(call.json().mentions_not_told).toEqual([]);
  const told = await me.post(`/api/crm/leads/${lead_id}/notes`, { content: "@Shariq Ansari look" });
  expect(told.json()).toEqual({ message: "Note created successfully", id: expect.any(String), lead_id });
  const logged = await me.post("/crm/communications", { customerId: String(contactId), type: "note", notes: "Look" });
  expect(logged.json()).not.toHaveProperty("mentionsNotTold");
  const corrected = await me.put(`/crm/communications/${logged.json().id}`, { notes: "Look, @Bo Else" });
  expect(corrected.json().mentionsNotTold).toEqual(["Bo Else"]);
});
