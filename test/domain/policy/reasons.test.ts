import { expect, test } from "vitest";
import type { WantedSend } from "../../../server/domain/policy/send-decision.ts";
import { sendPolicy } from "../../../server/domain/policy/send-policy.ts";
import { factsWith, type Given, noon, wantedWith } from "./facts.ts";

const reasonOf = (given: Given, wanted: Partial<WantedSend> = {}) =>
  sendPolicy(factsWith(given), wantedWith(wanted), noon).reason;
const closedAt = (at: string): Given => ({ windowExpiresAt: new Date(at), lastInboundAt: null });

test("a year is named where it is not this year's", () => {
  expect(reasonOf(closedAt("2025-06-13T08:12:00Z"))).toContain("It closed 13 Jun 2025, 10:12 (Europe/Berlin).");
  expect(reasonOf(closedAt("2026-06-13T08:12:00Z"))).toContain("It closed 13 Jun, 10:12 (Europe/Berlin).");
});

test("a pause whose reason is a sentence ends it once", () => {
  const channel = {
    pausedUntil: new Date("2026-11-21T12:10:00Z"),
    pauseReason: "The account has no means of payment.",
  };
  expect(reasonOf({ channel })).toBe(
    "“Main” pauses: The account has no means of payment. Goes on 21 Nov, 13:10 (Europe/Berlin).",
  );
});

test("the pair's rate says when the message goes", () => {
  const pairFreeAt = new Date(noon.getTime() + 270_000 + 12_000);
  expect(reasonOf({ pairFreeAt })).toContain("this one goes out at 13:00:12 (Europe/Berlin).");
});
