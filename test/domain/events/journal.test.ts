import { describe, expect, test } from "vitest";
import { createUser } from "../../../server/domain/accounts/create-user.ts";
import { createDeal } from "../../../server/domain/deals/create-deal.ts";
import { updateDeal } from "../../../server/domain/deals/update-deal.ts";
import { changedFields } from "../../../server/domain/events/changed-fields.ts";
import { listEvents } from "../../../server/domain/events/list-events.ts";
import { listTimeline } from "../../../server/domain/events/list-timeline.ts";
import { createTask } from "../../../server/domain/tasks/create-task.ts";
import { memberOf, personIn } from "../../factories/people.ts";
import { testDatabase } from "../../harness/test-database.ts";

const { db, ctx, createCompany } = await testDatabase();

async function history() {
  const companyId = await createCompany();
  const userId = await memberOf(db, companyId, "manager");
  const company = ctx(companyId, { kind: "user", userId, role: "manager" });
  const contactId = await personIn(db, companyId);
  const deal = await createDeal(company, { contactId, title: "a" });
  await updateDeal(company, deal.id, { stage: "proposal" });
  await createTask(company, { contactId, title: "b" });
  await createTask(company, { title: "nobody's" });
  return { company, contactId, deal, userId };
}

describe("a person's timeline", () => {
  test("gives what happened with them, newest first, with who did it", async () => {
    const { company, contactId, userId } = await history();
    const { items } = await listTimeline(company, contactId, { limit: 10 });
    expect(items.map((event) => event.type)).toEqual(["task.created", "deal.stage_changed", "deal.created"]);
    expect(items[1]).toMatchObject({
      actorKind: "user",
      actorId: userId,
      actorName: "Mia Test",
      before: { stage: "prospecting" },
      after: { stage: "proposal" },
    });
  });

  test("names who has no name by their address", async () => {
    const own = ctx(await createCompany());
    const { id: userId, email } = await createUser(own, { email: "nameless@example.test", role: "manager" });
    const contactId = await personIn(db, own.companyId);
    await createTask(ctx(own.companyId, { kind: "user", userId, role: "manager" }), { contactId, title: "b" });
    const { items } = await listTimeline(own, contactId, { limit: 10 });
    expect(items).toMatchObject([{ type: "task.created", actorId: userId, actorName: email }]);
  });

  test("pages, and keeps to the types asked for", async () => {
    const { company, contactId } = await history();
    const first = await listTimeline(company, contactId, { limit: 2 });
    const cursor = first.next ?? { at: "", id: 0 };
    const second = await listTimeline(company, contactId, { limit: 2, cursor });
    expect(second).toMatchObject({ items: [{ type: "deal.created" }], next: null });
    const { items } = await listTimeline(company, contactId, { limit: 10, types: ["task.created", "note.created"] });
    expect(items.map((event) => event.type)).toEqual(["task.created"]);
  });

  test("is not shown to another company", async () => {
    const { contactId } = await history();
    const stranger = ctx(await createCompany());
    await expect(listTimeline(stranger, contactId, { limit: 10 })).rejects.toMatchObject({
      refusal: { kind: "not_found" },
    });
  });
});

describe("the journal", () => {
  test("gives everything of the company, last first, or one record's history", async () => {
    const { company, deal } = await history();
    const first = await listEvents(company, { limit: 3 });
    expect(first.items.map((event) => event.type)).toEqual(["task.created", "task.created", "deal.stage_changed"]);
    const second = await listEvents(company, { limit: 3, ...(first.next === null ? {} : { cursor: first.next }) });
    expect(second.items.map((event) => event.type)).toEqual(["deal.created", "company.created"]);
    const ofDeal = await listEvents(company, { limit: 10, subject: { kind: "deal", id: deal.id } });
    expect(ofDeal.items.map((event) => event.type)).toEqual(["deal.stage_changed", "deal.created"]);
    expect((await listEvents(company, { limit: 10, types: ["company.created"] })).items).toHaveLength(1);
  });
});

describe("the changed fields", () => {
  test("are those that differ, nested ones too", () => {
    expect(changedFields({ a: 1, b: { c: 1 }, d: null }, { a: 1, b: { c: 2 }, d: null })).toEqual({
      before: { b: { c: 1 } },
      after: { b: { c: 2 } },
    });
    expect(changedFields({ a: [1] }, { a: [1] })).toBeNull();
  });
});
