import { describe, expect, test } from "vitest";
import type { WantedSend } from "../../../server/domain/policy/send-decision.ts";
import { sendPolicy } from "../../../server/domain/policy/send-policy.ts";
import { ago, factsWith, type Given, noon, said, wantedWith } from "./facts.ts";

type Expected = "allowed" | `refused ${string}` | `later ${string}`;
type Case = [name: string, given: Given, wanted: Partial<WantedSend>, expected: Expected, now?: Date];

const template: Partial<WantedSend> = { content: { kind: "template", templateId: 7 } };
const closed: Given = { windowExpiresAt: ago(noon, "1h"), lastInboundAt: ago(noon, "25h") };
const never: Given = { windowExpiresAt: null, lastInboundAt: null };
const utility: Given = { ...closed, template: {} };
const marketing: Given = { ...closed, template: { category: "MARKETING" } };
const code: Given = { ...closed, template: { category: "AUTHENTICATION" } };
const asMarketing: Partial<WantedSend> = { ...template, purpose: "marketing" };
const byCampaign: Partial<WantedSend> = { ...asMarketing, origin: "campaign" };
const leftByWord = { everything: said("withdrawn", noon) };
const until = (at: string) => new Date(at);
const openedAgo = (age: string): Given => {
  const lastInboundAt = ago(noon, age);
  return { lastInboundAt, windowExpiresAt: ago(lastInboundAt, "-24h") };
};
const times = (...ages: string[]) => ages.map((age) => ago(noon, age));

const windows: Case[] = [
  ["free text in an open window", {}, {}, "allowed"],
  ["a window that closes in a second", { windowExpiresAt: until("2026-11-21T12:00:01Z") }, {}, "allowed"],
  ["23:59:59 after the message", openedAgo("86399s"), {}, "allowed"],
  ["24:00:00 exactly", openedAgo("24h"), {}, "refused window_closed"],
  ["24:00:01", openedAgo("86401s"), {}, "refused window_closed"],
  ["a millisecond before the end", { windowExpiresAt: new Date(noon.getTime() + 1) }, {}, "allowed"],
  ["a person who never wrote", never, {}, "refused window_closed"],
  ["a bot's answer inside the window", {}, { origin: "bot" }, "allowed"],
  ["an API's answer inside the window", {}, { origin: "api" }, "allowed"],
  ["a bot after the window", closed, { origin: "bot" }, "refused window_closed"],
  [
    "free text in a free entry window without the 24 hours",
    { ...closed, freeEntryExpiresAt: until("2026-11-22T00:00:00Z") },
    {},
    "refused window_closed",
  ],
  ["a template after the window", utility, template, "allowed"],
  ["a template to somebody who never wrote", { ...never, template: {} }, template, "allowed"],
  ["a template inside the window", { template: {} }, template, "allowed"],
];

