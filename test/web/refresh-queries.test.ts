import { describe, expect, test } from "vitest";
import type { Event } from "../../shared/v1/event.ts";
import { customersQuery } from "../../web/lib/api/customers.ts";
import { staleKeys } from "../../web/lib/live/refresh-queries.ts";

function event(type: string, kind: string): Event {
  return {
    id: 1,
    type,
    actor: { kind: "system", id: null, name: null },
    contact_id: 5,
    subject: { kind, id: 9 },
    before: null,
    after: null,
    data: {},
    request_id: null,
    occurred_at: "2026-11-21T10:00:00Z",
  };
}

describe("an event", () => {
  test("of a message asks again for thread, inbox and the person", () => {
    const keys = staleKeys(event("message.received", "message"));
    expect(keys).toContainEqual(["messages"]);
    expect(keys).toContainEqual(["conversations"]);
    expect(keys).toContainEqual(["contacts", 5]);
  });

  test("of a file asks again for the thread, whose mails name it, and for the person", () => {
    expect(staleKeys(event("attachment.deleted", "attachment"))).toEqual([["messages"], ["contacts", 5]]);
  });

  test("of a task asks again for tasks, not for the thread", () => {
    const keys = staleKeys(event("task.created", "task"));
    expect(keys).toContainEqual(["tasks"]);
    expect(keys).not.toContainEqual(["messages"]);
  });

  test("of an appointment asks again for the lists of customers, but not for who is due, which is dear", () => {
    const begun = staleKeys(event("appointment.booked", "appointment")).map(([first]) => first);
    expect(begun).toContain(customersQuery({ list: "repeat", q: "" }).queryKey[0]);
    expect(begun).not.toContain(customersQuery({ list: "due", q: "" }).queryKey[0]);
  });

  test("of a member who came asks again for the members and the invitations", () => {
    expect(staleKeys(event("invitation.accepted", "user"))).toEqual([["users"], ["invitations"]]);
  });

  test("of a paused mail account asks again how the accounts stand", () => {
    expect(staleKeys(event("channel.paused", "channel_account"))).toContainEqual(["email-accounts"]);
  });
});
