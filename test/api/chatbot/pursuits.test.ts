import { describe, expect, test } from "vitest";
import { logActivity } from "../../../server/domain/activities/log-activity.ts";
import { createContact } from "../../../server/domain/contacts/create-contact.ts";
import { getContact } from "../../../server/domain/contacts/get-contact.ts";
import { createTask } from "../../../server/domain/tasks/create-task.ts";
import { getTask } from "../../../server/domain/tasks/get-task.ts";
import { listOf, objectOf } from "../../../shared/json.ts";
import { type Answer, chatbotApp } from "./chatbot-app.ts";

const chatbot = await chatbotApp();
const caller = await chatbot.caller();
const { id: contactId } = await createContact(caller.ctx, { name: "Ana", phone: "+14155550111" });

async function madeDeal(fields: object = {}): Promise<string> {
  return String(
    (await caller.post("/api/crm/deals", { contact_id: contactId, title: "Deal", ...fields })).body.deal_id,
  );
}

async function madeTask(fields: object = {}): Promise<string> {
  return String(
    (await caller.post("/api/crm/tasks", { contact_id: contactId, title: "Task", ...fields })).body.task_id,
  );
}

function fieldIn({ body }: Answer, field: string): unknown[] {
  return listOf(body.data).map((item) => objectOf(item)?.[field]);
}