const people: Case[] = [
  ["a deleted person", { person: null }, {}, "refused no_address"],
  ["a person without any address", { person: { phone: null } }, {}, "refused no_address"],
  ["a person known only by user id", { person: { phone: null, userId: "DE.123" } }, {}, "allowed"],
  ["do not contact", { person: { doNotContact: true } }, {}, "refused do_not_contact"],
  [
    "do not contact, with a template",
    { ...utility, person: { doNotContact: true } },
    template,
    "refused do_not_contact",
  ],
  ["do not contact before opted out", { person: { doNotContact: true, ...leftByWord } }, {}, "refused do_not_contact"],
  ["no address before do not contact", { person: { phone: null, doNotContact: true } }, {}, "refused no_address"],
  ["opted out of everything", { person: leftByWord }, {}, "refused opted_out"],
  ["opted out, a utility template", { ...utility, person: leftByWord }, template, "refused opted_out"],
  [
    "opted out, a code",
    { ...code, person: leftByWord },
    { ...template, purpose: "authentication" },
    "refused opted_out",
  ],
  ["opted out and back", { person: { everything: said("granted") } }, {}, "allowed"],
  [
    "opted out, then wrote again: a person's answer",
    { person: { everything: said("withdrawn") }, lastInboundAt: ago(noon, "1h") },
    {},
    "allowed",
  ],
  [
    "opted out, then wrote again: a bot",
    { person: { everything: said("withdrawn") }, lastInboundAt: ago(noon, "1h") },
    { origin: "bot" },
    "refused opted_out",
  ],
  [
    "opted out, then wrote again: an API",
    { person: { everything: said("withdrawn") }, lastInboundAt: ago(noon, "1h") },
    { origin: "api" },
    "refused opted_out",
  ],
  [
    "opted out, then wrote again: marketing",
    { person: { everything: said("withdrawn") }, lastInboundAt: ago(noon, "1h") },
    { purpose: "marketing" },
    "refused opted_out",
  ],
  [
    "opted out, then wrote again: a template",
    { person: { everything: said("withdrawn") }, lastInboundAt: ago(noon, "1h"), template: {} },
    template,
    "refused opted_out",
  ],
  ["opted out by the last message itself", { person: leftByWord, lastInboundAt: noon }, {}, "refused opted_out"],
  [
    "the one confirmation of the stop",
    { person: { everything: said("withdrawn", noon, true) } },
    { origin: "system" },
    "allowed",
  ],
  ["a second message of the system after it", { person: leftByWord }, { origin: "system" }, "refused opted_out"],
  [
    "a bot instead of the confirmation",
    { person: { everything: said("withdrawn", noon, true) } },
    { origin: "bot" },
    "refused opted_out",
  ],
  [
    "a template as confirmation",
    { template: {}, person: { everything: said("withdrawn", noon, true) } },
    { ...template, origin: "system" },
    "refused opted_out",
  ],
  [
    "no confirmation outside the window",
    { ...closed, person: { everything: said("withdrawn", noon, true) } },
    { origin: "system" },
    "refused window_closed",
  ],
];

const consents: Case[] = [
  ["marketing without any word", marketing, asMarketing, "allowed"],
  ["marketing agreed to", { ...marketing, person: { marketing: said("granted") } }, asMarketing, "allowed"],
  [
    "marketing stopped",
    { ...marketing, person: { marketing: said("withdrawn") } },
    asMarketing,
    "refused marketing_opted_out",
  ],
  [
    "marketing stopped, sent by hand as service",
    { ...marketing, person: { marketing: said("withdrawn") } },
    template,
    "refused marketing_opted_out",
  ],
  [
    "marketing stopped, free text meant as marketing",
    { person: { marketing: said("withdrawn") } },
    { purpose: "marketing" },
    "refused marketing_opted_out",
  ],
  ["marketing stopped, an answer", { person: { marketing: said("withdrawn") } }, {}, "allowed"],
  [
    "marketing stopped, a utility template",
    { ...utility, person: { marketing: said("withdrawn") } },
    template,
    "allowed",
  ],
  ["marketing stopped, a code", { ...code, person: { marketing: said("withdrawn") } }, template, "allowed"],
  [
    "consent required and none",
    { ...marketing, settings: { requireMarketingConsent: true } },
    asMarketing,
    "refused no_marketing_consent",
  ],
  [
    "consent required and given",
    { ...marketing, settings: { requireMarketingConsent: true }, person: { marketing: said("granted") } },
    asMarketing,
    "allowed",
  ],
  [
    "consent required and withdrawn",
    { ...marketing, settings: { requireMarketingConsent: true }, person: { marketing: said("withdrawn") } },
    asMarketing,
    "refused marketing_opted_out",
  ],
  [
    "consent required, back by START only",
    { ...marketing, settings: { requireMarketingConsent: true }, person: { everything: said("granted") } },
    asMarketing,
    "refused no_marketing_consent",
  ],
  [
    "consent required, a utility template",
    { ...utility, settings: { requireMarketingConsent: true } },
    template,
    "allowed",
  ],
  ["consent required, an answer", { settings: { requireMarketingConsent: true } }, {}, "allowed"],
  [
    "opted out before marketing stopped",
    { ...marketing, person: { ...leftByWord, marketing: said("withdrawn") } },
    asMarketing,
    "refused opted_out",
  ],
];

