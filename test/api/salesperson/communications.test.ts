import { describe, expect, test } from "vitest";
import { personIn } from "../../factories/people.ts";
import { textBody } from "../../factories/whatsapp-body.ts";
import { rows } from "../../harness/rows.ts";
import { testApp } from "../../harness/test-app.ts";
import { salespersonCaller } from "./salesperson-caller.ts";

const app = await testApp();

async function somebody() {
  const me = await salespersonCaller(app);
  return { me, id: String(await personIn(app.db, me.companyId)) };
}

describe("communications", () => {
  test("are planned, moved, completed and cancelled", async () => {
    const { me, id } = await somebody();
    const plan = { customerId: id, type: "meeting", status: "scheduled", scheduledAt: "2999-01-01T10:00:00Z" };
    const meeting = (await me.post("/crm/communications", plan)).body;
    expect(meeting).toMatchObject({ ...plan, subject: "Meeting", direction: "outgoing" });
    const url = `/crm/communications/${meeting.id}`;
    expect((await me.patch(url, { scheduledAt: "2999-02-01T10:00:00Z" })).body.scheduledAt).toBe(
      "2999-02-01T10:00:00Z",
    );
    expect((await me.put(url, { status: "completed", durationSeconds: 1800 })).body).toMatchObject({
      status: "completed",
      durationSeconds: 1800,
    });
    expect((await me.patch(url, { status: "cancelled" })).body.status).toBe("cancelled");
  });

  test("are listed newest first by type and by days, the last one included", async () => {
    const { me, id } = await somebody();
    for (const [type, day] of [
      ["call", "01"],
      ["email", "02"],
      ["note", "03"],
    ])
      await me.post("/crm/communications", {
        customerId: id,
        type,
        subject: day,
        occurredAt: `2026-02-${day}T23:30:00Z`,
      });
    const list = async (query = "") =>
      (await me.get(`/crm/customers/${id}/communications${query}`)).body.map((one: { subject: string }) => one.subject);
    expect(await list()).toEqual(["03", "02", "01"]);
    expect(await list("?type=call")).toEqual(["01"]);
    expect(await list("?startDate=2026-02-02&endDate=2026-02-02")).toEqual(["02"]);
    expect(await list("?endDate=2026-02-02T23:29:59Z")).toEqual(["01"]);
    expect(await list("?limit=1&page=2")).toEqual(["02"]);
  });

  test("of a note give back what it says, with or without a subject", async () => {
    const { me, id } = await somebody();
    const note = { customerId: id, type: "note" };
    const bare = await me.post("/crm/communications", { ...note, notes: "Likes tea" });
    expect([bare.status, bare.body]).toMatchObject([201, { subject: "Likes tea", notes: "Likes tea" }]);
    await me.post("/crm/communications", { ...note, subject: "Drinks", notes: "Likes tea" });
    expect((await me.get(`/crm/customers/${id}/communications`)).body).toMatchObject([
      { subject: "Drinks", notes: "Likes tea" },
      { subject: "Likes tea", notes: "Likes tea" },
    ]);
  });

  test("that were missed by their direction or by their status were missed by both", async () => {
    const { me, id } = await somebody();
    for (const said of [{ direction: "missed" }, { status: "missed" }])
      expect((await me.post("/crm/communications", { customerId: id, type: "call", ...said })).body).toMatchObject({
        direction: "missed",
        status: "missed",
      });
    expect((await me.get("/crm/analytics/salesperson")).body.communications).toMatchObject({
      calls: 2,
      missedCalls: 2,
    });
  });

  test("and tags say at once who wrote them, by the mail address where no name is known", async () => {
    const { me, id } = await somebody();
    await rows(app.db, `update users set first_name = '', last_name = '' where id = ${me.userId} returning id`);
    const { email } = (await me.get("/auth/me")).body.user;
    expect((await me.post("/crm/communications", { customerId: id, type: "call" })).body.salespersonName).toBe(email);
    expect((await me.post(`/crm/customers/${id}/tags`, { tagId: "VIP" })).body.addedByName).toBe(email);
    expect((await me.get("/crm/tags/VIP/customers")).body[0].tag.addedByName).toBe(email);
  });

  test("show the messages of the person's conversations", async () => {
    const me = await salespersonCaller(app, "admin", app.companyId);
    await app.receive(textBody({ text: "Hello there", phoneNumberId: `sim-${app.companyId}` }));
    const [person] = await rows(app.db, `select id from contacts where company_id = ${app.companyId}`);
    expect((await me.get(`/crm/customers/${Number(person?.id)}/communications?type=whatsapp`)).body).toMatchObject([
      { id: expect.stringMatching(/^message_\d+$/), type: "whatsapp", direction: "incoming", notes: "Hello there" },
    ]);
  });
});

test("a tag that many take off at once is taken off by one of them", async () => {
  const { me, id } = await somebody();
  const tag = (await me.post(`/crm/customers/${id}/tags`, { tagId: "VIP" })).body;
  const answers = await Promise.all(Array.from({ length: 8 }, () => me.delete(`/crm/customer-tags/${tag.id}`)));
  expect(answers.map(({ status }) => status).toSorted((one, other) => one - other)).toEqual([
    200,
    ...Array(7).fill(404),
  ]);
});
