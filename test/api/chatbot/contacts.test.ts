import { describe, expect, test } from "vitest";
import { createContact } from "../../../server/domain/contacts/create-contact.ts";
import { getContact } from "../../../server/domain/contacts/get-contact.ts";
import { changePersonStage } from "../../../server/domain/leads/change-person-stage.ts";
import { listLeads } from "../../../server/domain/leads/list-leads.ts";
import { listOf, objectOf } from "../../../shared/json.ts";
import { stages } from "../../../shared/stages.ts";
import { type Answer, chatbotApp } from "./chatbot-app.ts";

const chatbot = await chatbotApp();
const caller = await chatbot.caller();

function namesIn({ body }: Answer): unknown[] {
  return listOf(body.data).map((item) => objectOf(item)?.name);
}

describe("creating a contact", () => {
  test.each(["/api/crm/contact", "/chatbot/api/crm/contacts"])(
    "by POST %s answers 201 with its id, and opens a lead",
    async (url) => {
      const answer = await caller.post(url, { name: "New One", company: "Acme" });
      expect(answer).toMatchObject({
        status: 201,
        body: { status: "success", message: "Contact created successfully" },
      });
      const id = Number(String(answer.body.contact_id).replace("contact_", ""));
      expect((await listLeads(caller.ctx, { contactId: id, limit: 5 })).items).toMatchObject([{ stage: "new" }]);
    },
  );

  test("takes a phone in any spelling, and gives it in the document's", async () => {
    const answer = await caller.post("/api/crm/contact", { name: "Phoned", phone: "+49 151 2345 6789" });
    const { body } = await caller.get(`/api/crm/contact/${String(answer.body.contact_id)}`);
    expect(body.data).toMatchObject({ phone_number: "4915123456789_s_whatsapp_net" });
  });

  test("takes the field names of the other dialects", async () => {
    const fields = {
      mobile: "+4915123450000",
      organization: "Acme",
      jobTitle: "CTO",
      firstName: "Ana",
      last_name: "Lee",
    };
    const times = { lastContactDate: "2024-01-01T00:00:00Z", nextFollowUp: "2030-01-01T00:00:00Z" };
    const { body } = await caller.post("/api/crm/contact", { ...fields, ...times });
    const url = `/api/crm/contact/${String(body.contact_id)}`;
    expect((await caller.get(url)).body.data).toMatchObject({
      name: "Ana Lee",
      phone_number: "4915123450000_s_whatsapp_net",
      company: "Acme",
      position: "CTO",
      last_contacted_at: "2024-01-01T00:00:00Z",
      next_follow_up_at: "2030-01-01T00:00:00Z",
    });
    await caller.put(url, { jobTitle: null, company: "Beta", organization: "Acme" });
    expect((await caller.get(url)).body.data).toMatchObject({ position: null, company: "Beta", name: "Ana Lee" });
  });

  test("gives null where nothing is known", async () => {
    const { body } = await caller.post("/api/crm/contact", { name: "Bare", email: "" });
    expect((await caller.get(`/api/crm/contact/${String(body.contact_id)}`)).body.data).toEqual({
      id: body.contact_id,
      phone_number: null,
      name: "Bare",
      email: null,
      company: null,
      position: null,
      lead_status: "new",
      lead_score: 0,
      source: null,
      notes: null,
      last_contacted_at: null,
      next_follow_up_at: null,
      created_at: expect.any(String),
    });
  });

  test("that exists already is 409 and names the one there is", async () => {
    const first = await caller.post("/api/crm/contact", { phone_number: "+5511987650000" });
    const again = await caller.post("/api/crm/contact", { phone_number: "551187650000_s_whatsapp_net" });
    expect(again).toMatchObject({ status: 409, body: { status: "error", existing_id: first.body.contact_id } });
  });

  test("twice with one Idempotency-Key makes one", async () => {
    const key = { "idempotency-key": "create-once" };
    const [one, two] = await Promise.all([1, 2].map(() => caller.post("/api/crm/contact", { name: "Once" }, key)));
    const three = await caller.post("/api/crm/contact", { name: "Once" }, key);
    expect([one?.status, two?.status]).toContain(201);
    expect(three).toMatchObject({ status: 201, headers: { "idempotency-replayed": "true" } });
    const found = await caller.get("/api/crm/contacts/search?q=once");
    expect(namesIn(found)).toEqual(["Once"]);
    const other = await caller.post("/api/crm/contact", { name: "Other" }, key);
    expect(other.status).toBe(422);
  });

  const invalid: [string, unknown, RegExp][] = [
    ["nothing in it", {}, /name/],
    ["a phone that is none", { phone_number: "abc" }, /^phone_number must/],
    ["a mail address that is none", { email: "nobody" }, /^email must/],
    [
      "a status nobody knows",
      { name: "A", lead_status: "warm" },
      /must be one of: new, qualified, hot, cold, customer/,
    ],
    ["a score above 100", { name: "A", lead_score: 101 }, /lead_score/],
    ["a score as text", { name: "A", lead_score: "many" }, /lead_score/],
    ["a time that is none", { name: "A", next_follow_up_at: "soon" }, /^next_follow_up_at must/],
    ["a name that is a list", { name: ["A"] }, /name must be string/],
    ["a list for a body", [1, 2], /body must be object/],
    ["null for a body", null, /body/],
  ];
  test.each(invalid)("with %s is 400 and says why", async (_what, body, message) => {
    const answer = await caller.post("/api/crm/contact", body);
    expect(answer.status).toBe(400);
    expect(answer.body).toEqual({
      status: "error",
      message: expect.stringMatching(message),
      request_id: expect.any(String),
    });
  });
});

