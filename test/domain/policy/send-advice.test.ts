import { describe, expect, test } from "vitest";
import type { Alternative } from "../../../server/domain/policy/send-decision.ts";
import { sendPolicy } from "../../../server/domain/policy/send-policy.ts";
import { momentOf } from "../../../server/domain/policy/time/local-time.ts";
import { quietUntil } from "../../../server/domain/policy/time/quiet-hours.ts";
import { ago, anyTemplate, factsWith, type Given, noon, said, wantedWith } from "./facts.ts";

const templates = [
  { ...anyTemplate, id: 1, category: "UTILITY" },
  { ...anyTemplate, id: 2, category: "MARKETING" },
  { ...anyTemplate, id: 3, category: "AUTHENTICATION" },
  { ...anyTemplate, id: 4, category: "UTILITY", wabaId: "other" },
];
const closed: Given = { windowExpiresAt: ago(noon, "1h"), approvedTemplates: templates };

describe("what could be done instead", () => {
  const cases: [string, Given, Parameters<typeof wantedWith>[0], Alternative[]][] = [
    ["a closed window offers templates", closed, {}, [{ kind: "use_template", templateIds: [1, 2] }, { kind: "call" }]],
    [
      "no marketing to who stopped it",
      { ...closed, person: { marketing: said("withdrawn") } },
      {},
      [{ kind: "use_template", templateIds: [1] }, { kind: "call" }],
    ],
    [
      "no marketing to +1",
      { ...closed, person: { phone: "+14155550100", country: "US" } },
      {},
      [{ kind: "use_template", templateIds: [1] }, { kind: "call" }],
    ],
    ["without templates one can call", { ...closed, approvedTemplates: [] }, {}, [{ kind: "call" }]],
    ["who left may be called", { person: { everything: said("withdrawn", noon) } }, {}, [{ kind: "call" }]],
    [
      "a disconnected number",
      { channel: { disconnected: true } },
      {},
      [{ kind: "reconnect_channel" }, { kind: "call" }],
    ],
    [
      "missing consent can be asked for",
      { template: { category: "MARKETING" }, settings: { requireMarketingConsent: true } },
      { content: { kind: "template", templateId: 7 } },
      [{ kind: "ask_for_consent" }],
    ],
    [
      "a restriction that ends",
      { ...closed, template: {}, channel: { restricted: { until: ago(noon, "-24h") } } },
      { content: { kind: "template", templateId: 7 } },
      [{ kind: "wait_until", at: "2026-11-22T12:00:00.000Z" }, { kind: "call" }],
    ],
    [
      "a paused template offers another",
      { ...closed, template: { status: "PAUSED" } },
      { content: { kind: "template", templateId: 7 } },
      [{ kind: "use_template", templateIds: [1, 2] }],
    ],
  ];
  test.each(cases)("%s", (_case, given, wanted, expected) => {
    expect(sendPolicy(factsWith(given), wantedWith(wanted), noon).alternatives).toEqual(expected);
  });
});

describe("when it may go", () => {
  const template = { content: { kind: "template", templateId: 7 } } as const;
  const marketing: Given = { windowExpiresAt: null, template: { category: "MARKETING" } };
  const at = (given: Given, now = noon, wanted: Parameters<typeof wantedWith>[0] = template) => {
    const decision = sendPolicy(factsWith(given, now), wantedWith(wanted), now);
    return decision.outcome === "later" ? decision.at.toISOString() : decision.outcome;
  };

  test("the third place of a full tier is the third person's", () => {
    const channel = {
      tierLimit: 250,
      tierUsed: 252,
      tierFreeAt: ["-1h", "-2h", "-3h", "-4h"].map((age) => ago(noon, age)),
    };
    expect(at({ windowExpiresAt: null, template: {}, channel })).toBe("2026-11-21T15:00:00.000Z");
  });

  test("a cap opens when its oldest message leaves the span", () => {
    const marketingAt = ["1d", "2d", "6d"].map((age) => ago(noon, age));
    expect(at({ ...marketing, history: { marketingAt } })).toBe("2026-11-22T12:00:00.000Z");
  });

  test("a wait that ends at night goes on until morning", () => {
    const pausedUntil = new Date("2026-11-21T21:00:00Z");
    expect(at({ ...marketing, channel: { pausedUntil } })).toBe("2026-11-22T07:00:00.000Z");
  });

  test("the longest wait counts", () => {
    const channel = { pausedUntil: ago(noon, "-1h") };
    expect(
      at({ ...marketing, channel, history: { marketingAt: ["1d", "2d", "6d"].map((age) => ago(noon, age)) } }),
    ).toBe("2026-11-22T12:00:00.000Z");
  });

  test("free text that waits past its window says so", () => {
    const given = { channel: { pausedUntil: ago(noon, "-2h") } };
    const decision = sendPolicy(factsWith(given), wantedWith(), noon);
    expect(decision).toMatchObject({ outcome: "later", warnings: ["The window closes before this can leave."] });
  });
});

