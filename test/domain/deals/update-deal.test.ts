import { describe, expect, test } from "vitest";
import { deleteContact } from "../../../server/domain/contacts/delete-contact.ts";
import { createDeal, type NewDeal } from "../../../server/domain/deals/create-deal.ts";
import { deleteDeal, restoreDeal } from "../../../server/domain/deals/delete-deal.ts";
import { getDeal } from "../../../server/domain/deals/get-deal.ts";
import { updateDeal } from "../../../server/domain/deals/update-deal.ts";
import { createPipeline } from "../../../server/domain/deals/write-pipeline.ts";
import { findOpenLead } from "../../../server/domain/leads/get-lead.ts";
import { openLead } from "../../../server/domain/leads/open-lead.ts";
import { personIn } from "../../factories/people.ts";
import { eventsIn, eventTypes, personRow } from "../../factories/rows.ts";
import { testDatabase } from "../../harness/test-database.ts";

const { db, ctx, createCompany } = await testDatabase();

async function withDeal(fields: Partial<NewDeal> = {}) {
  const company = ctx(await createCompany());
  const contactId = await personIn(db, company.companyId);
  const deal = await createDeal(company, { contactId, title: "Licence", value: "100", ...fields });
  return { company, contactId, deal };
}

describe("updating a deal", () => {
  test("changes what is given, leaves the rest and tells the difference", async () => {
    const { company, deal } = await withDeal({ description: "first" });
    const after = await updateDeal(company, deal.id, { value: "55000.00", expectedCloseOn: "2026-12-31" });
    expect(after).toMatchObject({ value: "55000", expectedCloseOn: "2026-12-31", description: "first", version: 2 });
    expect((await eventsIn(db, company.companyId)).at(-1)).toMatchObject({
      type: "deal.updated",
      before: { value: "100", expectedCloseOn: null },
      after: { value: "55000", expectedCloseOn: "2026-12-31" },
    });
  });

  test("clears with null and writes nothing when nothing differs", async () => {
    const { company, deal } = await withDeal({ description: "first" });
    expect(await updateDeal(company, deal.id, { description: null })).toMatchObject({ description: null, version: 2 });
    expect(await updateDeal(company, deal.id, { value: "100.0000", stage: "prospecting" })).toMatchObject({
      version: 2,
    });
  });

  test("gives a new stage its own probability unless one is said", async () => {
    const { company, deal } = await withDeal({ probability: 33 });
    expect(await updateDeal(company, deal.id, { stage: "prospecting" })).toMatchObject({ probability: 33 });
    expect(await updateDeal(company, deal.id, { stage: "proposal" })).toMatchObject({ probability: 50 });
    expect(await updateDeal(company, deal.id, { stage: "negotiation", probability: 85 })).toMatchObject({
      probability: 85,
    });
    expect(await eventTypes(db, company.companyId)).toEqual([
      "deal.created",
      "deal.stage_changed",
      "deal.stage_changed",
    ]);
  });

  test("winning closes the deal, makes its person a customer and closes their lead", async () => {
    const { company, contactId, deal } = await withDeal();
    await company.transact((tx) => openLead(tx, { contactId, stage: "qualified" }));
    const won = await updateDeal(company, deal.id, { stage: "closed_won" });
    expect(won).toMatchObject({ stage: "closed_won", probability: 100 });
    expect(won.closedAt).not.toBeNull();
    expect(await personRow(db, company.companyId, contactId)).toMatchObject({ stage: "customer" });
    expect(await findOpenLead(company, contactId)).toBeUndefined();
  });

  test("losing keeps the reason and leaves the person where they are; reopening clears the closing time", async () => {
    const { company, contactId, deal } = await withDeal();
    await updateDeal(company, deal.id, { stage: "closed_lost", lostReason: "too dear" });
    expect((await eventsIn(db, company.companyId)).at(-1)).toMatchObject({
      type: "deal.lost",
      data: { reason: "too dear" },
    });
    expect(await personRow(db, company.companyId, contactId)).toMatchObject({ stage: "new" });
    expect(await updateDeal(company, deal.id, { stage: "negotiation" })).toMatchObject({
      closedAt: null,
      probability: 75,
    });
  });

  test("goes over to another person with their organization and open lead", async () => {
    const { company, deal } = await withDeal();
    const ben = await personIn(db, company.companyId, { name: "Ben", company: "Other Corp" });
    const lead = await company.transact((tx) => openLead(tx, { contactId: ben, stage: "new" }));
    expect(await updateDeal(company, deal.id, { contactId: ben })).toMatchObject({
      contactId: ben,
      leadId: lead.id,
      contact: { name: "Ben", company: "Other Corp" },
    });
    await expect(updateDeal(company, deal.id, { contactId: 999_999 })).rejects.toMatchObject({
      refusal: { kind: "not_found", entity: "contact" },
    });
  });

  test("can be won after its person was deleted", async () => {
    const { company, contactId, deal } = await withDeal();
    await deleteContact(company, contactId);
    expect(await updateDeal(company, deal.id, { stage: "closed_won" })).toMatchObject({ stage: "closed_won" });
  });

  test("is won once when ten callers win it", async () => {
    const { company, deal } = await withDeal();
    await Promise.all(Array.from({ length: 10 }, () => updateDeal(company, deal.id, { stage: "closed_won" })));
    expect((await eventTypes(db, company.companyId)).filter((type) => type === "deal.won")).toHaveLength(1);
  });

  test("moves to another pipeline by its stage, or keeps the word there", async () => {
    const { company, deal } = await withDeal({ stage: "proposal" });
    const pipeline = await createPipeline(company, { name: "Clinic" });
    const last = pipeline.stages.at(-1);
    expect(await updateDeal(company, deal.id, { pipelineId: pipeline.id })).toMatchObject({
      pipelineId: pipeline.id,
      stage: "proposal",
    });
    expect(await updateDeal(company, deal.id, { stageId: last?.id ?? 0 })).toMatchObject({ stage: "closed_lost" });
  });

  test("keeps two edits of different fields at once", async () => {
    const { company, deal } = await withDeal();
    await Promise.all([updateDeal(company, deal.id, { title: "New" }), updateDeal(company, deal.id, { value: "7" })]);
    expect(await getDeal(company, deal.id)).toMatchObject({ title: "New", value: "7", version: 3 });
  });

  test("lets one of two pass who both edit version 1", async () => {
    const { company, deal } = await withDeal();
    const results = await Promise.allSettled([
      updateDeal(company, deal.id, { title: "A" }, { ifVersion: 1 }),
      updateDeal(company, deal.id, { title: "B" }, { ifVersion: 1 }),
    ]);
    const refused = results.filter((result) => result.status === "rejected");
    expect(refused).toMatchObject([{ reason: { refusal: { kind: "precondition_failed" } } }]);
  });

  test.each([{ value: "-5" }, { title: "" }, { currency: "EURO" }, { stageId: 999_999 }, { probability: -1 }])(
    "refuses %o and changes nothing",
    async (patch) => {
      const { company, deal } = await withDeal();
      await expect(updateDeal(company, deal.id, patch)).rejects.toMatchObject({ refusal: { kind: "invalid" } });
      expect(await getDeal(company, deal.id)).toEqual(deal);
    },
  );

  test("does not exist for another company", async () => {
    const { deal } = await withDeal();
    const stranger = ctx(await createCompany());
    for (const attempt of [
      () => getDeal(stranger, deal.id),
      () => updateDeal(stranger, deal.id, { title: "mine" }),
      () => deleteDeal(stranger, deal.id),
      () => restoreDeal(stranger, deal.id),
    ]) {
      await expect(attempt()).rejects.toMatchObject({ refusal: { kind: "not_found", entity: "deal" } });
    }
  });
});

describe("deleting a deal", () => {
  test("hides it until it is restored", async () => {
    const { company, deal } = await withDeal();
    await deleteDeal(company, deal.id);
    await expect(getDeal(company, deal.id)).rejects.toMatchObject({ refusal: { kind: "not_found" } });
    await expect(deleteDeal(company, deal.id)).rejects.toMatchObject({ refusal: { kind: "not_found" } });
    expect(await restoreDeal(company, deal.id)).toMatchObject({ title: "Licence", version: 3 });
    expect(await restoreDeal(company, deal.id)).toMatchObject({ version: 3 });
    expect(await eventTypes(db, company.companyId)).toEqual(["deal.created", "deal.deleted", "deal.restored"]);
  });
});