describe("updating a contact", () => {
  test("changes what is given, clears null, ignores fields nobody knows", async () => {
    const { id } = await createContact(caller.ctx, { name: "Ana", position: "CTO", notes: "tall" });
    const answer = await caller.put(`/api/crm/contact/${id}`, { position: null, shoe_size: 42, name: "Ana B" });
    expect(answer.status).toBe(200);
    const { data } = (await caller.get(`/api/crm/contact/${id}`)).body;
    expect(data).toMatchObject({ name: "Ana B", position: null, notes: "tall" });
    expect((await caller.put(`/api/crm/contact/${id}`, {})).status).toBe(200);
  });

  test.each(["contact_%", "%", "0%"])("takes the id spelled as %s", async (spelling) => {
    const { id } = await createContact(caller.ctx, { name: "Spelled" });
    expect((await caller.put(`/api/crm/contact/${spelling.replace("%", String(id))}`, { notes: "x" })).status).toBe(
      200,
    );
  });

  test("keeps text that databases stumble over", async () => {
    const { id } = await createContact(caller.ctx, { name: "Text" });
    const notes = "NUL \u0000, half \ud800, Ω≈ç√, 👩‍👩‍👧, ̡͓̞ͅI̗c͝, <script>, '; drop table contacts; --";
    expect((await caller.put(`/api/crm/contact/${id}`, { notes })).status).toBe(200);
    const { data } = (await caller.get(`/api/crm/contact/${id}`)).body;
    expect(data).toMatchObject({ notes: notes.replace("\u0000", "").replace("\ud800", "\ufffd") });
  });

  test("to a phone or mail address of another is 409", async () => {
    const owner = await createContact(caller.ctx, { name: "Owner", email: "owner@example.com" });
    const { id } = await createContact(caller.ctx, { name: "Wisher" });
    const answer = await caller.put(`/api/crm/contact/${id}`, { email: "OWNER@example.com" });
    expect(answer).toMatchObject({ status: 409, body: { status: "error", existing_id: `contact_${owner.id}` } });
  });
});

