import { describe, expect, test } from "vitest";
import { memberOf } from "../../factories/people.ts";
import { count } from "../../harness/rows.ts";
import { v1App } from "./v1-app.ts";

const { db, caller } = await v1App();

async function withLead(fields: object = {}) {
  const me = await caller();
  const made = await me.post("/v1/leads", { first_name: "Ana", email: "ana@example.test", ...fields });
  expect(made.statusCode, made.body).toBe(201);
  return { me, made, lead: made.json(), url: `/v1/leads/${made.json().id}` };
}

describe("a lead in our own API", () => {
  test("is opened with all it says, and stands at its address with a tag", async () => {
    const fields = {
      salutation: "Ms",
      industry: "Retail",
      employees: "10",
      annual_revenue: "99.5",
      estimated_value: 750,
      notes: "N",
    };
    const { me, made, lead, url } = await withLead({
      ...fields,
      organization: "Acme",
      job_title: "CEO",
      metadata: { a: 1 },
    });
    expect(lead).toMatchObject({
      ...{
        ...fields,
        annual_revenue: 99.5,
        code: "LEAD-001",
        contact_name: "Ana",
        organization: "Acme",
        job_title: "CEO",
      },
      ...{ metadata: { a: 1 }, stage: "new", deal_id: null, activity_count: 1, version: 1 },
    });
    expect(made.headers).toMatchObject({ location: url, etag: '"v1"' });
    expect((await me.get(url, { "if-none-match": '"v1"' })).statusCode).toBe(304);
    expect((await me.get("/v1/leads")).json().data).toEqual([lead]);
  });

  test("is found page by page, newest first, to the last one", async () => {
    const me = await caller();
    for (const name of ["Paula One", "Paula Two", "Paula Three", "Otto"])
      await me.post("/v1/leads", { first_name: name, email: `${name.replace(" ", ".")}@example.test` });
    const names = (page: { data: { contact_name: string }[] }) => page.data.map((lead) => lead.contact_name);
    const first = await me.get("/v1/leads?q=paula&limit=2");
    expect(names(first.json())).toEqual(["Paula Three", "Paula Two"]);
    const { next_cursor: cursor } = first.json();
    expect(first.headers.link).toContain(`cursor=${cursor}`);
    const second = (await me.get(`/v1/leads?q=paula&limit=2&cursor=${cursor}`)).json();
    expect([names(second), second.next_cursor]).toEqual([["Paula One"], null]);
    expect((await me.get(`/v1/leads?cursor=${cursor}`)).statusCode).toBe(400);
  });

  test("is a 409 beside an open one of the same person, and attached to a person by id", async () => {
    const { me, lead } = await withLead();
    const again = await me.post("/v1/leads", { first_name: "Ana", email: "ana@example.test" });
    expect([again.statusCode, again.json().existing_id]).toEqual([409, lead.id]);
    expect((await me.post("/v1/leads", { contact_id: lead.contact_id })).statusCode).toBe(409);
    await me.post(`/v1/leads/${lead.id}/stage`, { stage: "lost", reason: "too dear" });
    const second = await me.post("/v1/leads", { contact_id: lead.contact_id, stage: "contacted" });
    expect(second.json()).toMatchObject({ code: "LEAD-002", contact_id: lead.contact_id, stage: "contacted" });
  });

  test("is edited where its version is still the one that was read", async () => {
    const { me, url } = await withLead();
    const edited = await me.patch(url, { last_name: "Ruiz", territory: "EU" }, { "if-match": '"v1"' });
    expect([edited.statusCode, edited.headers.etag]).toEqual([200, '"v2"']);
    expect(edited.json()).toMatchObject({ contact_name: "Ana Ruiz", territory: "EU" });
    expect((await me.patch(url, { territory: "US" }, { "if-match": '"v1"' })).statusCode).toBe(412);
    expect((await me.post(`${url}/stage`, { stage: "lost" }, { "if-match": '"v1"' })).statusCode).toBe(412);
    expect((await me.post(`${url}/convert`, {}, { "if-match": '"v1"' })).statusCode).toBe(412);
    expect((await me.delete(url, { "if-match": '"v1"' })).statusCode).toBe(412);
  });

  test("is moved, with its history, given to somebody, deleted and brought back", async () => {
    const { me, lead, url } = await withLead();
    const mia = await memberOf(db, me.companyId, "salesperson");
    expect((await me.post(`${url}/stage`, { stage: "qualified", reason: "asked" })).json()).toMatchObject({
      stage: "qualified",
    });
    const history = (await me.get(`${url}/history?limit=1`)).json();
    expect(history.data).toMatchObject([{ from: "new", to: "qualified", reason: "asked", changed_by_name: null }]);
    const older = await me.get(`${url}/history?cursor=${history.next_cursor}`);
    expect(older.json()).toMatchObject({ data: [{ from: null, to: "new" }], next_cursor: null });
    expect((await me.post(`${url}/owner`, { owner: "Mia Test" })).json()).toMatchObject({
      owner_user_id: mia,
      owner_name: "Mia Test",
    });
    expect((await me.get(`/v1/contacts/${lead.contact_id}`)).json()).toMatchObject({
      owner_user_id: mia,
      stage: "qualified",
    });
    expect((await me.get(`/v1/leads?owner_user_id=${mia}`)).json().data).toHaveLength(1);
    expect((await me.post(`${url}/owner`, { owner_user_id: null })).json()).toMatchObject({
      owner_user_id: null,
      owner_name: null,
    });
    expect((await me.delete(url)).statusCode).toBe(204);
    expect((await me.get(url)).statusCode).toBe(404);
    expect((await me.post(`${url}/restore`)).json()).toMatchObject({ code: "LEAD-001", stage: "qualified" });
  });

  test("is converted once", async () => {
    const { me, lead, url } = await withLead();
    const done = await me.post(`${url}/convert`, { title: "Big one", value: "12.50", stage: "proposal" });
    expect(done.json()).toMatchObject({ lead: { stage: "qualified", deal_id: done.json().deal_id } });
    expect((await me.get(`/v1/deals/${done.json().deal_id}`)).json()).toMatchObject({
      ...{ title: "Big one", value: 12.5, stage: "proposal", lead_id: lead.id },
    });
    const again = await me.post(`${url}/convert`, {});
    expect([again.statusCode, again.json().existing_id]).toEqual([409, done.json().deal_id]);
  });

  test("is converted for another organization, known by its name or made, and another person", async () => {
    const { me, url } = await withLead();
    const known = (await me.post("/v1/organizations", { name: "Fjord Supplies" })).json();
    const buyer = (await me.post("/v1/contacts", { name: "Bo Buyer" })).json();
    const other = (await me.post("/v1/leads", { first_name: "Bo", organization: "Elsewhere" })).json();
    const choice = { organization: "fjord supplies", contact_id: buyer.id };
    const first = (await me.post(`${url}/convert`, choice)).json();
    expect((await me.get(`/v1/deals/${first.deal_id}`)).json()).toMatchObject({
      ...{ organization_id: known.id, contact_id: buyer.id },
    });
    const second = (await me.post(`/v1/leads/${other.id}/convert`, { organization: "Nordlys AS" })).json();
    const { organization_id: made } = (await me.get(`/v1/deals/${second.deal_id}`)).json();
    expect((await me.get(`/v1/organizations/${made}`)).json()).toMatchObject({ name: "Nordlys AS" });
    expect(second.lead.organization).toBe("Elsewhere");
  });

  test("is nobody's of another company", async () => {
    const { url } = await withLead();
    const stranger = await caller();
    for (const answer of [
      ...[await stranger.get(url), await stranger.patch(url, { notes: "x" }), await stranger.delete(url)],
      ...[await stranger.post(`${url}/stage`, { stage: "lost" }), await stranger.post(`${url}/convert`, {})],
      ...[await stranger.post(`${url}/owner`, { owner: "x" }), await stranger.get(`${url}/history`)],
      await stranger.post(`${url}/restore`),
    ])
      expect(answer.statusCode).toBe(404);
    const bulk = await stranger.post("/v1/leads/bulk", {
      ids: [Number(url.split("/").at(-1))],
      action: "set_stage",
      stage: "lost",
    });
    expect(bulk.json()).toMatchObject({
      changed_count: 0,
      changes: [{ result: "skipped", reason: "There is no such lead." }],
    });
  });
});