const channels: Case[] = [
  ["a number that is gone", { channel: null }, {}, "refused channel_disconnected"],
  ["a gateway", { channel: { provider: "whatsapp_gateway" } }, {}, "refused channel_cannot_send"],
  ["a simulated number", { channel: { provider: "simulator" } }, {}, "allowed"],
  ["a disconnected number", { channel: { disconnected: true } }, {}, "refused channel_disconnected"],
  ["a blocked account", { channel: { blocked: true } }, {}, "refused account_restricted"],
  ["blocked before disconnected", { channel: { blocked: true, disconnected: true } }, {}, "refused account_restricted"],
  ["restricted, inside the window", { channel: { restricted: { until: null } } }, {}, "allowed"],
  [
    "restricted, outside",
    { ...utility, channel: { restricted: { until: null } } },
    template,
    "refused account_restricted",
  ],
  [
    "restricted until tomorrow",
    { ...utility, channel: { restricted: { until: ago(noon, "-24h") } } },
    template,
    "refused account_restricted",
  ],
  ["restricted until just now", { ...utility, channel: { restricted: { until: noon } } }, template, "allowed"],
  ["opted out before disconnected", { person: leftByWord, channel: { disconnected: true } }, {}, "refused opted_out"],
  [
    "disconnected before the closed window",
    { ...closed, channel: { disconnected: true } },
    {},
    "refused channel_disconnected",
  ],
  ["no payment, a free reply", { channel: { paymentMissing: true } }, {}, "allowed"],
  [
    "no payment, the allotment used up",
    { channel: { paymentMissing: true, deliveredThisMonth: 1000 } },
    {},
    "refused payment_missing",
  ],
  ["no payment, one free reply left", { channel: { paymentMissing: true, deliveredThisMonth: 999 } }, {}, "allowed"],
  [
    "no payment, a template outside",
    { ...utility, channel: { paymentMissing: true } },
    template,
    "refused payment_missing",
  ],
  [
    "no payment, an unknown price",
    { ...utility, person: { country: "MA", phone: "+212600000000" }, channel: { paymentMissing: true } },
    template,
    "refused payment_missing",
  ],
  [
    "no payment, in the free entry window",
    { ...utility, freeEntryExpiresAt: ago(noon, "-1h"), channel: { paymentMissing: true } },
    template,
    "allowed",
  ],
  [
    "no payment, before October 2026",
    { channel: { paymentMissing: true, deliveredThisMonth: 5000 }, windowExpiresAt: until("2026-09-30T20:00:00Z") },
    {},
    "allowed",
    until("2026-09-30T12:00:00Z"),
  ],
  [
    "closed window before missing payment",
    { ...closed, channel: { paymentMissing: true } },
    {},
    "refused window_closed",
  ],
];

const templates: Case[] = [
  ["a template that is not there", closed, template, "refused template_missing"],
  ["another account's template", { ...closed, template: { wabaId: "other" } }, template, "refused template_missing"],
  [
    "a template tied to another number",
    { ...closed, template: { wabaId: null, channelAccountId: 2 } },
    template,
    "refused template_missing",
  ],
  [
    "a template tied to this number",
    { ...closed, template: { wabaId: null, channelAccountId: 1 } },
    template,
    "allowed",
  ],
  [
    "a template and number without account",
    { ...closed, template: { wabaId: null }, channel: { wabaId: null } },
    template,
    "allowed",
  ],
  ...["PAUSED", "DISABLED", "PENDING", "REJECTED", "UNKNOWN", "IN_APPEAL", "DELETED", "ARCHIVED", "LIMIT_EXCEEDED"].map(
    (status): Case => [
      `a template that is ${status}`,
      { ...closed, template: { status } },
      template,
      "refused template_not_approved",
    ],
  ),
  ...["APPROVED", "approved", "FLAGGED", "REINSTATED"].map(
    (status): Case => [`a template that is ${status}`, { ...closed, template: { status } }, template, "allowed"],
  ),
  [
    "a paused template inside the window",
    { template: { status: "PAUSED" } },
    template,
    "refused template_not_approved",
  ],
  ["marketing sent as utility", marketing, { ...template, purpose: "utility" }, "refused template_purpose"],
  ["utility sent as marketing", utility, asMarketing, "refused template_purpose"],
  ["utility sent as a code", utility, { ...template, purpose: "authentication" }, "refused template_purpose"],
  ["a code sent as utility", code, { ...template, purpose: "utility" }, "refused template_purpose"],
  [
    "a category nobody knows",
    { ...closed, template: { category: null } },
    { ...template, purpose: "utility" },
    "allowed",
  ],
  [
    "a paused template before its purpose",
    { ...closed, template: { status: "PAUSED" } },
    asMarketing,
    "refused template_not_approved",
  ],
  [
    "marketing to +1",
    { ...marketing, person: { phone: "+14155550100", country: "US" } },
    asMarketing,
    "refused marketing_to_us",
  ],
  [
    "marketing to Canada",
    { ...marketing, person: { phone: "+14165550100", country: "CA" } },
    asMarketing,
    "refused marketing_to_us",
  ],
  [
    "marketing to a user id of the US",
    { ...marketing, person: { phone: null, userId: "US.1", country: "US" } },
    asMarketing,
    "refused marketing_to_us",
  ],
  [
    "marketing to a user id of Brazil",
    { ...marketing, person: { phone: null, userId: "BR.1", country: "BR" } },
    asMarketing,
    "allowed",
  ],
  ["utility to +1", { ...utility, person: { phone: "+14155550100", country: "US" } }, template, "allowed"],
  ["a code without a phone", { ...code, person: { phone: null, userId: "DE.1" } }, template, "refused needs_phone"],
  ["a code to a phone", code, { ...template, purpose: "authentication" }, "allowed"],
];