describe("a deal", () => {
  test("gets the probability of its stage where none is given, and its contact's number", async () => {
    const { data } = (
      await caller.get(`/api/crm/deal/${await madeDeal({ contact_id: `contact_${contactId}`, stage: "proposal" })}`)
    ).body;
    expect(data).toMatchObject({
      probability: 50,
      value: 0,
      currency: "USD",
      contact: { phone_number: "14155550111_s_whatsapp_net" },
    });
  });

  test.each([0.1, 19.99, 99_999_999_999.9999, "1234.5"])("keeps the value %s exactly", async (value) => {
    const id = await madeDeal({ value });
    expect((await caller.get(`/api/crm/deal/${id}`)).body.data).toMatchObject({ value: Number(value) });
  });

  test.each([
    ["initial", "prospecting"],
    ["closing", "negotiation"],
  ])("takes the stage %s for %s", async (word, stage) => {
    const id = await madeDeal({ stage: word });
    expect((await caller.get(`/api/crm/deal/${id}`)).body.data).toMatchObject({ stage });
    expect(fieldIn(await caller.get(`/api/crm/deals?stage=${word}`), "stage")).toContain(stage);
  });

  test("that is won makes its contact a customer", async () => {
    const person = await createContact(caller.ctx, { name: "Winner", stage: "qualified" });
    const id = await madeDeal({ contact_id: person.id });
    expect((await caller.put(`/api/crm/deal/${id}`, { stage: "closed_won" })).status).toBe(200);
    expect(await getContact(caller.ctx, person.id)).toMatchObject({ stage: "customer" });
  });

  test("is listed by contact and stage, page by page, and deleted", async () => {
    const person = await createContact(caller.ctx, { name: "Lister" });
    const ids = [
      await madeDeal({ contact_id: person.id }),
      await madeDeal({ contact_id: person.id, stage: "proposal" }),
    ];
    expect(fieldIn(await caller.get(`/api/crm/deals?contact_id=contact_${person.id}`), "id")).toEqual(ids.toReversed());
    expect(fieldIn(await caller.get(`/api/crm/contact/${person.id}/deals?stage=proposal`), "id")).toEqual([ids[1]]);
    expect(fieldIn(await caller.get(`/api/crm/contact/${person.id}/deals?limit=1&offset=1`), "id")).toEqual([ids[0]]);
    expect((await caller.delete(`/api/crm/deal/${ids[0]}`)).body).toEqual({
      status: "success",
      message: "Deal deleted successfully",
    });
    expect((await caller.get(`/api/crm/deal/${ids[0]}`)).status).toBe(404);
  });

  test("is found by any part of its texts or of its contact's, within the other filters", async () => {
    const other = await chatbot.caller();
    const add = async (name: string, deal: object) => {
      const person = await createContact(other.ctx, { name, company: `${name} Works` });
      return (await other.post("/api/crm/deals", { contact_id: person.id, ...deal })).body.deal_id;
    };
    const licence = await add("Zoë Ávila", { title: "Annual licence", description: "100% renewal" });
    const support = await add("Bo", { title: "Support", description: "Annual upkeep", stage: "proposal" });
    const found = async (query: string) => fieldIn(await other.get(`/api/crm/deals?${query}`), "id");
    expect(await found("search=ANNUAL")).toEqual([support, licence]);
    expect(await found("search=annual&stage=proposal")).toEqual([support]);
    expect(await found("search=annual&offset=1&limit=1")).toEqual([licence]);
    expect(await found("search=avila")).toEqual([licence]);
    expect(await found("search=lice%20ann")).toEqual([licence]);
    expect(await found("search=bo%20works")).toEqual([support]);
    expect(await found("search=0%25%20ren")).toEqual([licence]);
    expect(await found("search=up")).toEqual([support]);
    expect(await found("search=s_pport")).toEqual([]);
  });

  test.each(["deal_value", "estimatedValue"])("takes its value as %s too", async (field) => {
    const id = await madeDeal({ [field]: 12.5 });
    expect((await caller.get(`/api/crm/deal/${id}`)).body.data).toMatchObject({ value: 12.5 });
  });

  const invalid: [string, object, RegExp][] = [
    ["no title", { title: undefined }, /title is required/],
    ["an empty title", { title: " " }, /title/],
    ["no contact", { contact_id: undefined }, /contact_id is required/],
    ["a contact id that is none", { contact_id: "person_1" }, /contact_id must look like/],
    ["a negative value", { value: -1 }, /value must/],
    ["a value with five decimals", { value: 0.00001 }, /value must/],
    ["a value beyond measure", { value: 1e11 }, /value must/],
    ["a stage nobody knows", { stage: "won" }, /stage must be one of: prospecting, qualification, proposal/],
    ["a probability above 100", { probability: 101 }, /probability/],
    ["a currency that is none", { currency: "DOLLAR" }, /currency/],
    ["a day that is none", { expected_close_date: "2024-02-30" }, /expected close date/],
  ];
  test.each(invalid)("with %s is 400", async (_what, fields, message) => {
    const answer = await caller.post("/api/crm/deals", { contact_id: contactId, title: "Deal", ...fields });
    expect(answer).toMatchObject({ status: 400, body: { status: "error", message: expect.stringMatching(message) } });
  });

  test("of a contact who is not there is 404", async () => {
    const answer = await caller.post("/api/crm/deals", { contact_id: "contact_999999", title: "Deal" });
    expect(answer).toMatchObject({ status: 404, body: { message: "Contact not found" } });
  });
});

