import { expect, test } from "vitest";
import { bandOf, type LeadFacts, scoreLead } from "../../../server/domain/scoring/score-lead.ts";

const unknown: LeadFacts = {
  hasEmail: false,
  hasCompany: false,
  hasPosition: false,
  messageDays: 1,
  conversations: 1,
  medianReplySeconds: null,
  askedPricing: false,
  requestedDemo: false,
  downloadedResources: false,
};
const everything: LeadFacts = {
  hasEmail: true,
  hasCompany: true,
  hasPosition: true,
  messageDays: 3,
  conversations: 2,
  medianReplySeconds: 60,
  askedPricing: true,
  requestedDemo: true,
  downloadedResources: true,
};

test.each<[Partial<LeadFacts>, number]>([
  [{}, 0],
  [{ hasEmail: true }, 20],
  [{ hasCompany: true }, 15],
  [{ hasPosition: true }, 10],
  [{ messageDays: 2 }, 10],
  [{ conversations: 2 }, 10],
  [{ messageDays: 9, conversations: 9 }, 10],
  [{ medianReplySeconds: 0 }, 5],
  [{ medianReplySeconds: 3600 }, 5],
  [{ medianReplySeconds: 3601 }, 0],
  [{ askedPricing: true }, 25],
  [{ requestedDemo: true }, 20],
  [{ downloadedResources: true }, 15],
  [{ hasEmail: true, hasCompany: true, hasPosition: true }, 45],
  [{ hasEmail: true, askedPricing: true, requestedDemo: true, messageDays: 2 }, 75],
  [everything, 100],
])("%j scores %i", (facts, score) => {
  expect(scoreLead({ ...unknown, ...facts }).score).toBe(score);
});

test("the breakdown names every factor in the document's order", () => {
  const { breakdown } = scoreLead(everything);
  expect(Object.entries(breakdown)).toEqual([
    ["email", 20],
    ["company", 15],
    ["position", 10],
    ["multiple_conversations", 10],
    ["quick_response", 5],
    ["asked_pricing", 25],
    ["requested_demo", 20],
    ["downloaded_resources", 15],
  ]);
  const none = scoreLead(unknown);
  expect(Object.keys(none.breakdown)).toEqual(Object.keys(breakdown));
  expect(Object.values(none.breakdown)).toEqual([0, 0, 0, 0, 0, 0, 0, 0]);
});

test.each([
  [0, "1 minute"],
  [20, "1 minute"],
  [150, "3 minutes"],
])("a reply after %i seconds is told as one within %s", (medianReplySeconds, words) => {
  expect(scoreLead({ ...unknown, medianReplySeconds }).reasons.quick_response).toBe(`Usually replies within ${words}`);
});

test("every factor has its reason", () => {
  expect(scoreLead({ ...unknown, hasEmail: true, medianReplySeconds: 90 }).reasons).toEqual({
    email: "E-mail address known",
    company: "Company not known",
    position: "Job position not known",
    multiple_conversations: "Messages on 1 day in 1 conversation",
    quick_response: "Usually replies within 2 minutes",
    asked_pricing: "Has not asked about pricing",
    requested_demo: "Has not requested a demo",
    downloaded_resources: "Has taken no resources",
  });
});

test.each([
  [0, "cold"],
  [49, "cold"],
  [50, "qualified"],
  [89, "qualified"],
  [90, "hot"],
  [100, "hot"],
])("%i is %s", (score, band) => {
  expect(bandOf(score)).toBe(band);
});
