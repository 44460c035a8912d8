import { ago, noon } from "./facts.ts";
import { closed, decides, leftByWord, template, until, utility } from "./policy-cases.ts";

decides("the number", [
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
]);
