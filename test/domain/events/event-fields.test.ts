import { describe, expect, test } from "vitest";
import { presentEvent } from "../../../server/api/v1/events/present-event.ts";
import { seedDemo } from "../../../server/demo/seed-demo.ts";
import type { JournalEvent } from "../../../server/domain/events/event.ts";
import { spelledDetails, spelledFields } from "../../../server/domain/events/event-fields.ts";
import { webhookBody } from "../../../server/domain/webhooks/webhook-message.ts";
import type { JsonObject } from "../../../shared/json.ts";
import { rows } from "../../harness/rows.ts";
import { testDatabase } from "../../harness/test-database.ts";

const { db } = await testDatabase();

type Stored = Pick<JournalEvent, "id" | "type" | "before" | "after"> & { data: JsonObject };

const presented = (line: Stored) =>
  presentEvent({
    ...{ actorKind: "system", actorId: null, actorName: null, contactId: null, subjectKind: "contact", subjectId: 1 },
    ...{ requestId: null, occurredAt: "2026-11-21T10:00:00Z" },
    ...line,
  });

const sent = ({ id, type, before, after, data }: Stored) =>
  JSON.parse(
    webhookBody({
      ...{ companyId: 1, webhookId: 1, url: "https://there.example", secretSealed: "", earlierSecretsSealed: [] },
      ...{
        id: 1,
        attempts: 0,
        tries: 0,
        leaseExpiresAt: "2026-11-21T10:01:00Z",
        eventId: id,
        eventType: type,
        before,
        after,
        data,
      },
      ...{ subjectKind: "contact", subjectId: 1, contactId: null, actorKind: "system", actorId: null },
      ...{ occurredAt: "2026-11-21T10:00:00Z" },
    }),
  ).data;

describe("the fields of an event", () => {
  test.each([
    ["dueAt", "due_at"],
    ["due_at", "due_at"],
    ["ownerUserId", "owner_user_id"],
    ["leadScore", "lead_score"],
    ["name", "name"],
    ["Total Value", "Total Value"],
    ["ID", "ID"],
    ["e-mail", "e-mail"],
  ])("called %j is told as %j", (name, told) => {
    expect(spelledFields({ [name]: 1 })).toEqual({ [told]: 1 });
  });

  test("keep what is inside of them", () => {
    const inside = { shoeSize: 42, list: [{ someKey: "x" }] };
    expect(spelledDetails({ customFields: inside })).toEqual({ custom_fields: inside });
    expect(spelledDetails([{ aB: 1 }])).toEqual([{ aB: 1 }]);
    expect(spelledFields(null)).toBeNull();
  });

  test("are spelt alike in whatever the demo does, in lists, live and webhooks", async () => {
    await seedDemo(db, new Date("2026-11-21T10:00:00Z"));
    const lines = await rows<Stored>(db, "select distinct on (type) id, type, before, after, data from events");
    expect(lines.length).toBeGreaterThan(20);
    for (const line of lines) {
      const { before, after, data } = presented(line);
      const body = sent(line);
      expect([body.before, body.after, body.details], line.type).toEqual([before, after, data]);
      const names = [before, after, data].flatMap((fields) => Object.keys(fields ?? {}));
      expect(
        names.filter((name) => !/^[a-z][a-z0-9]*(_[a-z0-9]+)*$/.test(name)),
        line.type,
      ).toEqual([]);
    }
  });
});