describe("an act on many leads", () => {
  test("gives them to somebody, with their people, and takes it back where nobody did since", async () => {
    const { me, lead } = await withLead();
    const other = (await me.post("/v1/leads", { first_name: "Bo" })).json();
    const mia = await memberOf(db, me.companyId, "salesperson");
    const ids = [lead.id, other.id, 999_999];
    const done = (await me.post("/v1/leads/bulk", { ids, action: "assign", owner_user_id: mia })).json();
    expect(done).toMatchObject({
      ...{ kind: "leads.assign", summary: "Owner set: 2 leads", changed_count: 2, has_more: false },
      changes: [{ result: "changed" }, { result: "changed" }, { result: "skipped" }],
    });
    expect((await me.get(`/v1/contacts/${lead.contact_id}`)).json()).toMatchObject({ owner_user_id: mia });
    await me.post(`/v1/leads/${other.id}/owner`, { owner: "Ann Else" });
    const undone = (await me.post(`/v1/change-sets/${done.id}/undo`)).json();
    expect(undone.undo).toMatchObject([
      { id: lead.id, result: "undone" },
      { id: other.id, result: "skipped", reason: "Changed since." },
    ]);
    expect((await me.get(`/v1/leads/${lead.id}`)).json()).toMatchObject({ owner_user_id: null });
    expect((await me.get(`/v1/contacts/${lead.contact_id}`)).json()).toMatchObject({ owner_user_id: null });
  });

  test("moves them and their people, leaves old ones beside an open one, and is undone", async () => {
    const { me, lead } = await withLead();
    await me.post(`/v1/leads/${lead.id}/stage`, { stage: "lost" });
    const open = (await me.post("/v1/leads", { contact_id: lead.contact_id })).json();
    const other = (await me.post("/v1/leads", { first_name: "Bo", stage: "lost" })).json();
    const ids = [lead.id, open.id, other.id];
    const done = (
      await me.post("/v1/leads/bulk", { ids, action: "set_stage", stage: "contacted", reason: "campaign" })
    ).json();
    expect(done.changes).toMatchObject([
      { result: "skipped" },
      { result: "changed" },
      { result: "changed", before: { stage: "lost" } },
    ]);
    expect((await me.get(`/v1/contacts/${other.contact_id}`)).json()).toMatchObject({ stage: "contacted" });
    expect((await me.post(`/v1/change-sets/${done.id}/undo`)).json().undo).toMatchObject([
      { result: "undone" },
      { result: "undone" },
    ]);
    expect((await me.get(`/v1/leads/${other.id}`)).json()).toMatchObject({
      stage: "lost",
      closed_at: expect.any(String),
    });
    expect((await me.get(`/v1/contacts/${open.contact_id}`)).json()).toMatchObject({ stage: "new" });
  });

  test("goes by its code as well as by its id, also to come back", async () => {
    const { me, lead } = await withLead();
    const path = `/v1/leads/${lead.code.toLowerCase()}`;
    expect((await me.get(`/v1/leads/${lead.code}`)).json()).toMatchObject({ id: lead.id, code: lead.code });
    expect((await me.patch(path, { need: "A chair" })).json()).toMatchObject({ id: lead.id, need: "A chair" });
    expect((await me.post(`${path}/stage`, { stage: "contacted" })).json()).toMatchObject({ stage: "contacted" });
    expect((await me.get(`${path}/history`)).json().data).toHaveLength(2);
    expect((await me.delete(path)).statusCode).toBe(204);
    expect((await me.get(path)).statusCode).toBe(404);
    expect((await me.post(`${path}/restore`)).json()).toMatchObject({ id: lead.id });
    expect((await me.post(`${path}/convert`, {})).json()).toMatchObject({ lead: { id: lead.id } });
    for (const unknown of ["LEAD-999", "LEAD-", "LED-1"])
      expect((await me.get(`/v1/leads/${unknown}`)).statusCode).toBe(unknown === "LEAD-999" ? 404 : 400);
  });

  test("takes a filter or ids, not both, and says what it needs", async () => {
    const { me } = await withLead({ source: "Fair" });
    const bulk = async (body: object) => (await me.post("/v1/leads/bulk", body)).statusCode;
    const filter = { source: "Fair" };
    expect(await bulk({ filter, action: "set_stage", stage: "contacted" })).toBe(200);
    expect(await bulk({ filter, ids: [1], action: "set_stage", stage: "contacted" })).toBe(400);
    expect(await bulk({ action: "set_stage", stage: "contacted" })).toBe(400);
    expect(await bulk({ filter, action: "set_stage" })).toBe(400);
    expect(await bulk({ filter, action: "assign" })).toBe(400);
    expect(await count(db, `leads where company_id = ${me.companyId} and stage = 'contacted'`)).toBe(1);
  });

  test("takes all there are where one says so, and tells beforehand how many a filter finds", async () => {
    const { me } = await withLead({ source: "Fair" });
    await me.post("/v1/leads", { first_name: "Bo", email: "bo@example.test" });
    const found = async (query: string) => (await me.get(`/v1/leads/count${query}`)).json();
    expect(await found("")).toEqual({ count: 2 });
    expect(await found("?source=Fair&stage=new")).toEqual({ count: 1 });
    expect(await found("?stage=lost")).toEqual({ count: 0 });
    const act = { action: "set_stage", stage: "contacted" };
    expect((await me.post("/v1/leads/bulk", { ...act, filter: {} })).statusCode).toBe(400);
    const done = await me.post("/v1/leads/bulk", { ...act, filter: { all: true } });
    expect(done.json()).toMatchObject({ changed_count: 2, has_more: false });
    expect(await found("?stage=contacted")).toEqual({ count: 2 });
  });
});
