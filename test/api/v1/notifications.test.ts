import { describe, expect, test } from "vitest";
import { createSession } from "../../../server/domain/accounts/session.ts";
import { enterCompany } from "../../../server/domain/accounts/signed-in.ts";
import { recordEvent } from "../../../server/domain/events/record-event.ts";
import { notifyTeamOfMany } from "../../../server/domain/notifications/notify-team.ts";
import { tellNotifications } from "../../../server/domain/notifications/tell-notifications.ts";
import { pushBrowser } from "../../fakes/push-browser.ts";
import { type LiveStream, openLiveStream } from "./live-stream.ts";
import { v1App } from "./v1-app.ts";

const { app, db, ctx, createCompany, browser, caller } = await v1App();
const address = await app.listen({ port: 0, host: "127.0.0.1" });

async function office() {
  const companyId = await createCompany();
  const mine = await browser(companyId, "salesperson");
  const other = await browser(companyId, "admin");
  const notify = (title: string, userId = mine.userId) =>
    ctx(companyId).transact((tx) =>
      notifyTeamOfMany(tx, [
        {
          kind: "lead.assigned",
          title,
          dedupeKey: title,
          userId,
          subject: { kind: "lead", id: 7 },
          happensAt: "2026-11-21T10:00:00Z",
        },
      ]),
    );
  return { companyId, mine, other, notify };
}

describe("one's own notifications", () => {
  test("are listed by pages, counted, and read by their reader alone", async () => {
    const { mine, other, notify } = await office();
    for (const title of ["one", "two", "three"]) await notify(title);
    const page = (await mine.get("/v1/notifications?limit=2")).json();
    expect(page).toMatchObject({
      unread_count: 3,
      data: [
        { title: "three", kind: "lead.assigned", subject: { kind: "lead", id: 7 }, happens_at: "2026-11-21T10:00:00Z" },
        { title: "two" },
      ],
    });
    expect((await mine.get(`/v1/notifications?limit=2&cursor=${page.next_cursor}`)).json().data).toMatchObject([
      { title: "one" },
    ]);
    const id = page.data[0].id;
    expect((await other.get("/v1/notifications")).json()).toMatchObject({ data: [], unread_count: 0 });
    expect((await other.post(`/v1/notifications/${id}/read`)).statusCode).toBe(404);
    expect((await mine.post(`/v1/notifications/${id}/read`)).statusCode).toBe(204);
    await other.post("/v1/notifications/read-all");
    expect((await mine.get("/v1/notifications/unread-count")).json()).toEqual({ unread_count: 2 });
    await mine.post("/v1/notifications/read-all");
    expect((await mine.get("/v1/notifications/unread-count")).json()).toEqual({ unread_count: 0 });
  });

  test("are told live to their reader and to nobody else, admins and keys included", async () => {
    const { companyId, mine, other, notify } = await office();
    const admin = await caller("admin", companyId, ["read"]);
    expect((await admin.get("/v1/notifications")).json()).toMatchObject({ data: [] });
    const streams = [await listenAs(companyId, mine.userId), await listenAs(companyId, other.userId)];
    for (const stream of streams) await expect.poll(() => stream.lastId()).not.toBe("");
    await notify("For one");
    await tellNotifications(db, new Date(), 100);
    await ctx(companyId).transact((tx) =>
      recordEvent(tx, { type: "note.created", subject: { kind: "note", id: 1 }, data: {} }),
    );
    const [reader, stranger] = await Promise.all(streams.map((stream) => untilNote(stream)));
    expect(reader).toEqual(["notification.created", "note.created"]);
    expect(stranger).toEqual(["note.created"]);
    for (const stream of streams) stream.close();
    const listed = (await other.get("/v1/events?limit=100")).json().data.map((event: { type: string }) => event.type);
    expect(listed).not.toContain("notification.created");
  });
});

