import { describe, expect, test } from "vitest";
import { notifyTeam } from "../../../server/domain/notifications/notify-team.ts";
import { personIn } from "../../factories/people.ts";
import { v1App } from "./v1-app.ts";

const { db, ctx, browser, createCompany } = await v1App();

describe("somebody at a browser", () => {
  test("reads and quiets their own notifications", async () => {
    const companyId = await createCompany();
    const boss = await browser(companyId, "manager");
    const other = await browser(companyId, "admin");
    for (const title of ["1", "2", "3"]) {
      await ctx(companyId).transact((tx) => notifyTeam(tx, { kind: "lead.created", title, dedupeKey: title }));
    }
    const first = (await boss.get("/v1/notifications?limit=2")).json();
    expect(first).toMatchObject({ data: [{ title: "3", read_at: null }, { title: "2" }], unread_count: 3 });
    const second = (await boss.get(`/v1/notifications?limit=2&cursor=${first.next_cursor}`)).json();
    expect(second).toMatchObject({ data: [{ title: "1" }], next_cursor: null });
    expect((await boss.post(`/v1/notifications/${first.data[0].id}/read`)).statusCode).toBe(204);
    expect((await other.post(`/v1/notifications/${first.data[0].id}/read`)).statusCode).toBe(404);
    expect((await boss.get("/v1/notifications?unread=true")).json().data).toHaveLength(2);
    await boss.post("/v1/notifications/read-all");
    expect((await boss.get("/v1/notifications")).json().unread_count).toBe(0);
    expect((await other.get("/v1/notifications")).json().unread_count).toBe(3);
  });

  test("stands in the journal by name", async () => {
    const companyId = await createCompany();
    const seller = await browser(companyId, "salesperson");
    const contact_id = await personIn(db, companyId);
    const note = (await seller.post("/v1/notes", { contact_id, body: "Called" })).json();
    expect(note.user_id).toBe(seller.userId);
    const [event] = (await seller.get(`/v1/contacts/${contact_id}/timeline`)).json().data;
    expect(event).toMatchObject({ type: "note.created", actor: { kind: "user", id: seller.userId, name: "Mia Test" } });
  });

  test("can own and be given work, others outside the company cannot", async () => {
    const companyId = await createCompany();
    const seller = await browser(companyId, "salesperson");
    const stranger = await browser(await createCompany(), "salesperson");
    const contact_id = await personIn(db, companyId);
    const deal = await seller.post("/v1/deals", { contact_id, title: "a", owner_user_id: seller.userId });
    expect(deal.json().owner_user_id).toBe(seller.userId);
    const task = await seller.post("/v1/tasks", { title: "b", assignee_user_id: seller.userId });
    expect((await seller.get(`/v1/tasks?assignee_user_id=${seller.userId}`)).json().data).toMatchObject([
      { id: task.json().id },
    ]);
    const refused = await seller.patch(`/v1/tasks/${task.json().id}`, { assignee_user_id: stranger.userId });
    expect([refused.statusCode, refused.json().errors[0].pointer]).toEqual([400, "#/assignee_user_id"]);
  });

  test("is not driven by a page of another site", async () => {
    const companyId = await createCompany();
    const seller = await browser(companyId, "salesperson");
    const answer = await seller.post("/v1/tasks", { title: "a" }, { "sec-fetch-site": "cross-site" });
    expect(answer.statusCode).toBe(403);
    expect((await seller.get("/v1/tasks")).json().data).toEqual([]);
  });
});
