import { describe, expect, test } from "vitest";
import type { WantedSend } from "../../../server/domain/policy/send-decision.ts";
import { sendPolicy } from "../../../server/domain/policy/send-policy.ts";
import { ago, factsWith, type Given, noon, said, wantedWith } from "./facts.ts";

type Expected = "allowed" | `refused ${string}` | `later ${string}`;
export type Case = [name: string, given: Given, wanted: Partial<WantedSend>, expected: Expected, now?: Date];

export const template: Partial<WantedSend> = { content: { kind: "template", templateId: 7 } };
export const closed: Given = { windowExpiresAt: ago(noon, "1h"), lastInboundAt: ago(noon, "25h") };
export const never: Given = { windowExpiresAt: null, lastInboundAt: null };
export const utility: Given = { ...closed, template: {} };
export const marketing: Given = { ...closed, template: { category: "MARKETING" } };
export const code: Given = { ...closed, template: { category: "AUTHENTICATION" } };
export const asMarketing: Partial<WantedSend> = { ...template, purpose: "marketing" };
export const byCampaign: Partial<WantedSend> = { ...asMarketing, origin: "campaign" };
export const leftByWord = { everything: said("withdrawn", noon) };
export const until = (at: string) => new Date(at);
export const openedAgo = (age: string): Given => {
  const lastInboundAt = ago(noon, age);
  return { lastInboundAt, windowExpiresAt: ago(lastInboundAt, "-24h") };
};
export const times = (...ages: string[]) => ages.map((age) => ago(noon, age));

/** What the policy says of each of these situations, with a reason in words. */
export function decides(about: string, cases: Case[]): void {
  describe(about, () => {
    test.each(cases)("%s", (_case, given, wanted, expected, now = noon) => {
      const facts = factsWith(given, now);
      const decision = sendPolicy(facts, wantedWith(wanted), now);
      const shown = decision.outcome === "allowed" ? "allowed" : `${decision.outcome} ${decision.obstacle}`;
      expect(shown).toBe(expected);
      expect(decision.reason.length).toBeGreaterThan(20);
      expect(decision.outsideWindow).toBe(facts.windowExpiresAt === null || facts.windowExpiresAt <= now);
    });
  });
}