describe("lead_status", () => {
  test.each(stages)("of somebody who is %s moves nothing when it is sent back as it was read", async (stage) => {
    const { id } = await createContact(caller.ctx, { name: "Ana", stage });
    const { data } = (await caller.get(`/api/crm/contact/${id}`)).body;
    expect((await caller.put(`/api/crm/contact/${id}`, { ...objectOf(data), name: "Anna" })).status).toBe(200);
    expect(await getContact(caller.ctx, id)).toMatchObject({ name: "Anna", stage });
  });

  const written = [
    ["new", "new", "new"],
    ["qualified", "qualified", "qualified"],
    ["hot", "sales_qualified", "hot"],
    ["cold", "nurture", "cold"],
    ["customer", "customer", "customer"],
    ["contacted", "contacted", "new"],
    ["negotiation", "opportunity", "hot"],
    ["lost", "lost", "cold"],
  ];
  test.each(written)("written as %s is the stage %s and reads %s", async (word, stage, read) => {
    const { id } = await createContact(caller.ctx, { name: "Staged", stage: word === "new" ? "qualified" : "new" });
    expect((await caller.put(`/api/crm/contact/${id}`, { lead_status: word })).status).toBe(200);
    expect(await getContact(caller.ctx, id)).toMatchObject({ stage });
    expect((await caller.get(`/api/crm/contact/${id}`)).body.data).toMatchObject({ lead_status: read });
  });

  test("is one of the five words for every stage", async () => {
    const { id } = await createContact(caller.ctx, { name: "Every stage" });
    const words: unknown[] = [];
    for (const stage of stages) {
      await caller.ctx.transact((tx) => changePersonStage(tx, id, stage));
      words.push(objectOf((await caller.get(`/api/crm/contact/${id}`)).body.data)?.lead_status);
    }
    expect(words).toEqual(["new", "new", "cold", "qualified", "hot", "hot", "customer", "cold", "cold"]);
  });
});

describe("listing and searching contacts", () => {
  test("gives the best lead first, 20 a page, 100 at most, by status", async () => {
    const many = await chatbot.caller();
    for (let index = 0; index < 25; index += 1) {
      await createContact(many.ctx, {
        name: `P${index}`,
        leadScore: index,
        stage: index % 5 === 0 ? "customer" : "new",
      });
    }
    const first = await many.get("/chatbot/api/crm/contacts");
    expect(first.body.pagination).toEqual({ limit: 20, offset: 0, count: 20 });
    expect(namesIn(first).slice(0, 3)).toEqual(["P24", "P23", "P22"]);
    const second = await many.get("/chatbot/api/crm/contacts?offset=20");
    expect(second.body.pagination).toEqual({ limit: 20, offset: 20, count: 5 });
    const huge = await many.get("/chatbot/api/crm/contacts?limit=5000");
    expect(huge.body.pagination).toEqual({ limit: 100, offset: 0, count: 25 });
    expect(namesIn(await many.get("/chatbot/api/crm/contacts?status=customer"))).toEqual([
      "P20",
      "P15",
      "P10",
      "P5",
      "P0",
    ]);
    expect(namesIn(await many.get("/chatbot/api/crm/contacts/?limit=1"))).toEqual(["P24"]);
  });

  test.each([
    "limit=-1",
    "limit=abc",
    "limit=",
    "limit=1.5",
    "offset=-1",
    "offset=x",
    "offset=99999999999",
    "status=warm",
    "limit=1&limit=2",
  ])("with %s is 400", async (query) => {
    expect(await caller.get(`/chatbot/api/crm/contacts?${query}`)).toMatchObject({
      status: 400,
      body: { status: "error" },
    });
  });

  test("finds people by any part, accents and phone spelling aside", async () => {
    await createContact(caller.ctx, { name: "Gisèle Øst", phone: "+33612345678", company: "Brûlerie" });
    for (const query of ["gisele ost", "brulerie", "06 12 34 56 78", "612345678"]) {
      const answer = await caller.get(`/api/crm/contacts/search?q=${encodeURIComponent(query)}`);
      expect(namesIn(answer)).toEqual(["Gisèle Øst"]);
      expect(namesIn(await caller.get(`/chatbot/api/crm/contacts?search=${encodeURIComponent(query)}`))).toEqual([
        "Gisèle Øst",
      ]);
    }
    expect(await caller.get("/api/crm/contacts/search?q=%00%25")).toMatchObject({ status: 200, body: { data: [] } });
  });
});

describe("deleting a contact", () => {
  test("takes them away, and a second time is 404", async () => {
    const { id } = await createContact(caller.ctx, { name: "Short-lived" });
    expect((await caller.delete(`/api/crm/contact/${id}`)).body).toEqual({
      status: "success",
      message: "Contact deleted successfully",
    });
    const again = await caller.delete(`/api/crm/contact/${id}`);
    expect(again).toMatchObject({ status: 404, body: { status: "error", message: "Contact not found" } });
  });
});
