import { afterAll, describe, expect, test } from "vitest";
import type { Viewer } from "../../../server/domain/events/may-see.ts";
import { recordEvents } from "../../../server/domain/events/record-event.ts";
import { LiveHub, type LiveHubOptions } from "../../../server/domain/live/live-hub.ts";
import type { LiveSink } from "../../../server/domain/live/live-sink.ts";
import { everyone } from "../../../server/domain/reach/reach.ts";
import { testDatabase } from "../../harness/test-database.ts";

const { db, ctx, createCompany } = await testDatabase();
const hubs: LiveHub[] = [];
afterAll(async () => {
  for (const hub of hubs) await hub.close();
});

function hubWith(options: Partial<LiveHubOptions> = {}): LiveHub {
  const hub = new LiveHub({
    db,
    present: ({ subjectId }) => ({ subjectId }),
    onError: (error) => {
      throw error;
    },
    ...options,
  });
  hubs.push(hub);
  return hub;
}

/** A connection whose other side takes everything, or nothing. */
function fakeSink(reads: boolean) {
  let text = "";
  let ended = false;
  let close = () => {};
  const sink: LiveSink = {
    write: (bytes) => {
      text += bytes.toString("utf8");
    },
    backlogBytes: () => (reads ? 0 : text.length),
    drained: async () => {},
    end: () => {
      ended = true;
      close();
    },
    onClose: (listener) => {
      close = listener;
    },
  };
  return { sink, text: () => text, ended: () => ended };
}

async function enter(hub: LiveHub, companyId: number, reads: boolean, lastEventId?: string) {
  const viewer: Viewer = { companyId, role: "manager", actor: { kind: "system" }, reach: everyone };
  await hub.requireRoom(companyId);
  const fake = fakeSink(reads);
  hub.listen({ viewer, sink: fake.sink, lastEventId, stillAdmitted: () => viewer });
  await expect.poll(fake.text).not.toBe("");
  return fake;
}

async function notes(companyId: number, many: number, words = ""): Promise<void> {
  const events = Array.from({ length: many }, (_, at) => ({
    type: "note.created",
    subject: { kind: "note", id: at + 1 } as const,
    data: { words },
  }));
  await ctx(companyId).transact((tx) => recordEvents(tx, events));
}

describe("a reader who stops reading", () => {
  test("is cut off when a bound is reached, and the others are not held up", async () => {
    const hub = hubWith({ present: ({ data }) => ({ data }) });
    const companyId = await createCompany();
    const slow = await enter(hub, companyId, false);
    const quick = await enter(hub, companyId, true);
    for (let round = 0; round < 4; round += 1) {
      await notes(companyId, 1, "x".repeat(100_000));
      await expect.poll(() => quick.text().split("event: note").length - 1).toBe(round + 1);
    }
    expect(slow.ended()).toBe(true);
    expect(slow.text().length).toBeLessThan(500_000);
    expect(quick.ended()).toBe(false);
    expect(hub.listeners()).toBe(1);
  });

  test("is cut off after two heartbeats that it did not take", async () => {
    const hub = hubWith({ heartbeatMs: 20 });
    const slow = await enter(hub, await createCompany(), false);
    await expect.poll(slow.ended).toBe(true);
  });
});

describe("a reader who comes back", () => {
  test("is told to load anew when too much was missed", async () => {
    const hub = hubWith({ limits: { walkedLines: 50, events: 15, ageMs: 86_400_000 } });
    const companyId = await createCompany();
    const first = await enter(hub, companyId, true);
    const [, id = ""] = /id: (\S+)/.exec(first.text()) ?? [];
    await notes(companyId, 10);
    expect((await enter(hub, companyId, true, id)).text()).not.toContain("event: reset");
    await notes(companyId, 10);
    await expect.poll(async () => (await enter(hub, companyId, true, id)).text()).toContain("event: reset");
    // Another company's noise lies between, more than is walked over.
    const quiet = await createCompany();
    const reader = await enter(hub, quiet, true);
    const [, start = ""] = /id: (\S+)/.exec(reader.text()) ?? [];
    await notes(companyId, 51);
    await expect.poll(async () => (await enter(hub, quiet, true, start)).text()).toContain("event: reset");
  });

  test("is carried along by heartbeats while their own company is quiet", async () => {
    const hub = hubWith({ heartbeatMs: 20 });
    const [quiet, busy] = [await createCompany(), await createCompany()];
    const reader = await enter(hub, quiet, true);
    const firstId = /id: (\d+)\./.exec(reader.text())?.[1];
    await notes(busy, 3);
    const lastId = () => [...reader.text().matchAll(/heartbeat\nretry: \d+\nid: (\d+)\.0\n\n/g)].at(-1)?.[1];
    await expect.poll(() => BigInt(lastId() ?? 0) > BigInt(firstId ?? 0)).toBe(true);
    expect(reader.text()).not.toContain("event: note");
  });
});

describe("a company", () => {
  test("has a bounded number of listeners", async () => {
    const hub = hubWith({ listenersPerCompany: 2 });
    const companyId = await createCompany();
    await enter(hub, companyId, true);
    await enter(hub, companyId, true);
    await expect(hub.requireRoom(companyId)).rejects.toMatchObject({
      refusal: { kind: "rate_limited", retryAfterSeconds: 30 },
    });
    await hub.requireRoom(await createCompany());
  });

  test("loses no event to listeners of others who were there before", async () => {
    const hub = hubWith();
    const companies = await Promise.all(Array.from({ length: 10 }, () => createCompany()));
    const readers = await Promise.all(
      companies.map(async (companyId) => {
        const reader = await enter(hub, companyId, true);
        await Promise.all(companies.map((other) => notes(other, 1)));
        await notes(companyId, 2);
        return reader;
      }),
    );
    for (const reader of readers) await expect.poll(() => reader.text().includes('data: {"subjectId":2}')).toBe(true);
    for (const reader of readers) {
      const ids = [...reader.text().matchAll(/^id: (\d+\.\d+)\nevent/gm)].map(([, id]) => id);
      expect(new Set(ids).size).toBe(ids.length);
    }
  });
});

describe("a right that another process took away", () => {
  test("ends the stream at the next check; so does another role", async () => {
    const hub = hubWith({ recheckMs: 10 });
    const companyId = await createCompany();
    const viewer: Viewer = { companyId, role: "manager", actor: { kind: "system" }, reach: everyone };
    const outcomes: (Viewer | undefined)[] = [undefined, { ...viewer, role: "salesperson" }];
    for (const outcome of outcomes) {
      await hub.requireRoom(companyId);
      const fake = fakeSink(true);
      hub.listen({ viewer, sink: fake.sink, lastEventId: undefined, stillAdmitted: () => outcome });
      await expect.poll(fake.ended).toBe(true);
    }
  });

  test("cannot be asked after while the database is away, which ends nobody's stream", async () => {
    const hub = hubWith({ recheckMs: 10 });
    const companyId = await createCompany();
    await hub.requireRoom(companyId);
    const fake = fakeSink(true);
    let asked = 0;
    hub.listen({
      viewer: { companyId, role: "manager", actor: { kind: "system" }, reach: everyone },
      sink: fake.sink,
      lastEventId: undefined,
      stillAdmitted: () => {
        asked += 1;
        return Promise.reject(new Error("away"));
      },
    });
    await expect.poll(() => asked).toBeGreaterThan(0);
    expect(fake.ended()).toBe(false);
  });
});
