import { describe, expect, test } from "vitest";
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