describe("preferences", () => {
  test("say what is usual until somebody changes them, and are one's own", async () => {
    const { mine, other, notify } = await office();
    const usual = (await mine.get("/v1/me/notification-preferences")).json();
    expect(usual).toMatchObject({
      time_zone: null,
      effective_time_zone: "UTC",
      quiet_from: null,
      digest_at: "08:00",
      version: 0,
    });
    expect(usual.kinds).toContainEqual({
      kind: "lead.assigned",
      group: "Leads",
      label: "A lead was assigned to you",
      in_app: true,
      email: "digest",
      push: true,
    });
    const changed = await mine.patch("/v1/me/notification-preferences", {
      time_zone: "Europe/Berlin",
      quiet_from: "22:00",
      quiet_until: "07:00",
      digest_at: "07:30",
      kinds: [{ kind: "lead.assigned", in_app: false, email: "off" }],
    });
    expect(changed.json()).toMatchObject({
      effective_time_zone: "Europe/Berlin",
      quiet_from: "22:00",
      quiet_until: "07:00",
      digest_at: "07:30",
      version: 1,
    });
    await notify("Silent");
    expect((await mine.get("/v1/notifications")).json()).toMatchObject({ data: [], unread_count: 0 });
    expect((await other.get("/v1/me/notification-preferences")).json()).toEqual(usual);
    const cleared = await mine.patch("/v1/me/notification-preferences", { quiet_from: null, quiet_until: null });
    expect(cleared.json()).toMatchObject({ quiet_from: null, time_zone: "Europe/Berlin", version: 2 });
  });

  test("refuse what cannot be, and edits of what has changed", async () => {
    const { mine, companyId } = await office();
    const bad = [
      { quiet_from: "25:00", quiet_until: "07:00" },
      { quiet_from: "22:00" },
      { time_zone: "Mars/Olympus" },
      { digest_at: "noon" },
      { kinds: [{ kind: "nothing.known", push: true }] },
      { kinds: [{ kind: "task.due", email: "hourly" }] },
    ];
    for (const body of bad)
      expect((await mine.patch("/v1/me/notification-preferences", body)).statusCode, JSON.stringify(body)).toBe(400);
    const stale = await mine.patch("/v1/me/notification-preferences", { digest_at: "09:00" }, { "if-match": '"v7"' });
    expect(stale.statusCode).toBe(412);
    const key = await caller("admin", companyId);
    expect((await key.get("/v1/me/notification-preferences")).statusCode).toBe(403);
  });
});

describe("push", () => {
  test("subscriptions are made and ended; the key is public; addresses inside are refused", async () => {
    const { mine } = await office();
    const { keys } = pushBrowser();
    const endpoint = "https://push.example.com/abc";
    expect((await mine.get("/v1/me/push-key")).json().public_key).toMatch(/^[\w-]{87}$/);
    const made = await mine.post("/v1/me/push-subscriptions", { endpoint, keys });
    expect(made.statusCode).toBe(201);
    expect((await mine.post("/v1/me/push-subscriptions", { endpoint, keys })).json()).toEqual(made.json());
    for (const inside of [
      "http://127.0.0.1/x",
      "https://localhost/x",
      "http://169.254.169.254/x",
      "file:///etc/passwd",
    ])
      expect((await mine.post("/v1/me/push-subscriptions", { endpoint: inside, keys })).statusCode).toBe(400);
    const broken = { endpoint, keys: { ...keys, p256dh: "AAAA" } };
    expect((await mine.post("/v1/me/push-subscriptions", broken)).statusCode).toBe(400);
    const ended = await mine.raw("DELETE", "/v1/me/push-subscriptions", JSON.stringify({ endpoint }));
    expect(ended.statusCode).toBe(204);
  });
});

async function listenAs(companyId: number, userId: number): Promise<LiveStream> {
  const signedIn = await ctx(companyId).transact((tx) => enterCompany(tx, userId, "link"));
  const token = await createSession({ db, now: () => new Date() }, signedIn, "test");
  return openLiveStream(`${address}/v1/live`, { cookie: `sid=${token}` });
}

/** The types of the notifications that came before a note, and the note; other news is none of this test's. */
async function untilNote(stream: LiveStream): Promise<string[]> {
  const types: string[] = [];
  while (types.at(-1) !== "note.created") {
    const { event } = await stream.next();
    if (event === "note.created" || event.startsWith("notification.")) types.push(event);
  }
  return types;
}
