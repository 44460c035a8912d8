import { describe, expect, test } from "vitest";
import { createContact } from "../../../server/domain/contacts/create-contact.ts";
import { getContact } from "../../../server/domain/contacts/get-contact.ts";
import { updateDeal } from "../../../server/domain/deals/update-deal.ts";
import { changeLeadStage } from "../../../server/domain/leads/change-lead-stage.ts";
import { convertLead } from "../../../server/domain/leads/convert-lead.ts";
import { createLead } from "../../../server/domain/leads/create-lead.ts";
import { deleteLead } from "../../../server/domain/leads/delete-lead.ts";
import { getLead } from "../../../server/domain/leads/get-lead.ts";
import { listStageChanges } from "../../../server/domain/leads/list-stage-changes.ts";
import { testDatabase } from "../../harness/test-database.ts";

const { ctx, createCompany } = await testDatabase();

const won = { stage: "closed_won" } as const;
const customer = { stage: "customer", closedAt: expect.any(String) };

async function withConverted() {
  const own = ctx(await createCompany());
  const { lead, deal } = await convertLead(own, (await createLead(own, { firstName: "Ana" })).id);
  return { own, lead, deal, contactId: lead.contactId };
}

describe("winning the deal that a lead became", () => {
  test("makes customers of the lead and its person", async () => {
    const { own, lead, deal, contactId } = await withConverted();
    await updateDeal(own, deal.id, won);
    expect(await getLead(own, lead.id)).toMatchObject(customer);
    expect(await getContact(own, contactId)).toMatchObject({ stage: "customer" });
  });

  test("as it is made keeps both customers", async () => {
    const own = ctx(await createCompany());
    const { id } = await createLead(own, { firstName: "Ana" });
    const { lead, deal } = await convertLead(own, id, { stage: "closed_won" });
    expect(deal).toMatchObject(won);
    expect(lead).toMatchObject(customer);
    expect(await getContact(own, lead.contactId)).toMatchObject({ stage: "customer" });
  });

  test("ends that lead, and not the one that was opened for its person since", async () => {
    const { own, lead, deal, contactId } = await withConverted();
    const next = await createLead(own, { contactId });
    await updateDeal(own, deal.id, won);
    expect(await getLead(own, lead.id)).toMatchObject(customer);
    expect((await listStageChanges(own, lead.id, { limit: 1 })).items).toMatchObject([
      { from: "qualified", to: "customer", reason: "deal won" },
    ]);
    expect(await getLead(own, next.id)).toMatchObject({ stage: "new", closedAt: null, version: next.version });
    expect(await getContact(own, contactId)).toMatchObject({ stage: "new" });
  });

  test("ends that lead where it was given up before, and makes a customer of its person", async () => {
    const { own, lead, deal, contactId } = await withConverted();
    await changeLeadStage(own, lead.id, "lost");
    await updateDeal(own, deal.id, won);
    expect(await getLead(own, lead.id)).toMatchObject(customer);
    expect(await getContact(own, contactId)).toMatchObject({ stage: "customer" });
  });

  test("leaves a later lead alone where that lead was deleted", async () => {
    const { own, lead, deal, contactId } = await withConverted();
    await deleteLead(own, lead.id);
    const next = await createLead(own, { contactId });
    expect(await updateDeal(own, deal.id, won)).toMatchObject(won);
    expect(await getLead(own, next.id)).toMatchObject({ stage: "new", closedAt: null });
    expect(await getContact(own, contactId)).toMatchObject({ stage: "new" });
  });

  test("makes a customer of its person where that lead was deleted and nothing is open", async () => {
    const { own, lead, deal, contactId } = await withConverted();
    await deleteLead(own, lead.id);
    await updateDeal(own, deal.id, won);
    expect(await getContact(own, contactId)).toMatchObject({ stage: "customer" });
  });

  test("makes a customer of whom the deal is with, and leaves the lead of somebody else", async () => {
    const { own, lead, deal, contactId } = await withConverted();
    const other = await createContact(own, { name: "Bo" });
    await updateDeal(own, deal.id, { contactId: other.id, ...won });
    expect(await getContact(own, other.id)).toMatchObject({ stage: "customer" });
    expect(await getLead(own, lead.id)).toMatchObject({ stage: "qualified", closedAt: null });
    expect(await getContact(own, contactId)).toMatchObject({ stage: "qualified" });
  });
});
