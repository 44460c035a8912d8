import { expect, test } from "vitest";
import { bookAppointment } from "../../../server/domain/appointments/book-appointment.ts";
import { completeAppointment } from "../../../server/domain/appointments/change-status.ts";
import { createContact } from "../../../server/domain/contacts/create-contact.ts";
import { clinicIn } from "../../factories/clinic.ts";
import { testApp } from "../../harness/test-app.ts";
import { printedAction, printedCall, printedTag } from "./printed-requests.ts";
import { salespersonCaller } from "./salesperson-caller.ts";

const app = await testApp();
const me = await salespersonCaller(app, "salesperson");
const clinic = await clinicIn(me.ctx);
const john = await createContact(me.ctx, {
  firstName: "John",
  lastName: "Doe",
  email: "john@example.com",
  ownerUserId: me.userId,
});
const id = String(john.id);
const actor = { kind: "user", userId: me.userId, role: "salesperson" } as const;
const at = (time: string) => app.ctx(me.companyId, actor, () => new Date(time));
const past = at("2024-01-01T00:00:00Z");

async function visit(startsAt: string): Promise<number> {
  const { id: visitId } = await bookAppointment(past, { ...clinic, contactId: john.id, startsAt });
  return visitId;
}

test("a phone call is recorded as printed", async () => {
  const answer = await me.post("/crm/communications", { customerId: `customer-${id}`, ...printedCall });
  expect(answer).toMatchObject({
    status: 201,
    body: { ...printedCall, customerId: id, salespersonId: String(me.userId) },
  });
});

test("a follow-up task is made as printed, and is the salesperson's own", async () => {
  const answer = await me.post("/crm/actions", { customerId: `customer-${id}`, ...printedAction });
  expect(answer).toMatchObject({
    status: 201,
    body: { ...printedAction, customerId: id, assignedSalesId: String(me.userId), metadata: {} },
  });
  const updated = await me.put(`/crm/actions/${answer.body.id}`, {
    status: "completed",
    metadata: { callOutcome: "appointment_scheduled", notes: "Customer booked for Feb 1st" },
  });
  expect(updated).toMatchObject({
    status: 200,
    body: {
      status: "completed",
      completedAt: expect.any(String),
      metadata: { callOutcome: "appointment_scheduled", notes: "Customer booked for Feb 1st" },
    },
  });
});

test("a VIP customer is tagged as printed, found by the tag, and untagged", async () => {
  const tag = await me.post(`/crm/customers/customer-${id}/tags`, printedTag);
  expect(tag).toMatchObject({
    status: 201,
    body: { name: "VIP", notes: printedTag.notes, addedBy: String(me.userId), customerId: id },
  });
  for (const word of ["vip-tag-id", "VIP", tag.body.tagId, `tag_${tag.body.tagId}`])
    expect((await me.get(`/crm/tags/${word}/customers`)).body).toMatchObject([
      { customerId: id, tag: { id: tag.body.id, notes: printedTag.notes } },
    ]);
  expect(await me.delete(`/crm/customer-tags/${tag.body.id}`)).toMatchObject({ status: 200 });
  expect((await me.get("/crm/tags/VIP/customers")).body).toEqual([]);
  expect(await me.delete(`/crm/customer-tags/${tag.body.id}`)).toMatchObject({ status: 404 });
});

test("customers who need a follow-up are found as printed", async () => {
  const silent = await createContact(me.ctx, { name: "Silent", ownerUserId: me.userId });
  const { status, body } = await me.get("/crm/customers/follow-up?daysThreshold=21");
  expect(status).toBe(200);
  expect(body.map((one: { customerId: string }) => one.customerId)).toEqual([String(silent.id)]);
});

test("a lead is made and updated as printed", async () => {
  const printed = {
    source: "facebook_ads",
    firstName: "Jane",
    lastName: "Smith",
    email: "jane@example.com",
    phone: "+1234567890",
    status: "new",
    notes: "Interested in botox treatment",
    estimatedValue: 500.0,
    metadata: { campaign: "spring" },
  };
  const lead = await me.post("/crm/leads", printed);
  expect(lead).toMatchObject({ status: 201, body: { ...printed, assignedSalesId: String(me.userId) } });
  const patch = { status: "qualified", notes: "Customer scheduled consultation", estimatedValue: 750.0 };
  for (const spelled of [lead.body.id, lead.body.leadId, `lead_${lead.body.id}`])
    expect(await me.patch(`/crm/leads/${spelled}`, patch)).toMatchObject({ status: 200, body: patch });
  expect((await me.get("/crm/leads?status=qualified&source=facebook_ads&search=Smith")).body).toMatchObject([
    { id: lead.body.id, status: "qualified" },
  ]);
  const again = await me.post("/crm/leads", printed);
  expect(again).toMatchObject({
    status: 400,
    body: { statusCode: 400, error: "Bad Request", existingId: lead.body.id },
  });
});

