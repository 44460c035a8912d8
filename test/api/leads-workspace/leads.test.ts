import { describe, expect, test } from "vitest";
import { createContact } from "../../../server/domain/contacts/create-contact.ts";
import { createOrganization } from "../../../server/domain/organizations/create-organization.ts";
import { count } from "../../harness/rows.ts";
import { workspaceApp } from "./workspace-app.ts";

const { db, signedIn } = await workspaceApp();
const url = "/api/crm/leads";

describe("a lead", () => {
  test("has no null where a text is expected", async () => {
    const me = await signedIn();
    const { lead_id } = await me.lead({ lastName: null, email: null, mobile: "", organization: null, source: null });
    const lead = (await me.get(`${url}/${lead_id}`)).json();
    const nulls = Object.entries(lead).filter(([, value]) => value === null);
    expect(nulls).toEqual([["annualRevenue", null]]);
    expect(lead).toMatchObject({
      firstName: "John",
      lastName: "",
      email: "",
      mobile: "",
      organization: "",
      leadOwner: "",
    });
  });

  test.each(["LEAD-001", "lead-1", "LEAD-00001"])("is found by its code as %s", async (spelled) => {
    const me = await signedIn();
    const { id } = await me.lead();
    expect((await me.get(`${url}/${spelled}`)).json()).toMatchObject({ id, lead_id: "LEAD-001" });
  });

  test.each([(id: string) => id, (id: string) => `lead_${id}`])("is found by its id, spelling %#", async (spell) => {
    const me = await signedIn();
    const { id } = await me.lead();
    expect((await me.get(`${url}/${spell(id)}`)).json()).toMatchObject({ id, lead_id: "LEAD-001" });
  });

  test("changes only in what a PUT says", async () => {
    const me = await signedIn();
    const { lead_id } = await me.lead({
      organization: "Acme",
      industry: "Retail",
      noOfEmployees: 50,
      annualRevenue: "1,000,000",
    });
    const answer = await me.put(`${url}/${lead_id}`, {
      lead_id,
      territory: "EU",
      mobile: "+14155550123",
      leadOwner: "Shariq Ansari",
    });
    expect(answer.json()).toMatchObject({ message: "Lead updated successfully", lead_id });
    expect((await me.get(`${url}/${lead_id}`)).json()).toMatchObject({
      ...{ firstName: "John", organization: "Acme", industry: "Retail", noOfEmployees: "50", annualRevenue: 1_000_000 },
      ...{ territory: "EU", mobile: "+14155550123", leadOwner: "Shariq Ansari" },
    });
  });

  test("keeps its place in the funnel when it is sent back whole", async () => {
    const me = await signedIn();
    const { id, lead_id } = await me.lead();
    await me.patch(`/v1/leads/${id}`, { stage: "opportunity" });
    const whole = (await me.get(`${url}/${lead_id}`)).json();
    expect(whole.status).toBe("Qualified");
    expect((await me.put(`${url}/${lead_id}`, { ...whole, territory: "EU" })).statusCode).toBe(200);
    expect((await me.get(`/v1/leads/${id}`)).json()).toMatchObject({ stage: "opportunity", territory: "EU" });
  });

  test.each([
    ["New", "new"],
    ["Contacted", "contacted"],
    ["Nurture", "nurture"],
    ["Qualified", "qualified"],
    ["Unqualified", "lost"],
    ["Junk", "junk"],
  ])("can be %s, which is %s everywhere", async (word, stage) => {
    const me = await signedIn();
    const { id, lead_id } = await me.lead({ status: word === "New" ? "Contacted" : "New" });
    const answer = await me.put(`${url}/${lead_id}/status`, { status: word });
    expect(answer.json()).toEqual({ message: "Lead status updated successfully", id, lead_id, status: word });
    expect((await me.get(`/v1/leads/${id}`)).json().stage).toBe(stage);
    expect((await me.get(`${url}?status=${word}`)).json()).toMatchObject([{ lead_id, status: word }]);
  });

  test("goes with its data, and its code is not given again", async () => {
    const me = await signedIn();
    const { lead_id } = await me.lead({ email: "a@example.test" });
    await me.post(`${url}/${lead_id}/tasks`, { title: "Call back" });
    expect((await me.delete(`${url}/${lead_id}`)).json()).toMatchObject({
      message: "Lead deleted successfully",
      lead_id,
    });
    expect((await me.get(`${url}/${lead_id}`)).statusCode).toBe(404);
    expect((await me.get("/v1/tasks")).json().data).toEqual([]);
    expect((await me.lead({ email: "a@example.test" })).lead_id).toBe("LEAD-002");
  });
});

describe("the list of leads", () => {
  test("is a bare array, newest first, filtered, searched and paged", async () => {
    const me = await signedIn();
    await me.lead({ firstName: "Ana", organization: "Acme", source: "Fair", leadOwner: "Shariq Ansari" });
    await me.lead({
      firstName: "Bo",
      email: "bo@example.test",
      source: "Web",
      leadOwner: "Ann Else",
      status: "Contacted",
    });
    await me.lead({ firstName: "Cy", mobile: "+14155550177", source: "Web" });
    const codes = async (query: string) =>
      (await me.get(`${url}?${query}`)).json().map((lead: { firstName: string }) => lead.firstName);
    expect(await codes("")).toEqual(["Cy", "Bo", "Ana"]);
    expect(await codes("source=Web")).toEqual(["Cy", "Bo"]);
    expect(await codes("source=Web&status=New")).toEqual(["Cy"]);
    expect(await codes("leadOwner=shariq%20ansari")).toEqual(["Ana"]);
    expect(await codes(`leadOwner=${me.userId}`)).toEqual(["Ana"]);
    expect(await codes("leadOwner=Ann%20Else")).toEqual(["Bo"]);
    expect(await codes("search=acme")).toEqual(["Ana"]);
    expect(await codes("search=bo@example")).toEqual(["Bo"]);
    expect(await codes("search=4155550177")).toEqual(["Cy"]);
    expect(await codes("search=LEAD-002")).toEqual(["Bo"]);
    expect(await codes("search=doe&status=Contacted")).toEqual(["Bo"]);
    const page = await me.get(`${url}?page=2&limit=2`);
    expect([page.json().length, page.headers["x-total-count"], page.headers.link]).toEqual([1, "3", undefined]);
    const first = await me.get(`${url}?limit=2`);
    expect(first.headers.link).toBe(`<${url}?limit=2&page=2>; rel="next"`);
    expect((await me.get(`${url}?limit=5000`)).statusCode).toBe(200);
  });
});

