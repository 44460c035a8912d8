import { expect, test } from "vitest";
import { proposalWords } from "../../web/features/customers/customer-words.ts";

test.each([
  ["text", null, "A proposal goes as a WhatsApp message with free times."],
  ["template", null, "A proposal goes as a WhatsApp template."],
  ["mail", null, "A proposal goes by e-mail."],
  [null, "Nothing is free in the next 30 days.", "No proposal: Nothing is free in the next 30 days."],
  [null, null, "No proposal: nothing can be sent now."],
] as const)("a proposal by %s, refused for %s, is told in a sentence", (by, refusal, words) => {
  expect(proposalWords({ by, refusal })).toBe(words);
});

test("a proposal to somebody who was asked already says when, in the server's words", () => {
  const refusal = "A visit was proposed on 21 Nov, 23:02 (UTC), and there is no answer yet.";
  const earlier = { proposed_at: "2026-11-21T23:02:00Z", still_waits: false };
  expect(proposalWords({ by: null, refusal, earlier })).toBe(refusal);
});