describe("a task", () => {
  test("is pending, overdue once its time has passed, and completed once", async () => {
    const late = await madeTask({ due_date: "2024-06-15T14:00:00" });
    expect((await caller.get(`/api/crm/task/${late}`)).body.data).toMatchObject({
      status: "overdue",
      due_date: "2024-06-15T14:00:00Z",
    });
    const early = await madeTask({ due_date: "2099-01-01" });
    expect(fieldIn(await caller.get("/api/crm/tasks?status=overdue"), "id")).toEqual([late]);
    expect(fieldIn(await caller.get("/api/crm/tasks?status=pending"), "id")).toEqual([late, early]);
    expect((await caller.patch(`/api/crm/task/${late}/complete`)).body).toEqual({
      status: "success",
      message: "Task completed successfully",
    });
    const { completedAt } = await getTask(caller.ctx, Number(late.replace("task_", "")));
    expect((await caller.post(`/api/crm/task/${late}/complete`, {})).status).toBe(200);
    expect(await getTask(caller.ctx, Number(late.replace("task_", "")))).toMatchObject({ completedAt });
    expect(fieldIn(await caller.get("/api/crm/tasks?status=completed"), "id")).toEqual([late]);
  });

  test("is edited, also by a client that sends back all it read", async () => {
    const id = await madeTask({ due_date: "2024-06-15T14:00:00Z", priority: "low" });
    const { data } = (await caller.get(`/api/crm/task/${id}`)).body;
    const answer = await caller.put(`/api/crm/task/${id}`, {
      ...objectOf(data),
      priority: "urgent",
      due_date: "2099-01-01T00:00:00+02:00",
    });
    expect(answer.body).toEqual({ status: "success", message: "Task updated successfully" });
    const after = (await caller.get(`/api/crm/task/${id}`)).body.data;
    expect(after).toMatchObject({ priority: "urgent", status: "pending", due_date: "2098-12-31T22:00:00Z" });
    await caller.put(`/api/crm/task/${id}`, { status: "completed" });
    await caller.put(`/api/crm/task/${id}`, { status: "pending" });
    expect((await caller.get(`/api/crm/task/${id}`)).body.data).toMatchObject({ status: "pending" });
  });

  test("that is in progress stays so when it is written as pending", async () => {
    const { id } = await createTask(caller.ctx, { title: "Busy", status: "in_progress", contactId });
    await caller.put(`/api/crm/task/${id}`, { status: "pending" });
    expect(await getTask(caller.ctx, id)).toMatchObject({ status: "in_progress" });
  });

  test("that was missed is overdue, with a due time or without, until it is written as pending", async () => {
    const other = await chatbot.caller();
    const missed = [];
    for (const dueAt of [null, "2099-01-01T00:00:00Z"])
      missed.push((await createTask(other.ctx, { title: "Missed", status: "missed", dueAt })).id);
    const late = await createTask(other.ctx, { title: "Late", dueAt: "2024-01-01T00:00:00Z" });
    const listed = await other.get("/api/crm/tasks?status=overdue");
    expect(fieldIn(listed, "id")).toEqual([late.id, ...missed.toReversed()].map((id) => `task_${id}`));
    expect(fieldIn(listed, "status")).toEqual(["overdue", "overdue", "overdue"]);
    await other.put(`/api/crm/task/${missed[0]}`, { status: "pending" });
    expect(await getTask(other.ctx, missed[0] ?? 0)).toMatchObject({ status: "backlog" });
  });

  test("is found by any part of its texts or of its contact's, in each list's own order", async () => {
    const other = await chatbot.caller();
    const person = await createContact(other.ctx, { name: "Zoë Ávila" });
    const call = await createTask(other.ctx, { title: "Call the notary", dueAt: "2099-02-01T00:00:00Z" });
    const visit = await createTask(other.ctx, { title: "Visit", contactId: person.id, dueAt: "2020-01-01T00:00:00Z" });
    const write = await createTask(other.ctx, { title: "Write", description: "to the Notary", priority: "urgent" });
    const found = async (query: string) => fieldIn(await other.get(`/api/crm/tasks?${query}`), "title");
    expect(await found("search=notar")).toEqual([write.title, call.title]);
    expect(await found("search=notar&status=pending")).toEqual([call.title, write.title]);
    expect(await found("search=notar&priority=urgent")).toEqual([write.title]);
    expect(await found("search=avila&status=overdue")).toEqual([visit.title]);
    expect(await found("search=no&limit=1&offset=1")).toEqual([call.title]);
    for (const status of ["completed", "cancelled"]) expect(await found(`search=notar&status=${status}`)).toEqual([]);
  });

  test("is listed by contact and priority, and may be about nobody", async () => {
    const person = await createContact(caller.ctx, { name: "Busy" });
    const urgent = await madeTask({ contact_id: person.id, priority: "urgent" });
    await madeTask({ contact_id: person.id });
    expect(fieldIn(await caller.get(`/api/crm/contact/${person.id}/tasks?priority=urgent`), "id")).toEqual([urgent]);
    expect(fieldIn(await caller.get(`/api/crm/tasks?contact_id=${person.id}`), "id")).toHaveLength(2);
    const { id } = await createTask(caller.ctx, { title: "Alone" });
    const alone = (await caller.get(`/api/crm/task/${id}`)).body.data;
    expect(alone).toMatchObject({ contact_id: null, contact: { name: null }, deal_id: null, deal: null });
  });

  const invalid: [string, object, RegExp][] = [
    ["no title", { title: undefined }, /title is required/],
    ["nobody it is about", { contact_id: undefined }, /contact_id is required/],
    ["a type nobody knows", { task_type: "call" }, /task_type must be one of: follow_up, meeting/],
    ["a priority nobody knows", { priority: "asap" }, /priority must be one of: urgent, high, medium, low/],
    ["a time that is none", { due_date: "tomorrow" }, /^due_date must/],
    ["a day that is none", { due_date: "2024-02-30T00:00:00Z" }, /^due_date must/],
    ["a day that only leap years have", { due_date: "2023-02-29" }, /^due_date must/],
    ["a deal of somebody else", { deal_id: "x" }, /deal_id must look like/],
  ];
  test.each(invalid)("with %s is 400", async (_what, fields, message) => {
    const answer = await caller.post("/api/crm/tasks", { contact_id: contactId, title: "Task", ...fields });
    expect(answer).toMatchObject({ status: 400, body: { status: "error", message: expect.stringMatching(message) } });
  });

  test("about the deal of another contact is 400", async () => {
    const person = await createContact(caller.ctx, { name: "Other" });
    const answer = await caller.post("/api/crm/tasks", {
      contact_id: contactId,
      title: "T",
      deal_id: await madeDeal({ contact_id: person.id }),
    });
    expect(answer.status).toBe(400);
  });
});

