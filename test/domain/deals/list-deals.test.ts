import { describe, expect, test } from "vitest";
import { createDeal } from "../../../server/domain/deals/create-deal.ts";
import { deleteDeal } from "../../../server/domain/deals/delete-deal.ts";
import { type DealQuery, listDeals } from "../../../server/domain/deals/list-deals.ts";
import { personIn } from "../../factories/people.ts";
import { testDatabase } from "../../harness/test-database.ts";

const { db, ctx, createCompany } = await testDatabase();

const company = ctx(await createCompany());
const ana = await personIn(db, company.companyId, { name: "Ana" });
const ben = await personIn(db, company.companyId, { name: "Ben" });
for (let number = 1; number <= 6; number++) {
  const stage = number % 2 === 0 ? "proposal" : "prospecting";
  await createDeal(company, { contactId: number <= 4 ? ana : ben, title: `Deal ${number}`, stage });
}
const gone = await createDeal(company, { contactId: ana, title: "gone" });
await deleteDeal(company, gone.id);
const other = ctx(await createCompany());
await createDeal(other, { contactId: await personIn(db, other.companyId), title: "other" });

async function titles(query: Partial<DealQuery>): Promise<string[]> {
  return (await listDeals(company, { limit: 10, ...query })).items.map((deal) => deal.title);
}

describe("listing deals", () => {
  test("gives the company's own, newest first", async () => {
    expect(await titles({})).toEqual(["Deal 6", "Deal 5", "Deal 4", "Deal 3", "Deal 2", "Deal 1"]);
  });

  test("filters by stage, by person, by both and by a column of the board", async () => {
    expect(await titles({ stage: "proposal" })).toEqual(["Deal 6", "Deal 4", "Deal 2"]);
    expect(await titles({ contactId: ben })).toEqual(["Deal 6", "Deal 5"]);
    expect(await titles({ contactId: ana, stage: "prospecting" })).toEqual(["Deal 3", "Deal 1"]);
    const [{ pipelineId, stageId } = { pipelineId: 0, stageId: 0 }] = (await listDeals(company, { limit: 1 })).items;
    expect(await titles({ pipelineId, stageId })).toEqual(["Deal 6", "Deal 4", "Deal 2"]);
    expect(await titles({ pipelineId: pipelineId + 1000 })).toEqual([]);
  });

  test("pages by cursor to the end and by offset", async () => {
    const first = await listDeals(company, { limit: 4 });
    expect(first.items.map((deal) => deal.title)).toEqual(["Deal 6", "Deal 5", "Deal 4", "Deal 3"]);
    const second = await listDeals(company, { limit: 4, ...(first.next ? { cursor: first.next } : {}) });
    expect(second).toMatchObject({ items: [{ title: "Deal 2" }, { title: "Deal 1" }], next: null });
    expect(await titles({ limit: 2, offset: 3 })).toEqual(["Deal 3", "Deal 2"]);
  });
});
