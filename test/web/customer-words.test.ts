import { describe, expect, test } from "vitest";
import { nextVisitWords, proposalWords } from "../../web/features/customers/customer-words.ts";
import { dayAndClock, placeTime } from "../../web/lib/format-time.ts";

test.each([
  ["text", null, "A proposal goes as a WhatsApp message with free times."],
  ["template", null, "A proposal goes as a WhatsApp template."],
  ["mail", null, "A proposal goes by e-mail."],
  [null, "Nothing is free in the next 30 days.", "No proposal: Nothing is free in the next 30 days."],
  [null, null, "No proposal: nothing can be sent now."],
] as const)("a proposal by %s, refused for %s, is told in a sentence", (by, refusal, words) => {
  expect(proposalWords({ by, refusal, earlier: null, next_visit_at: null })).toBe(words);
});

test("a proposal to somebody who was asked already says when, in the server's words", () => {
  const refusal = "A visit was proposed on 21 Nov, 23:02 (UTC), and there is no answer yet.";
  const earlier = { proposed_at: "2026-11-21T23:02:00Z", still_waits: false };
  expect(proposalWords({ by: null, refusal, earlier, next_visit_at: null })).toBe(refusal);
});

test("a proposal to somebody who comes anyway says when, in the server's words", () => {
  const refusal = "A visit is booked for 30 Nov, 10:00 (Europe/Madrid).";
  const comes = { earlier: null, next_visit_at: "2026-11-30T09:00:00Z" };
  expect(proposalWords({ by: null, refusal, ...comes })).toBe(refusal);
});

describe("the next visit", () => {
  const at = "2026-11-30T09:00:00Z";
  const now = Date.parse("2026-11-21T10:00:00Z");
  const booked = { next_appointment_at: at };

  test("is told on the clock of its place, once the visits are there", () => {
    const visit = { starts_at: at, location: { time_zone: "Asia/Kathmandu" } };
    expect(nextVisitWords(booked, undefined, now)).toBe("");
    expect(nextVisitWords(booked, [visit], now)).toBe(placeTime(at, "Asia/Kathmandu"));
  });

  test("is told on the reader's clock where it is not among the visits that were read", () => {
    expect(nextVisitWords(booked, [], now)).toBe(dayAndClock(at, now));
  });

  test("may not be booked", () => {
    expect(nextVisitWords({ next_appointment_at: null }, undefined, now)).toBe("none booked");
  });
});
