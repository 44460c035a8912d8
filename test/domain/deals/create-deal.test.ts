import { describe, expect, test } from "vitest";
import { createDeal } from "../../../server/domain/deals/create-deal.ts";
import { deleteDeal } from "../../../server/domain/deals/delete-deal.ts";
import { openLead } from "../../../server/domain/leads/open-lead.ts";
import { memberOf, personIn } from "../../factories/people.ts";
import { eventsIn, eventTypes, personRow } from "../../factories/rows.ts";
import { testDatabase } from "../../harness/test-database.ts";

const { db, ctx, createCompany } = await testDatabase();

async function company() {
  const own = ctx(await createCompany());
  const contactId = await personIn(db, own.companyId, { company: "Tech Corp", phone: "+15550100001" });
  return { own, contactId };
}

describe("creating a deal", () => {
  test("takes stage, probability and currency from the company where nothing is said", async () => {
    const { own, contactId } = await company();
    const lead = await own.transact((tx) => openLead(tx, { contactId, stage: "new" }));
    const deal = await createDeal(own, { contactId, title: "Licence" });
    expect(deal).toMatchObject({
      stage: "prospecting",
      probability: 10,
      currency: "USD",
      value: "0",
      leadId: lead.id,
      closedAt: null,
      version: 1,
      contact: { name: "Ana", company: "Tech Corp", phone: "+15550100001" },
    });
    expect((await eventsIn(db, own.companyId)).at(-1)).toMatchObject({
      type: "deal.created",
      contactId,
      after: { title: "Licence", value: "0", stage: "prospecting" },
    });
  });

  test.each([
    ["50000.00", "50000"],
    ["0.0001", "0.0001"],
    ["99999999999.9999", "99999999999.9999"],
    ["007.50", "7.5"],
    ["0", "0"],
  ])("keeps the value %s exact", async (value, kept) => {
    const { own, contactId } = await company();
    expect((await createDeal(own, { contactId, title: "a", value })).value).toBe(kept);
  });

  test.each([
    [{ value: "-1" }, "value"],
    [{ value: "100000000000" }, "value"],
    [{ value: "1.00001" }, "value"],
    [{ value: "1e3" }, "value"],
    [{ value: "NaN" }, "value"],
    [{ currency: "XXQ" }, "currency"],
    [{ currency: "usd" }, "currency"],
    [{ probability: 101 }, "probability"],
    [{ probability: 1.5 }, "probability"],
    [{ expectedCloseOn: "2026-02-30" }, "expectedCloseOn"],
    [{ expectedCloseOn: "soon" }, "expectedCloseOn"],
    [{ title: " " }, "title"],
    [{ pipelineId: 999_999 }, "pipelineId"],
    [{ stageId: 999_999 }, "stageId"],
    [{ ownerUserId: 999_999 }, "ownerUserId"],
  ])("refuses %o", async (fields, path) => {
    const { own, contactId } = await company();
    await expect(createDeal(own, { contactId, title: "a", ...fields })).rejects.toMatchObject({
      refusal: { kind: "invalid", problems: [{ path }] },
    });
    expect(await eventTypes(db, own.companyId)).toEqual([]);
  });

  test("refuses a person and an owner of another company", async () => {
    const { own, contactId } = await company();
    const other = await company();
    await expect(createDeal(other.own, { contactId, title: "a" })).rejects.toMatchObject({
      refusal: { kind: "not_found", entity: "contact" },
    });
    const ownerUserId = await memberOf(db, other.own.companyId, "salesperson");
    await expect(createDeal(own, { contactId, title: "a", ownerUserId })).rejects.toMatchObject({
      refusal: { kind: "invalid" },
    });
  });

  test("makes a customer of the person when it is won at once", async () => {
    const { own, contactId } = await company();
    const deal = await createDeal(own, { contactId, title: "a", stage: "closed_won" });
    expect(deal).toMatchObject({ probability: 100 });
    expect(deal.closedAt).not.toBeNull();
    expect(await personRow(db, own.companyId, contactId)).toMatchObject({ stage: "customer" });
    expect(await eventTypes(db, own.companyId)).toEqual(["deal.created", "deal.won", "lead.stage_changed"]);
  });

  test("is made once for an origin key, by however many callers, and not again after it was deleted", async () => {
    const { own, contactId } = await company();
    const make = () => createDeal(own, { contactId, title: "a", originKey: "intake:lead:1" });
    const deals = await Promise.all(Array.from({ length: 10 }, make));
    expect(new Set(deals.map((deal) => deal.id)).size).toBe(1);
    const [deal] = deals;
    await deleteDeal(own, deal?.id ?? 0);
    expect((await make()).id).toBe(deal?.id);
    expect(await eventTypes(db, own.companyId)).toEqual(["deal.created", "deal.deleted"]);
  });
});
