import { describe, expect, test } from "vitest";
import type { Event as JournalEvent } from "../../shared/v1/event.ts";
import { actorWords, eventWords } from "../../web/features/person/event-words.ts";

function event(type: string, fields: Partial<JournalEvent> = {}): JournalEvent {
  return {
    id: 1,
    type,
    actor: { kind: "system", id: null, name: null },
    contact_id: 1,
    subject: { kind: "contact", id: 1 },
    before: null,
    after: null,
    data: {},
    request_id: null,
    occurred_at: "2026-11-21T10:00:00Z",
    ...fields,
  };
}

describe("events in words", () => {
  test.each([
    [
      "Moved from New to Sales qualified",
      event("lead.stage_changed", { before: { stage: "new" }, after: { stage: "sales_qualified" } }),
    ],
    ["Score went from 20 to 80", event("lead.scored", { before: { lead_score: 20 }, after: { lead_score: 80 } })],
    ["Deal opened: Enterprise plan", event("deal.created", { after: { title: "Enterprise plan" } })],
    ["Task done: Call back", event("task.completed", { data: { title: "Call back" } })],
    ["Wrote: How much is it?", event("message.received", { data: { text: "How much is it?" } })],
    ["Message changed (How many?)", event("message.edited", { after: { text: "How many?" } })],
    ["Message deleted", event("message.revoked", { after: { text: null } })],
    ["Earned 150 points", event("loyalty.earned", { after: { points: 150 } })],
    ["Lost 150 points", event("loyalty.reversed", { after: { points: -150 } })],
    ["Appointment cancelled (is ill)", event("appointment.cancelled", { after: { cancel_reason: "is ill" } })],
    [
      "Reminded of the appointment by WhatsApp (Botox)",
      event("appointment.reminded", { data: { by: "whatsapp", service: "Botox" } }),
    ],
    ["Wrote: location", event("message.received", { data: { message_type: "location" } })],
    [
      "Email: ana@firm.example",
      event("contact.updated", { before: { email: null }, after: { email: "ana@firm.example" } }),
    ],
    [
      "Budget: $25,000",
      event("lead.updated", {
        before: { budget: null },
        after: { budget: "25000.0000", budget_currency: "USD" },
      }),
    ],
    [
      "Need: a CRM, budget: MX$1,500.50",
      event("lead.updated", {
        before: { need: null, budget: null },
        after: { need: "a CRM", budget: "1500.5000", budget_currency: "MXN" },
      }),
    ],
    [
      "Budget: 9,000",
      event("lead.updated", { before: { budget: null }, after: { budget: 9000, budget_currency: null } }),
    ],
    [
      "Budget currency: EUR",
      event("lead.updated", { before: { budget_currency: "USD" }, after: { budget_currency: "EUR" } }),
    ],
    [
      "Lead ended",
      event("lead.updated", { before: { closed_at: null }, after: { closed_at: "2026-11-22T01:00:00.000Z" } }),
    ],
    ["Changed notes", event("contact.updated", { before: { notes: "old" }, after: { notes: null } })],
  ])("%s", (words, journal) => {
    expect(eventWords(journal)).toBe(words);
  });

  test("a visit's time is that of the place", () => {
    const told = { after: { service: "Botox", starts_at: "2035-01-15T00:00:00Z" }, data: { time_zone: "Asia/Tokyo" } };
    expect(eventWords(event("appointment.booked", told))).toMatch(/^Appointment booked: Botox, .*\b0?9:00/);
  });

  test("an event nobody wrote a sentence for still reads like one", () => {
    expect(eventWords(event("appointment.moved_out"))).toBe("Appointment moved out");
  });

  test("who did it is said where it was a person or a program", () => {
    expect(actorWords(event("deal.won", { actor: { kind: "user", id: 1, name: "Nora Lind" } }))).toBe("Nora Lind");
    expect(actorWords(event("deal.won", { actor: { kind: "api_key", id: 4, name: null } }))).toBe("by an API key");
    expect(actorWords(event("message.received", { actor: { kind: "contact", id: 1, name: null } }))).toBe("");
  });
});