test("the whole record is what visits, calls, actions and tags made it", async () => {
  const first = await visit("2024-01-15T10:00:00Z");
  const second = await visit("2024-02-14T10:00:00Z");
  await completeAppointment(at("2024-01-15T11:00:00Z"), first, { amount: "150.00" });
  await completeAppointment(at("2024-02-14T11:00:00Z"), second, { amount: "150.00" });
  await me.post(`/crm/customers/${id}/tags`, { tagId: "High-Value", notes: "Premium" });
  const put = await me.put(`/crm/customers/${id}/record`, {
    customerStatus: "vip",
    notes: "High-value client, prefers premium services",
    preferences: { preferredTime: "morning", preferredServices: ["botox", "fillers"] },
  });
  expect(put).toMatchObject({ status: 200, body: { customerId: id, customerStatus: "vip" } });
  const { status, body } = await me.get(`/crm/customers/contact_${id}/record`);
  expect(status).toBe(200);
  expect(body.record).toMatchObject({
    id,
    customerId: id,
    customerStatus: "vip",
    lifetimeValue: 300,
    totalAppointments: 2,
    completedAppointments: 2,
    cancelledAppointments: 0,
    lastAppointmentDate: "2024-02-14T10:00:00Z",
    nextAppointmentDate: null,
    averageDaysBetweenVisits: 30,
    isRepeatCustomer: true,
    repeatCount: 1,
    expectedNextVisit: "2024-03-15",
    notes: "High-value client, prefers premium services",
    preferences: { preferredTime: "morning", preferredServices: ["botox", "fillers"] },
    treatmentHistory: [{ appointmentId: String(second) }, { appointmentId: String(first) }],
  });
  expect(body.record.lastContactDate).not.toBeNull();
  expect(body.appointments[0]).toMatchObject({
    id: String(second),
    serviceName: "Botox Treatment",
    clinicName: "Beauty Clinic",
    startTime: "2024-02-14T10:00:00Z",
    status: "completed",
    totalAmount: 150,
    treatmentDetails: {},
  });
  expect(body.communications[0]).toMatchObject({ type: "call", durationSeconds: 420 });
  // Each visit made its confirmation; completing it settled that and made a follow-up a week later.
  const kinds = body.actions.map(
    (action: { actionType: string; status: string }) => `${action.actionType} ${action.status}`,
  );
  expect(kinds.toSorted()).toEqual([
    "appointment_scheduled completed",
    "appointment_scheduled completed",
    "follow_up completed",
    "follow_up pending",
    "follow_up pending",
  ]);
  expect(body.tags).toMatchObject([{ name: "High-Value", notes: "Premium", addedBy: String(me.userId) }]);
  expect(body.summary).toMatchObject({
    totalAppointments: 2,
    lifetimeValue: 300,
    repeatCount: 1,
    nextAppointment: null,
  });
});

test("repeat customers are listed as printed", async () => {
  expect((await me.get("/crm/customers/repeat")).body).toMatchObject([
    {
      id,
      customerId: id,
      customer: { firstName: "John", lastName: "Doe", email: "john@example.com" },
      repeatCount: 1,
      lifetimeValue: 300,
      lastAppointmentDate: "2024-02-14T10:00:00Z",
      expectedNextVisit: "2024-03-15",
    },
  ]);
});

test("the analytics count what was done", async () => {
  await me.post("/crm/communications", { customerId: id, type: "call", direction: "missed", status: "missed" });
  await me.post("/crm/communications", { customerId: id, type: "email", subject: "Offer" });
  const { status, body } = await me.get("/crm/analytics/salesperson");
  expect(status).toBe(200);
  expect(body).toEqual({
    communications: { total: 3, calls: 2, missedCalls: 1, emails: 1 },
    actions: { total: 5, pending: 2, completed: 3, missed: 0 },
    customers: { total: 1, repeat: 1, totalRevenue: 300 },
  });
  const january = await me.get("/crm/analytics/salesperson?startDate=2024-01-01&endDate=2024-01-15");
  expect(january.body.customers).toEqual({ total: 1, repeat: 1, totalRevenue: 150 });
  expect(january.body.communications).toEqual({ total: 0, calls: 0, missedCalls: 0, emails: 0 });
});
