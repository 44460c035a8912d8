import { describe, expect, test } from "vitest";
import { deleteActivity } from "../../../server/domain/activities/delete-activity.ts";
import { logActivity } from "../../../server/domain/activities/log-activity.ts";
import { bookAppointment } from "../../../server/domain/appointments/book-appointment.ts";
import { createContact } from "../../../server/domain/contacts/create-contact.ts";
import { getContact } from "../../../server/domain/contacts/get-contact.ts";
import { getDeal } from "../../../server/domain/deals/get-deal.ts";
import { updateDeal } from "../../../server/domain/deals/update-deal.ts";
import { changeLeadStage } from "../../../server/domain/leads/change-lead-stage.ts";
import { convertLead } from "../../../server/domain/leads/convert-lead.ts";
import { createLead, type LeadInput } from "../../../server/domain/leads/create-lead.ts";
import { deleteLead, restoreLead } from "../../../server/domain/leads/delete-lead.ts";
import { getLead } from "../../../server/domain/leads/get-lead.ts";
import { callsOfLead } from "../../../server/domain/leads/lead-lists.ts";
import { leadStory } from "../../../server/domain/leads/lead-story.ts";
import { listStageChanges } from "../../../server/domain/leads/list-stage-changes.ts";
import { updateLead } from "../../../server/domain/leads/update-lead.ts";
import { createNote } from "../../../server/domain/notes/write-note.ts";
import { createOrganization } from "../../../server/domain/organizations/create-organization.ts";
import { getOrganization } from "../../../server/domain/organizations/get-organization.ts";
import { listOrganizations } from "../../../server/domain/organizations/list-organizations.ts";
import { createTask } from "../../../server/domain/tasks/create-task.ts";
import { deleteTask } from "../../../server/domain/tasks/delete-task.ts";
import { clinicIn } from "../../factories/clinic.ts";
import { memberOf } from "../../factories/people.ts";
import { eventsIn, eventTypes } from "../../factories/rows.ts";
import { count } from "../../harness/rows.ts";
import { testDatabase } from "../../harness/test-database.ts";

const { db, ctx, createCompany } = await testDatabase();
const page = { limit: 50, offset: 0 };

async function withLead(input: LeadInput = {}) {
  const own = ctx(await createCompany());
  return { own, lead: await createLead(own, { firstName: "Ana", email: "ana@example.test", ...input }) };
}

describe("editing a lead", () => {
  test("changes what is given, on the lead and on its person, and says what it was", async () => {
    const { own, lead } = await withLead({ industry: "Retail", organization: "Acme" });
    const edited = await updateLead(own, lead.id, {
      lastName: "Ruiz",
      industry: null,
      estimatedValue: "750.00",
      organization: "Other Ltd",
    });
    expect(edited).toMatchObject({
      ...{
        contactName: "Ana Ruiz",
        industry: "",
        estimatedValue: "750",
        organizationName: "Other Ltd",
        email: "ana@example.test",
      },
      version: 2,
    });
    expect((await listOrganizations(own, { limit: 5 })).items.map(({ name }) => name)).toEqual(["Acme", "Other Ltd"]);
    expect(await eventTypes(db, own.companyId)).toContain("lead.updated");
  });

  test("is another version when only the person changed, and none when nothing did", async () => {
    const { own, lead } = await withLead();
    expect(await updateLead(own, lead.id, { lastName: "Ruiz" })).toMatchObject({ version: 2 });
    expect(await updateLead(own, lead.id, { lastName: "Ruiz" })).toMatchObject({ version: 2 });
  });

  test("refuses a version that has gone", async () => {
    const { own, lead } = await withLead();
    await updateLead(own, lead.id, { territory: "EU" });
    await expect(updateLead(own, lead.id, { territory: "US" }, { ifVersion: 1 })).rejects.toMatchObject({
      refusal: { kind: "precondition_failed" },
    });
  });

  test("gives an open lead's person to its owner, too", async () => {
    const { own, lead } = await withLead();
    const mia = await memberOf(db, own.companyId, "salesperson");
    expect(await updateLead(own, lead.id, { owner: "Mia Test" })).toMatchObject({ ownerUserId: mia });
    expect(await getContact(own, lead.contactId)).toMatchObject({ ownerUserId: mia });
    expect(await eventTypes(db, own.companyId)).toEqual(expect.arrayContaining(["lead.assigned", "contact.updated"]));
  });
});

describe("moving a lead", () => {
  test("moves its person, closes it, opens it again, and keeps the history with who did it", async () => {
    const { own, lead } = await withLead();
    await changeLeadStage(own, lead.id, "lost", { reason: "too dear" });
    expect(await getLead(own, lead.id)).toMatchObject({ stage: "lost", closedAt: expect.any(String) });
    expect(await getContact(own, lead.contactId)).toMatchObject({ stage: "lost" });
    await changeLeadStage(own, lead.id, "contacted");
    expect(await getLead(own, lead.id)).toMatchObject({ stage: "contacted", closedAt: null, activityCount: 3 });
    const { items } = await listStageChanges(own, lead.id, { limit: 10 });
    expect(items.map(({ from, to, reason }) => [from, to, reason])).toEqual([
      ["lost", "contacted", null],
      ["new", "lost", "too dear"],
      [null, "new", null],
    ]);
  });

  test("does not open an old one beside the open one, and leaves the person to that", async () => {
    const { own, lead } = await withLead();
    await changeLeadStage(own, lead.id, "lost");
    const second = await createLead(own, { firstName: "Ana", email: "ana@example.test" });
    await expect(changeLeadStage(own, lead.id, "contacted")).rejects.toMatchObject({
      refusal: { kind: "duplicate", existingId: second.id },
    });
    await changeLeadStage(own, lead.id, "junk");
    expect(await getContact(own, lead.contactId)).toMatchObject({ stage: "new" });
  });
});

