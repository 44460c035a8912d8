import { expect, test } from "vitest";
import { changeLeads } from "../../../server/domain/change-sets/change-leads.ts";
import { createCtx } from "../../../server/domain/context.ts";
import { convertLead } from "../../../server/domain/leads/convert-lead.ts";
import { countLeads } from "../../../server/domain/leads/count-leads.ts";
import { createLead } from "../../../server/domain/leads/create-lead.ts";
import { deleteLead, restoreLead } from "../../../server/domain/leads/delete-lead.ts";
import { findOpenLead, getLead, getLeadByNumber } from "../../../server/domain/leads/get-lead.ts";
import { listLeads } from "../../../server/domain/leads/list-leads.ts";
import { listStageChanges } from "../../../server/domain/leads/list-stage-changes.ts";
import { searchLeads } from "../../../server/domain/leads/search-leads.ts";
import { updateLead } from "../../../server/domain/leads/update-lead.ts";
import { memberOf } from "../../factories/people.ts";
import { testDatabase } from "../../harness/test-database.ts";

const { db, ctx, createCompany } = await testDatabase();

async function twoSellers() {
  const companyId = await createCompany();
  const [mine, theirs] = [await memberOf(db, companyId, "salesperson"), await memberOf(db, companyId, "salesperson")];
  const all = ctx(companyId);
  const own = await createLead(all, { firstName: "Ana", email: "ana@example.test", ownerUserId: mine });
  const foreign = await createLead(all, { firstName: "Bo", email: "bo@example.test", ownerUserId: theirs });
  const me = createCtx({
    ...{ db, companyId, actor: { kind: "user", userId: mine, role: "salesperson" } },
    reach: { ownerIds: [mine], seesUnowned: false, masksPhones: false },
  });
  return { all, me, own, foreign, theirs };
}

test("who sees only their own people sees only their leads, in lists, counts and searches", async () => {
  const { me, own, foreign } = await twoSellers();
  const ids = (leads: { id: number }[]) => leads.map(({ id }) => id);
  expect(ids((await listLeads(me, { limit: 10 })).items)).toEqual([own.id]);
  expect(ids((await listLeads(me, { stages: ["new", "lost"], limit: 10 })).items)).toEqual([own.id]);
  expect(await countLeads(me, {})).toBe(1);
  expect(await searchLeads(me, { query: "example.test", limit: 10 })).toMatchObject({
    items: [{ id: own.id }],
    total: 1,
  });
  expect(await searchLeads(me, { query: "LEAD-002", limit: 10 })).toEqual({ items: [], total: 0 });
  expect(await findOpenLead(me, foreign.contactId)).toBeUndefined();
});

test("a lead of somebody else's person is not found, whatever is asked of it", async () => {
  const { all, me, foreign } = await twoSellers();
  const notFound = { refusal: { kind: "not_found" } };
  for (const act of [getLead, deleteLead, convertLead])
    await expect(act(me, foreign.id)).rejects.toMatchObject(notFound);
  await expect(getLeadByNumber(me, foreign.number)).rejects.toMatchObject(notFound);
  await expect(updateLead(me, foreign.id, { territory: "EU" })).rejects.toMatchObject(notFound);
  await expect(listStageChanges(me, foreign.id, { limit: 5 })).rejects.toMatchObject(notFound);
  const { changeSet } = await changeLeads(me, { ids: [foreign.id] }, { type: "set_stage", stage: "lost" });
  expect(changeSet.changes).toMatchObject([{ result: "skipped", reason: "There is no such lead." }]);
  await deleteLead(all, foreign.id);
  await expect(restoreLead(me, foreign.id)).rejects.toMatchObject(notFound);
});

test("a lead is not attached to a colleague's person, and not given out of one's sight", async () => {
  const { me, own, theirs } = await twoSellers();
  await expect(createLead(me, { firstName: "Bo", email: "bo@example.test" })).rejects.toMatchObject({
    refusal: { kind: "duplicate", entity: "contact" },
  });
  await expect(updateLead(me, own.id, { ownerUserId: theirs })).rejects.toMatchObject({ refusal: { kind: "invalid" } });
});
