import { sql } from "kysely";
import { afterAll, describe, expect, test } from "vitest";
import { connect } from "../../../server/db/connect.ts";
import { prepared } from "../../../server/db/prepared.ts";
import { createApiKey } from "../../../server/domain/accounts/create-api-key.ts";
import { removeMember } from "../../../server/domain/accounts/remove-member.ts";
import { revokeApiKey } from "../../../server/domain/accounts/revoke-api-key.ts";
import { createSession, endSession } from "../../../server/domain/accounts/session.ts";
import { enterCompany } from "../../../server/domain/accounts/signed-in.ts";
import { createCtx } from "../../../server/domain/context.ts";
import { recordEvent, recordEvents } from "../../../server/domain/events/record-event.ts";
import { memberOf } from "../../factories/people.ts";
import { type LiveEvent, type LiveStream, openLiveStream } from "./live-stream.ts";
import { v1App } from "./v1-app.ts";

const { app, db, ctx, createCompany } = await v1App();
const address = await app.listen({ port: 0, host: "127.0.0.1" });
const streams: LiveStream[] = [];
afterAll(() => {
  for (const stream of streams) stream.close();
});

async function keyOf(companyId: number) {
  const { apiKey, key } = await createApiKey(ctx(companyId), { name: "live", role: "manager", scopes: ["read"] });
  return { id: apiKey.id, headers: { authorization: `Bearer ${key}` } };
}

async function listenAs(headers: Record<string, string>, query = ""): Promise<LiveStream> {
  const stream = await openLiveStream(`${address}/v1/live${query}`, headers);
  streams.push(stream);
  return stream;
}

/**
 * The next event about a note, or a reset. A transaction of another test file can hold the horizon back, and then the making of the
 * key that listens is told too.
 */
async function nextNote(stream: LiveStream): Promise<LiveEvent> {
  for (;;) {
    const event = await stream.next();
    if (event.event === "note.created" || event.event === "reset") return event;
  }
}

/** Listens and has been greeted: from here on nothing is missed. */
async function greeted(headers: Record<string, string>, query = ""): Promise<LiveStream> {
  const stream = await listenAs(headers, query);
  await expect.poll(() => stream.lastId()).not.toBe("");
  return stream;
}

async function note(companyId: number, subject: number, data = {}): Promise<void> {
  await ctx(companyId).transact((tx) =>
    recordEvent(tx, { type: "note.created", subject: { kind: "note", id: subject }, data }),
  );
}