describe("converting a lead", () => {
  test("makes one deal of it, however many ask at once", async () => {
    const { own, lead } = await withLead({ organization: "Acme", website: "acme.test", estimatedValue: "500" });
    const asked = await Promise.allSettled(Array.from({ length: 10 }, () => convertLead(own, lead.id)));
    const done = asked.filter((each) => each.status === "fulfilled");
    expect(done).toHaveLength(1);
    expect(await count(db, `deals where company_id = ${own.companyId}`)).toBe(1);
    const deal = done[0]?.value.deal;
    expect(deal).toMatchObject({ title: "Acme", value: "500", contactId: lead.contactId, leadId: lead.id });
    expect(await getLead(own, lead.id)).toMatchObject({
      stage: "qualified",
      dealId: deal?.id,
      convertedAt: expect.any(String),
    });
    expect(await getOrganization(own, deal?.organizationId ?? 0)).toMatchObject({ name: "Acme", website: "acme.test" });
    await expect(convertLead(own, lead.id)).rejects.toMatchObject({
      refusal: {
        kind: "duplicate",
        entity: "deal",
        existingId: deal?.id,
        message: expect.stringContaining("LEAD-001"),
      },
    });
  });

  test("leaves a lead that is further where it is", async () => {
    const { own, lead } = await withLead({ stage: "opportunity" });
    expect((await convertLead(own, lead.id)).lead).toMatchObject({ stage: "opportunity" });
  });

  test("makes room for the person's next one, which is theirs from then on", async () => {
    const { own, lead } = await withLead();
    await convertLead(own, lead.id);
    expect(await getLead(own, lead.id)).toMatchObject({ closedAt: null });
    const next = await createLead(own, { firstName: "Ana", email: "ana@example.test" });
    expect(next).toMatchObject({ contactId: lead.contactId, stage: "new", closedAt: null });
    expect(await getLead(own, lead.id)).toMatchObject({ stage: "qualified", closedAt: expect.any(String) });
    expect(await getContact(own, lead.contactId)).toMatchObject({ stage: "new" });
    await expect(createLead(own, { contactId: lead.contactId })).rejects.toMatchObject({
      refusal: { kind: "duplicate", existingId: next.id },
    });
  });

  test("tells that it ends where it makes room for the person's next one", async () => {
    const { own, lead } = await withLead();
    await convertLead(own, lead.id);
    await createLead(own, { contactId: lead.contactId });
    const { closedAt } = await getLead(own, lead.id);
    const told = (await eventsIn(db, own.companyId)).filter(({ type }) => type === "lead.updated");
    expect(told).toMatchObject([{ contactId: lead.contactId, before: { closedAt: null }, after: { closedAt } }]);
    expect(await count(db, `events where type = 'lead.updated' and subject_id = ${lead.id}`)).toBe(1);
  });

  test("makes room for an older one that was deleted", async () => {
    const { own, lead } = await withLead();
    await deleteLead(own, lead.id);
    const next = await createLead(own, { contactId: lead.contactId });
    await expect(restoreLead(own, lead.id)).rejects.toMatchObject({ refusal: { kind: "duplicate" } });
    await convertLead(own, next.id);
    expect(await restoreLead(own, lead.id)).toMatchObject({ closedAt: null });
    expect(await getLead(own, next.id)).toMatchObject({ closedAt: expect.any(String) });
  });

  test("takes another person and another organization, which stay the deal's", async () => {
    const { own, lead } = await withLead({ organization: "Acme" });
    const other = await createContact(own, { name: "Bo", email: "bo@example.test", company: "Bo's Own" });
    const organization = await createOrganization(own, { name: "Holding" });
    const { deal } = await convertLead(own, lead.id, { contactId: other.id, organizationId: organization.id });
    expect(deal).toMatchObject({ contactId: other.id, organizationId: organization.id, leadId: lead.id });
    await updateDeal(own, deal.id, { title: "Renamed" });
    expect(await getDeal(own, deal.id)).toMatchObject({ organizationId: organization.id });
  });

  test.each(["contactId", "organizationId"])("refuses a %s of another company and stays as it was", async (field) => {
    const { own, lead } = await withLead();
    const stranger = ctx(await createCompany());
    const foreign = {
      contactId: (await createContact(stranger, { name: "X" })).id,
      organizationId: (await createOrganization(stranger, { name: "X" })).id,
    };
    await expect(
      convertLead(own, lead.id, { [field]: field === "contactId" ? foreign.contactId : foreign.organizationId }),
    ).rejects.toThrow();
    expect(await getLead(own, lead.id)).toMatchObject({ stage: "new", convertedAt: null });
    expect(await count(db, `deals where company_id = ${own.companyId}`)).toBe(0);
  });
});