const berlinNight = until("2026-11-21T22:30:00Z");
const night: Given = { windowExpiresAt: null, lastInboundAt: null, template: {} };
const nightMarketing: Given = { ...night, template: { category: "MARKETING" } };

const waits: Case[] = [
  ["a paused number", { channel: { pausedUntil: ago(noon, "-10m") } }, {}, "later number_paused"],
  ["a pause that is over", { channel: { pausedUntil: noon } }, {}, "allowed"],
  ["a pause without end", { channel: { pausedUntil: new Date("infinity") } }, {}, "later number_paused"],
  ["refused before waiting", { ...closed, channel: { pausedUntil: ago(noon, "-10m") } }, {}, "refused window_closed"],
  ["the pair's burst", { pairFreeAt: ago(noon, "-271s") }, {}, "later pair_rate"],
  ["the pair within the burst", { pairFreeAt: ago(noon, "-270s") }, {}, "allowed"],
  [
    "a tier that is full",
    { ...utility, channel: { tierLimit: 250, tierUsed: 250, tierFreeAt: [ago(noon, "-2h")] } },
    template,
    "later tier_reached",
  ],
  ["a tier with one place", { ...utility, channel: { tierLimit: 250, tierUsed: 249 } }, template, "allowed"],
  [
    "a full tier, somebody counted already",
    { ...utility, history: { inTier: true }, channel: { tierLimit: 250, tierUsed: 250 } },
    template,
    "allowed",
  ],
  ["a full tier, inside the window", { channel: { tierLimit: 250, tierUsed: 250 } }, {}, "allowed"],
  ["an unlimited tier", { ...utility, channel: { tierLimit: null, tierUsed: 1e6 } }, template, "allowed"],
  [
    "six in a day",
    { ...utility, history: { initiatedAt: times("1h", "2h", "3h", "4h", "5h", "6h") } },
    template,
    "later frequency_cap",
  ],
  ["five in a day", { ...utility, history: { initiatedAt: times("1h", "2h", "3h", "4h", "5h") } }, template, "allowed"],
  [
    "six, the first 24 hours ago",
    { ...utility, history: { initiatedAt: times("1h", "2h", "3h", "4h", "5h", "24h") } },
    template,
    "allowed",
  ],
  [
    "six, the first 23:59:59 ago",
    { ...utility, history: { initiatedAt: times("1h", "2h", "3h", "4h", "5h", "86399s") } },
    template,
    "later frequency_cap",
  ],
  ["six in a day, an answer", { history: { initiatedAt: times("1h", "2h", "3h", "4h", "5h", "6h") } }, {}, "allowed"],
  [
    "six in a day, a code",
    { ...code, history: { initiatedAt: times("1h", "2h", "3h", "4h", "5h", "6h") } },
    template,
    "allowed",
  ],
  [
    "three marketing in a week",
    { ...marketing, history: { marketingAt: times("1d", "2d", "3d") } },
    asMarketing,
    "later marketing_cap",
  ],
  [
    "three marketing, the first a week ago",
    { ...marketing, history: { marketingAt: times("1d", "2d", "7d") } },
    asMarketing,
    "allowed",
  ],
  [
    "three marketing in a week, utility",
    { ...utility, history: { marketingAt: times("1d", "2d", "3d") } },
    template,
    "allowed",
  ],
  [
    "three marketing in a week, even inside the window",
    { template: { category: "MARKETING" }, history: { marketingAt: times("1d", "2d", "3d") } },
    asMarketing,
    "later marketing_cap",
  ],
  [
    "no marketing at all by the settings",
    { ...marketing, settings: { marketingPerWeek: 0 } },
    asMarketing,
    "later marketing_cap",
  ],
  ["marketing at 23:30 of a German", nightMarketing, asMarketing, "later quiet_hours", berlinNight],
  ["a campaign's utility at 23:30", night, { ...template, origin: "campaign" }, "later quiet_hours", berlinNight],
  ["a bot's template at 23:30", night, { ...template, origin: "bot" }, "later quiet_hours", berlinNight],
  ["the system's template at 23:30", night, { ...template, origin: "system" }, "later quiet_hours", berlinNight],
  ["a person's own template at 23:30", night, template, "allowed", berlinNight],
  ["an API's order update at 23:30", night, { ...template, origin: "api" }, "allowed", berlinNight],
  [
    "a code at 23:30",
    { ...night, template: { category: "AUTHENTICATION" } },
    { ...template, origin: "system" },
    "allowed",
    berlinNight,
  ],
  [
    "an answer in the window at 23:30",
    { windowExpiresAt: until("2026-11-22T12:00:00Z") },
    { origin: "bot" },
    "allowed",
    berlinNight,
  ],
  [
    "no quiet hours",
    { ...nightMarketing, settings: { quietFrom: null, quietTo: null } },
    asMarketing,
    "allowed",
    berlinNight,
  ],
  ["the last second before quiet hours", nightMarketing, byCampaign, "allowed", until("2026-11-21T18:59:59Z")],
  ["the first second of quiet hours", nightMarketing, byCampaign, "later quiet_hours", until("2026-11-21T19:00:00Z")],
  ["the last second of quiet hours", nightMarketing, byCampaign, "later quiet_hours", until("2026-11-21T06:59:59Z")],
  ["the end of quiet hours", nightMarketing, byCampaign, "allowed", until("2026-11-21T07:00:00Z")],
  [
    "Tokyo sleeps at Berlin's noon",
    { ...nightMarketing, person: { phone: "+819012345678", country: "JP" } },
    byCampaign,
    "later quiet_hours",
    noon,
  ],
  [
    "Brazil has many clocks: the company's counts",
    { ...nightMarketing, person: { phone: "+5511987654321", country: "BR" } },
    byCampaign,
    "later quiet_hours",
    berlinNight,
  ],
  [
    "a person of no known country: the company's clock",
    { ...nightMarketing, person: { country: null } },
    byCampaign,
    "allowed",
    noon,
  ],
  ["a quiet weekday", { ...nightMarketing, settings: { quietWeekdays: [6] } }, byCampaign, "later quiet_hours", noon],
  ["another weekday", { ...nightMarketing, settings: { quietWeekdays: [7] } }, byCampaign, "allowed", noon],
];

describe.each([
  ["the window", windows],
  ["the person", people],
  ["consent", consents],
  ["the number", channels],
  ["templates", templates],
  ["waiting", waits],
])("%s", (_name, cases) => {
  test.each(cases)("%s", (_case, given, wanted, expected, now = noon) => {
    const facts = factsWith(given, now);
    const decision = sendPolicy(facts, wantedWith(wanted), now);
    const shown = decision.outcome === "allowed" ? "allowed" : `${decision.outcome} ${decision.obstacle}`;
    expect(shown).toBe(expected);
    expect(decision.reason.length).toBeGreaterThan(20);
    expect(decision.outsideWindow).toBe(facts.windowExpiresAt === null || facts.windowExpiresAt <= now);
  });
});
