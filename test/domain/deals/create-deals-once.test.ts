import { describe, expect, test } from "vitest";
import { type AutomaticDeal, createDealsOnce } from "../../../server/domain/deals/create-deals-once.ts";
import { listDeals } from "../../../server/domain/deals/list-deals.ts";
import { openLead } from "../../../server/domain/leads/open-lead.ts";
import { personIn } from "../../factories/people.ts";
import { eventsIn } from "../../factories/rows.ts";
import { testDatabase } from "../../harness/test-database.ts";

const { db, ctx, createCompany } = await testDatabase();

function dealFor(contactId: number, fields: Partial<AutomaticDeal> = {}): AutomaticDeal {
  const originKey = `intake:lead:${contactId}`;
  return { originKey, contactId, title: "Enquiry", description: "Opened.", value: "0", currency: null, ...fields };
}

describe("deals that are made by themselves", () => {
  test("begin where the default pipeline does, with the person's lead and organization", async () => {
    const own = ctx(await createCompany());
    const one = await personIn(db, own.companyId, { company: "Tech Corp" });
    const two = await personIn(db, own.companyId);
    const lead = await own.transact((tx) => openLead(tx, { contactId: one, stage: "new" }));
    const wanted = [dealFor(one, { value: "05000.50", currency: "EUR" }), dealFor(two)];
    await own.transact((tx) => createDealsOnce(tx, wanted));
    const { items } = await listDeals(own, { limit: 10 });
    const [first, second] = items.sort((a, b) => a.contactId - b.contactId);
    expect(first).toMatchObject({
      ...{ contactId: one, leadId: lead.id, stage: "prospecting", probability: 10, value: "5000.5", currency: "EUR" },
      ...{ closedAt: null, contact: { company: "Tech Corp" } },
    });
    expect(second).toMatchObject({ contactId: two, leadId: null, organizationId: null, value: "0", currency: "USD" });
    const told = (await eventsIn(db, own.companyId)).filter(({ type }) => type === "deal.created");
    expect(told).toHaveLength(2);
    expect(told.find(({ contactId }) => contactId === one)?.after).toEqual({
      ...{ title: "Enquiry", value: "5000.5", currency: "EUR", stage: "prospecting" },
    });
  });

  test("are made once by ten callers at once", async () => {
    const own = ctx(await createCompany());
    const people = await Promise.all([1, 2, 3].map(() => personIn(db, own.companyId)));
    const wanted = people.map((contactId) => dealFor(contactId));
    await Promise.all(Array.from({ length: 10 }, () => own.transact((tx) => createDealsOnce(tx, wanted))));
    expect((await listDeals(own, { limit: 50 })).items).toHaveLength(3);
    expect((await eventsIn(db, own.companyId)).filter(({ type }) => type === "deal.created")).toHaveLength(3);
  });

  test("are not made for people of another company", async () => {
    const own = ctx(await createCompany());
    const stranger = await personIn(db, await createCompany());
    await own.transact((tx) => createDealsOnce(tx, [dealFor(stranger)]));
    expect((await listDeals(own, { limit: 10 })).items).toEqual([]);
  });
});
