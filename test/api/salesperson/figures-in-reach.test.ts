import { expect, test } from "vitest";
import { logActivity } from "../../../server/domain/activities/log-activity.ts";
import { createContact } from "../../../server/domain/contacts/create-contact.ts";
import { changeRoleReach } from "../../../server/domain/reach/role-reach.ts";
import { createTeam } from "../../../server/domain/reach/write-team.ts";
import { testApp } from "../../harness/test-app.ts";
import { type Caller, salespersonCaller } from "./salesperson-caller.ts";

const app = await testApp();

/** Three who each logged one call more than the one before. */
async function office() {
  const admin = await salespersonCaller(app);
  const manager = await salespersonCaller(app, "manager", admin.companyId);
  const seller = await salespersonCaller(app, "salesperson", admin.companyId);
  for (const [index, { ctx, userId }] of [admin, manager, seller].entries()) {
    const { id: contactId } = await createContact(admin.ctx, { name: "Ana", ownerUserId: userId });
    for (let calls = 0; calls <= index; calls += 1)
      await logActivity(ctx, { contactId, activityType: "call", title: "Rang" });
  }
  return { admin, manager, seller };
}

const callsOf = async (me: Caller) => (await me.get("/crm/analytics/salesperson")).body.communications.calls;

test("the figures of the salesperson's document are one's own, one's team's or everybody's, as the role sees", async () => {
  const { admin, manager, seller } = await office();
  expect([await callsOf(admin), await callsOf(manager), await callsOf(seller)]).toEqual([6, 6, 3]);
  await changeRoleReach(admin.ctx, "salesperson", { people: "own" });
  await changeRoleReach(admin.ctx, "manager", { people: "own" });
  expect([await callsOf(manager), await callsOf(seller)]).toEqual([2, 3]);
  await changeRoleReach(admin.ctx, "manager", { people: "team" });
  await createTeam(admin.ctx, { name: "South", memberIds: [manager.userId, seller.userId] });
  expect([await callsOf(admin), await callsOf(manager), await callsOf(seller)]).toEqual([6, 5, 3]);
});

test("the figures of WhatsApp's document are the whole company's, and refused in words to who sees some people", async () => {
  const { admin, seller } = await office();
  await changeRoleReach(admin.ctx, "salesperson", { people: "own" });
  for (const url of ["/api/crm/dashboard", "/api/crm/analytics"]) {
    const answer = await seller.get(url);
    expect([answer.status, answer.body.message], url).toEqual([403, expect.stringContaining("whole company")]);
    expect((await admin.get(url)).status, url).toBe(200);
  }
});
