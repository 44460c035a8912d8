import { expect, test } from "vitest";
import { removeDemo } from "../../server/demo/remove-demo.ts";
import { seedDemo } from "../../server/demo/seed-demo.ts";
import { printedAction, printedCall, printedTag } from "../api/salesperson/printed-requests.ts";
import { salespersonCaller } from "../api/salesperson/salesperson-caller.ts";
import { testApp } from "../harness/test-app.ts";

const app = await testApp();
const { companyId } = await seedDemo(app.db, new Date());
const me = await salespersonCaller(app, "admin", companyId);

test("the salesperson document's usage examples run as printed", async () => {
  const customer = await me.get("/crm/customers/customer-123/record");
  expect(customer).toMatchObject({ status: 200, body: { record: { customerId: "123", customerStatus: "active" } } });
  expect(customer.body.record.completedAppointments).toBeGreaterThan(0);
  expect(await me.post("/crm/communications", { customerId: "customer-123", ...printedCall })).toMatchObject({
    status: 201,
    body: { customerId: "123", ...printedCall },
  });
  expect(await me.post("/crm/actions", { customerId: "customer-123", ...printedAction })).toMatchObject({
    status: 201,
    body: { customerId: "123", ...printedAction },
  });
  const before = await me.get("/crm/tags/vip-tag-id/customers");
  expect(before.status).toBe(200);
  expect(before.body.length).toBeGreaterThan(0);
  expect(await me.post("/crm/customers/customer-123/tags", printedTag)).toMatchObject({
    status: 201,
    body: { customerId: "123", name: "VIP", notes: printedTag.notes },
  });
  const tagged = await me.get("/crm/tags/vip-tag-id/customers");
  expect(tagged.body.map(({ customerId }: { customerId: string }) => customerId)).toContain("123");
  expect(await me.get("/crm/customers/follow-up?daysThreshold=21")).toMatchObject({ status: 200 });
});

test("the salesperson document's leads are made and changed as printed", async () => {
  const printed = {
    ...{ source: "facebook_ads", firstName: "Jane", lastName: "Smith", email: "jane@example.com" },
    ...{ phone: "+1234567890", status: "new", notes: "Interested in botox treatment", estimatedValue: 500.0 },
    metadata: {},
  };
  const lead = await me.post("/crm/leads", printed);
  expect(lead).toMatchObject({ status: 201, body: printed });
  const change = { status: "contacted", notes: "Customer scheduled consultation", estimatedValue: 750.0 };
  expect(await me.patch(`/crm/leads/${lead.body.id}`, change)).toMatchObject({ status: 200, body: change });
});

test("the leads workspace document's records are made at LEAD-001 as printed", async () => {
  const lead = { firstName: "John", lastName: "Doe", email: "john@example.com", organization: "Example Corp" };
  expect(await me.post("/api/crm/leads", { ...lead, status: "New" })).toMatchObject({ status: 200 });
  const url = "/api/crm/leads/LEAD-001";
  expect(await me.get(url)).toMatchObject({ status: 200, body: { lead_id: "LEAD-001" } });
  const mail = { to: "john@example.com", cc: null, bcc: null, subject: "Follow up meeting", body: "Email content..." };
  const call = { type: "Outbound Call", duration: 180, from: "Shariq Ansari", to: "John Doe", phone: "+1234567890" };
  const task = { title: "Follow up call", description: "Call to discuss proposal", status: "Backlog" };
  const note = { title: "Call notes", content: "Discussed project requirements..." };
  const printed = [
    ["emails", mail],
    ["calls", { ...call, status: "completed" }],
    ["tasks", { ...task, assignedTo: "Shariq Ansari", dueDate: "2025-01-25T14:00:00", priority: "High" }],
    ["notes", note],
  ] as const;
  for (const [kind, body] of printed)
    expect([kind, await me.post(`${url}/${kind}`, { lead_id: "LEAD-001", ...body })]).toMatchObject([
      kind,
      { status: 200, body: { lead_id: "LEAD-001" } },
    ]);
  expect(await me.put(`${url}/status?status=Contacted`, undefined)).toMatchObject({ status: 200 });
  expect(await me.post(`${url}/convert-to-deal`, {})).toMatchObject({ status: 200 });
});

test("the WhatsApp document's requests run as printed", async () => {
  const found = await me.get("/api/crm/contacts?search=john&limit=10");
  expect(found).toMatchObject({ status: 200, body: { success: true } });
  expect(found.body.data.length).toBeGreaterThan(0);
  for (const path of ["dashboard", "conversations?status=open&limit=50&skip=0", "analytics?days=30"])
    expect([path, await me.get(`/api/crm/${path}`)]).toMatchObject([path, { status: 200, body: { success: true } }]);
  // The chatbot document has John Doe at the number that this one gives to Jane: here it is his.
  const jane = { name: "Jane Doe", email: "jane.doe@example.com", tags: ["customer"] };
  expect(await me.post("/api/crm/contacts", { ...jane, phone: "+919876543210" })).toMatchObject({
    status: 400,
    body: { success: false },
  });
  expect(await me.post("/api/crm/contacts", { ...jane, phone: "+919876543214" })).toMatchObject({
    status: 201,
    body: { success: true, data: { name: "Jane Doe", tags: ["customer"] } },
  });
});

test("they go with the demo", async () => {
  expect(await removeDemo(app.db)).toBe(true);
  const left = await app.db.all({
    name: "",
    text: "select id from contacts where company_id = $1",
    values: [companyId],
  });
  expect(left).toEqual([]);
});