describe("a live stream", () => {
  test("tells what happens in the company, and nothing of another", async () => {
    const [companyId, other] = [await createCompany(), await createCompany()];
    const { headers } = await keyOf(companyId);
    const stream = await greeted(headers);
    expect(stream.headers).toMatchObject({
      "content-type": "text/event-stream; charset=utf-8",
      "x-accel-buffering": "no",
      "cache-control": "no-store, no-transform",
      ratelimit: expect.any(String),
      "x-request-id": expect.any(String),
    });
    await note(other, 1);
    await note(companyId, 7, { words: "Grüße\n\nzwei" });
    const event = await nextNote(stream);
    expect(event).toMatchObject({
      event: "note.created",
      data: { type: "note.created", subject: { kind: "note", id: 7 }, data: { words: "Grüße\n\nzwei" } },
    });
    expect(event.id).toMatch(/^\d+\.\d+$/);
    const listed = (await app.inject({ url: "/v1/events?types=note.created", headers })).json();
    expect(listed.data[0]).toEqual(event.data);
  });

  test("tells each role what it may see, live and of what was missed", async () => {
    const companyId = await createCompany();
    const { headers } = await keyOf(companyId);
    const start = (await greeted(headers)).lastId();
    const { key } = await createApiKey(ctx(companyId), { name: "s", role: "salesperson", scopes: ["read"] });
    const asSeller = { authorization: `Bearer ${key}` };
    const live = await greeted(asSeller);
    const hidden = ["api_key.revoked", "webhook.created", "user.invited", "settings.updated"];
    await ctx(companyId).transact((tx) =>
      recordEvents(
        tx,
        hidden.map((type) => ({ type, subject: { kind: "company", id: companyId } })),
      ),
    );
    await note(companyId, 1);
    expect(await live.next()).toMatchObject({ event: "note.created" });
    const missed = await listenAs({ ...asSeller, "last-event-id": start });
    expect(await missed.next()).toMatchObject({ event: "note.created" });
  });

  test("begins where Last-Event-ID says, with each event once and in order", async () => {
    const companyId = await createCompany();
    const { headers } = await keyOf(companyId);
    const first = await greeted(headers);
    await note(companyId, 1);
    const { id } = await nextNote(first);
    first.close();
    for (let subject = 2; subject <= 450; subject += 1) await note(companyId, subject);
    const again = await listenAs({ ...headers, "last-event-id": id });
    await note(companyId, 451);
    const seen: unknown[] = [];
    for (let count = 2; count <= 451; count += 1) seen.push((await nextNote(again)).data);
    expect(seen.map((data) => Reflect.get(Object(Reflect.get(Object(data), "subject")), "id"))).toEqual(
      Array.from({ length: 450 }, (_, at) => at + 2),
    );
    const byQuery = await listenAs(headers, `?last_event_id=${again.lastId()}`);
    await note(companyId, 452);
    expect(await nextNote(byQuery)).toMatchObject({ data: { subject: { id: 452 } } });
  });

  test.each(["0.0", "18000000000000000000.1", "nonsense", "1.2.3", "-1.-1"])(
    "asks a reader who comes with %s to load anew",
    async (lastEventId) => {
      const companyId = await createCompany();
      const { headers } = await keyOf(companyId);
      // Older than a day, so that the beginning of the journal is too far.
      await db.run(age({}));
      const stream = await listenAs({ ...headers, "last-event-id": lastEventId });
      const reset = await nextNote(stream);
      expect(reset).toMatchObject({ event: "reset", data: { reason: "too_much_missed" } });
      await note(companyId, 3);
      expect(await nextNote(stream)).toMatchObject({ data: { subject: { id: 3 } } });
    },
  );

  test("keeps the order when an older transaction commits after a younger one", async () => {
    const companyId = await createCompany();
    const { headers } = await keyOf(companyId);
    const stream = await greeted(headers);
    const { promise: letGo, resolve: release } = Promise.withResolvers<void>();
    const { promise: written, resolve: wrote } = Promise.withResolvers<void>();
    const older = ctx(companyId).transact(async (tx) => {
      await recordEvent(tx, { type: "note.created", subject: { kind: "note", id: 1 } });
      // Events are sent without waiting; an answer to a later statement says that they have arrived.
      await tx.tx.first(answered({}));
      wrote();
      await letGo;
    });
    await written;
    await note(companyId, 2);
    release();
    await older;
    const ids = [await nextNote(stream), await nextNote(stream)].map(({ data }) => data);
    expect(ids).toMatchObject([{ subject: { id: 1 } }, { subject: { id: 2 } }]);
  });

  test("hears of what another process commits", async () => {
    const companyId = await createCompany();
    const { headers } = await keyOf(companyId);
    const stream = await greeted(headers);
    const elsewhere = connect(db.address);
    try {
      await createCtx({ db: elsewhere, companyId, actor: { kind: "system" } }).transact((tx) =>
        recordEvent(tx, { type: "note.created", subject: { kind: "note", id: 9 } }),
      );
      expect(await nextNote(stream)).toMatchObject({ data: { subject: { id: 9 } } });
    } finally {
      await elsewhere.close();
    }
  });
});

describe("who may listen", () => {
  test("is asked for at the door", async () => {
    const stream = await listenAs({});
    expect(stream.status).toBe(401);
  });

  test("a browser does until its session ends", async () => {
    const companyId = await createCompany();
    const userId = await memberOf(db, companyId, "salesperson");
    const signedIn = await ctx(companyId).transact((tx) => enterCompany(tx, userId, "link"));
    const instance = { db, now: () => new Date() };
    const token = await createSession(instance, signedIn, "test");
    const stream = await greeted({ cookie: `sid=${token}` });
    await endSession(instance, token);
    await stream.ended;
  });

  test("a person does until they leave the company", async () => {
    const companyId = await createCompany();
    const userId = await memberOf(db, companyId, "salesperson");
    const signedIn = await ctx(companyId).transact((tx) => enterCompany(tx, userId, "link"));
    const token = await createSession({ db, now: () => new Date() }, signedIn, "test");
    const stream = await greeted({ cookie: `sid=${token}` });
    await removeMember(ctx(companyId), userId);
    await stream.ended;
  });

  test("a key does until it is revoked", async () => {
    const companyId = await createCompany();
    const { id, headers } = await keyOf(companyId);
    const stream = await greeted(headers);
    await revokeApiKey(ctx(companyId), id);
    await stream.ended;
  });
});

describe("a stopping server", () => {
  test("ends the streams and is not held up by them", async () => {
    const companyId = await createCompany();
    const { headers } = await keyOf(companyId);
    const stream = await greeted(headers);
    await app.close();
    await stream.ended;
  });
});

const age = prepared<object>()(() => sql`update events set created_at = '2026-01-01T00:00:00Z'`);

const answered = prepared<object>()(() => sql`select 1 as one`);