describe("quiet hours on the wall", () => {
  const quiet = { quietFrom: "20:00", quietTo: "08:00", quietWeekdays: [] };
  const cases: [
    string,
    string,
    string,
    typeof quiet | { quietFrom: string; quietTo: string; quietWeekdays: number[] },
    string | null,
  ][] = [
    ["by day", "2026-11-21T12:00:00Z", "Europe/Berlin", quiet, null],
    ["by night", "2026-11-21T22:00:00Z", "Europe/Berlin", quiet, "2026-11-22T07:00:00.000Z"],
    ["after midnight", "2026-11-22T02:00:00Z", "Europe/Berlin", quiet, "2026-11-22T07:00:00.000Z"],
    ["the night the clocks go back", "2026-10-24T20:00:00Z", "Europe/Berlin", quiet, "2026-10-25T07:00:00.000Z"],
    ["the night before it", "2026-10-23T20:00:00Z", "Europe/Berlin", quiet, "2026-10-24T06:00:00.000Z"],
    ["the night the clocks go forward", "2026-03-28T20:00:00Z", "Europe/Berlin", quiet, "2026-03-29T06:00:00.000Z"],
    ["New York in summer", "2026-07-01T02:00:00Z", "America/New_York", quiet, "2026-07-01T12:00:00.000Z"],
    ["half an hour's zone", "2026-11-21T16:00:00Z", "Asia/Kolkata", quiet, "2026-11-22T02:30:00.000Z"],
    [
      "a siesta",
      "2026-11-21T12:30:00Z",
      "UTC",
      { quietFrom: "12:00", quietTo: "14:00", quietWeekdays: [] },
      "2026-11-21T14:00:00.000Z",
    ],
    ["a Sunday", "2026-11-22T12:00:00Z", "UTC", { ...quiet, quietWeekdays: [7] }, "2026-11-23T08:00:00.000Z"],
    [
      "a week-end by night",
      "2026-11-20T21:00:00Z",
      "UTC",
      { ...quiet, quietWeekdays: [6, 7] },
      "2026-11-23T08:00:00.000Z",
    ],
    [
      "the same beginning and end",
      "2026-11-22T02:00:00Z",
      "UTC",
      { quietFrom: "08:00", quietTo: "08:00", quietWeekdays: [] },
      null,
    ],
    [
      "six days of seven",
      "2026-11-22T12:00:00Z",
      "UTC",
      { quietFrom: "08:00", quietTo: "08:00", quietWeekdays: [1, 2, 3, 4, 5, 7] },
      "2026-11-28T00:00:00.000Z",
    ],
  ];
  test.each(cases)("%s", (_case, now, zone, settings, expected) => {
    expect(quietUntil(new Date(now), zone, settings)?.toISOString() ?? null).toBe(expected);
  });

  test("a time that a clock change leaves out comes after the gap", () => {
    expect(momentOf("2026-03-29", 150, "Europe/Berlin").toISOString()).toBe("2026-03-29T01:30:00.000Z");
  });
});