describe("an activity", () => {
  test("of a type that the document lacks is a meeting, or left out where it is a note", async () => {
    const person = await createContact(caller.ctx, { name: "Visited" });
    for (const activityType of ["visit", "note", "call"] as const)
      await logActivity(caller.ctx, { contactId: person.id, activityType, title: `A ${activityType}` });
    const listed = (query: string) => caller.get(`/api/crm/contact/${person.id}/activities${query}`);
    expect(fieldIn(await listed(""), "activity_type")).toEqual(["call", "meeting"]);
    expect(fieldIn(await listed("?search=VISI"), "title")).toEqual(["A visit"]);
  });

  test.each([null, 0, 45, 0.5, 7.25, 33.333])("keeps a duration of %s minutes exactly", async (duration) => {
    const person = await createContact(caller.ctx, { name: "Called" });
    const body = { contact_id: person.id, activity_type: "call", title: "Call", duration_minutes: duration };
    expect((await caller.post("/api/crm/activity", body)).status).toBe(201);
    const listed = await caller.get(`/api/crm/contact/${person.id}/activities`);
    expect(fieldIn(listed, "duration_minutes")).toEqual([duration]);
    expect((await getContact(caller.ctx, person.id)).lastContactedAt).not.toBeNull();
  });

  const invalid: [string, object, RegExp][] = [
    ["no contact", { contact_id: undefined }, /contact_id is required/],
    ["no type", { activity_type: undefined }, /activity_type is required/],
    [
      "a type nobody knows",
      { activity_type: "fax" },
      /activity_type must be one of: call, email, meeting, whatsapp, demo, proposal/,
    ],
    [
      "an outcome nobody knows",
      { outcome: "great" },
      /outcome must be one of: positive, neutral, negative, scheduled, sent/,
    ],
    ["a negative duration", { duration_minutes: -1 }, /duration/],
    ["a duration as text", { duration_minutes: "long" }, /duration_minutes must be number/],
    ["no title", { title: undefined }, /title is required/],
  ];
  test.each(invalid)("with %s is 400", async (_what, fields, message) => {
    const answer = await caller.post("/api/crm/activity", {
      contact_id: contactId,
      activity_type: "call",
      title: "Call",
      ...fields,
    });
    expect(answer).toMatchObject({ status: 400, body: { status: "error", message: expect.stringMatching(message) } });
  });
});
