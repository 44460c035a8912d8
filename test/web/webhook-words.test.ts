import { expect, test } from "vitest";
import { missedWords } from "../../web/features/settings/webhook-words.ts";

test.each([
  [{ count: 1, has_more: false }, "One event was missed meanwhile."],
  [{ count: 12, has_more: false }, "12 events were missed meanwhile."],
  [{ count: 10_000, has_more: true }, /^More than 10.000 events were missed; the newest 10.000 can be sent\.$/],
])("what a webhook missed, %j, is said as %s", (missed, words) => {
  expect(missedWords({ since: "2026-11-21T10:00:00Z", ...missed })).toMatch(words);
});