describe("converting", () => {
  test("uses the organization and the contact that are named", async () => {
    const me = await signedIn();
    const { lead_id } = await me.lead({ organization: "Acme" });
    const organization = await createOrganization(me.ctx, { name: "Holding" });
    const contact = await createContact(me.ctx, { name: "Bo" });
    const body = {
      useExistingOrg: true,
      organizationId: String(organization.id),
      useExistingContact: true,
      contactId: `contact_${contact.id}`,
    };
    const done = (await me.post(`${url}/${lead_id}/convert-to-deal`, body)).json();
    expect(done).toMatchObject({
      message: "Lead converted to deal successfully",
      lead_id,
      status: "Qualified",
      convertedToDeal: true,
    });
    expect((await me.get(`/v1/deals/${done.deal_id}`)).json()).toMatchObject({
      contact_id: contact.id,
      organization_id: organization.id,
    });
  });

  test("takes the lead's own organization and contact where existing ones are to be used and none is named", async () => {
    const me = await signedIn();
    const { id, lead_id } = await me.lead({ organization: "Acme" });
    const body = { useExistingOrg: true, useExistingContact: true };
    const done = await me.post(`${url}/${lead_id}/convert-to-deal`, body);
    expect(done.statusCode, done.body).toBe(200);
    const lead = (await me.get(`/v1/leads/${id}`)).json();
    expect((await me.get(`/v1/deals/${done.json().dealId}`)).json()).toMatchObject({
      contact_id: lead.contact_id,
      organization_id: lead.organization_id,
    });
  });

  test("ignores ids of what is not to be used, and takes no body for an empty one", async () => {
    const me = await signedIn();
    const { id, lead_id } = await me.lead({ organization: "Acme" });
    const contact = await createContact(me.ctx, { name: "Bo" });
    const done = await me.post(`${url}/${lead_id}/convert-to-deal`, {
      useExistingContact: false,
      contactId: contact.id,
    });
    expect((await me.get(`/v1/deals/${done.json().dealId}`)).json()).toMatchObject({
      lead_id: Number(id),
      contact: { name: "John Doe" },
    });
    const other = await me.lead({ firstName: "Cy" });
    expect((await me.post(`${url}/${other.lead_id}/convert-to-deal`)).statusCode).toBe(200);
  });

  test("happens once when many ask, and the others are told", async () => {
    const me = await signedIn();
    const { lead_id } = await me.lead();
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => me.post(`${url}/${lead_id}/convert-to-deal`, {})),
    );
    const statuses = answers.map(({ statusCode }) => statusCode);
    expect([
      statuses.filter((status) => status === 200).length,
      statuses.filter((status) => status === 409).length,
    ]).toEqual([1, 7]);
    expect(answers.find(({ statusCode }) => statusCode === 409)?.json().detail).toMatch(
      /LEAD-001 was converted .*deal_\d+/,
    );
    expect(await count(db, `deals where company_id = ${me.companyId}`)).toBe(1);
  });
});

test("a hundred creates at once have a hundred codes in a row", async () => {
  const me = await signedIn();
  const made = await Promise.all(
    Array.from({ length: 100 }, (_, index) => me.lead({ email: `p${index}@example.test` })),
  );
  const codes = made.map(({ lead_id }) => lead_id).toSorted();
  expect(codes).toEqual(
    Array.from({ length: 100 }, (_, index) => `LEAD-${String(index + 1).padStart(3, "0")}`).toSorted(),
  );
});

test("a request that is repeated with its key happens once", async () => {
  const me = await signedIn();
  const send = () => me.post(url, { firstName: "Ana" }, { "idempotency-key": "one" });
  const [first, second] = [await send(), await send()];
  expect(second.json()).toEqual(first.json());
  expect(await count(db, `leads where company_id = ${me.companyId}`)).toBe(1);
});

test.each([
  ["calls", { duration: 1 }],
  ["tasks", { title: "T" }],
  ["notes", { content: "C" }],
  ["emails", { subject: "S", body: "B" }],
])("a lead's %s say where they go on, and no more on the last page", async (what, body) => {
  const me = await signedIn();
  const { lead_id } = await me.lead({ email: "a@example.test" });
  const address = `/api/crm/leads/${lead_id}/${what}`;
  for (let each = 0; each < 3; each += 1) await me.post(address, body);
  const [first, last] = [await me.get(`${address}?limit=2`), await me.get(`${address}?limit=2&page=2`)];
  expect([first.json().length, last.json().length]).toEqual([2, 1]);
  expect([first.headers.link, last.headers.link]).toEqual([`<${address}?limit=2&page=2>; rel="next"`, undefined]);
});