describe("what is done with a person who is pursued", () => {
  test("is done in the open lead, counts in its story, and leaves it when it is deleted", async () => {
    const { own, lead } = await withLead();
    const { contactId } = lead;
    const call = await logActivity(own, { contactId, activityType: "call", title: "Rang" });
    await createTask(own, { contactId, title: "Send the offer" });
    await createNote(own, { contactId, body: "Wants two" });
    expect(call.leadId).toBe(lead.id);
    expect(await callsOfLead(own, lead, page)).toMatchObject([{ id: call.id }]);
    const story = await leadStory(own, lead, { limit: 100 });
    expect(story.map(({ kind, activityType }) => activityType ?? kind)).toEqual(["created", "call", "task", "note"]);
    expect((await getLead(own, lead.id)).activityCount).toBe(4);
    await deleteActivity(own, call.id);
    expect((await getLead(own, lead.id)).activityCount).toBe(3);
  });
});

describe("deleting a lead", () => {
  test("takes along what was done in it, and restoring brings back exactly that", async () => {
    const { own, lead } = await withLead();
    const { contactId, id: leadId } = lead;
    await logActivity(own, { contactId, leadId, activityType: "call", title: "Rang" });
    const gone = await createTask(own, { contactId, leadId, title: "Dropped" });
    await deleteTask(
      ctx(own.companyId, { kind: "system" }, () => new Date(Date.now() - 60_000)),
      gone.id,
    );
    await createTask(own, { contactId, leadId, title: "Send the offer" });
    await createNote(own, { contactId, leadId, body: "Wants two" });
    await deleteLead(own, leadId);
    await expect(getLead(own, leadId)).rejects.toMatchObject({ refusal: { kind: "not_found" } });
    for (const table of ["tasks", "activities", "notes"])
      expect(await count(db, `${table} where lead_id = ${leadId} and deleted_at is null`)).toBe(0);
    expect(await getContact(own, contactId)).toMatchObject({ name: "Ana" });
    expect(await restoreLead(own, leadId)).toMatchObject({ id: leadId, activityCount: 4 });
    expect(await count(db, `tasks where lead_id = ${leadId} and deleted_at is null`)).toBe(1);
    expect(await count(db, `notes where lead_id = ${leadId} and deleted_at is null`)).toBe(1);
    expect(await eventTypes(db, own.companyId)).toEqual(expect.arrayContaining(["lead.deleted", "lead.restored"]));
  });

  test("leaves the tasks of its person's visits, which were never the lead's", async () => {
    const { own, lead } = await withLead();
    const visit = { ...(await clinicIn(own)), contactId: lead.contactId, startsAt: "2999-11-25T10:00:00Z" };
    const { id } = await bookAppointment(own, visit);
    const byHand = await createTask(own, { leadId: lead.id, appointmentId: id, title: "Send the offer before" });
    await deleteLead(own, lead.id);
    const living = `tasks where contact_id = ${lead.contactId} and deleted_at is null`;
    expect(await count(db, `${living} and origin_key = 'appointment:${id}:confirm'`)).toBe(1);
    expect(await count(db, `${living} and id = ${byHand.id}`)).toBe(0);
    // Told, made, the visit's task and the one by hand.
    expect(await restoreLead(own, lead.id)).toMatchObject({ activityCount: 3 });
    expect(await count(db, living)).toBe(2);
  });

  test("frees its person for another lead, beside which it does not come back", async () => {
    const { own, lead } = await withLead();
    await deleteLead(own, lead.id);
    const second = await createLead(own, { firstName: "Ana", email: "ana@example.test" });
    expect(second.contactId).toBe(lead.contactId);
    await expect(restoreLead(own, lead.id)).rejects.toMatchObject({
      refusal: { kind: "duplicate", existingId: second.id },
    });
  });

  test("lets one that became a deal come back as ended beside another", async () => {
    const { own, lead } = await withLead();
    await convertLead(own, lead.id);
    await deleteLead(own, lead.id);
    const second = await createLead(own, { contactId: lead.contactId });
    expect(await restoreLead(own, lead.id)).toMatchObject({ stage: "qualified", closedAt: expect.any(String) });
    expect(await getLead(own, second.id)).toMatchObject({ closedAt: null });
  });

  test("lets one that became a deal come back as it was where nothing is open", async () => {
    const { own, lead } = await withLead();
    await convertLead(own, lead.id);
    await deleteLead(own, lead.id);
    expect(await restoreLead(own, lead.id)).toMatchObject({ closedAt: null });
  });

  test("is for the lead's company alone", async () => {
    const { lead } = await withLead();
    const stranger = ctx(await createCompany());
    for (const act of [deleteLead, restoreLead, convertLead, getLead])
      await expect(act(stranger, lead.id)).rejects.toMatchObject({ refusal: { kind: "not_found" } });
  });
});
