import { expect, test } from "vitest";
import type { WantedSend } from "../../../server/domain/policy/send-decision.ts";
import type { SuppressedAddress } from "../../../server/domain/policy/send-facts.ts";
import { sendPolicy } from "../../../server/domain/policy/send-policy.ts";
import { ago, factsWith, type Given, noon, said, wantedWith } from "./facts.ts";

const mail: WantedSend["content"] = { kind: "email", recipients: ["ana@people.example"], copies: [] };
const mailbox = { provider: "email", name: "Desk" };

/** By a mailbox, to somebody who never wrote and whose phone nobody knows. */
const decide = (given: Given = {}, wanted: Partial<WantedSend> = {}, now = noon) => {
  const { person, channel, ...rest } = given;
  const facts = factsWith({
    windowExpiresAt: null,
    lastInboundAt: null,
    ...rest,
    person: { phone: null, ...person },
    channel: { ...mailbox, ...channel },
  });
  return sendPolicy(facts, wantedWith({ content: mail, ...wanted }), now);
};

const closed = (reason: SuppressedAddress["reason"]) => ({
  person: { suppressed: [{ address: "ana@people.example", reason, since: ago(noon, "2d") }] },
});

test.each<[string, Given, Partial<WantedSend>, object]>([
  ["goes out any time, without window or price", {}, {}, { outcome: "allowed", price: null, outsideWindow: false }],
  [
    "needs somebody to go to",
    {},
    { content: { kind: "email", recipients: [], copies: [] } },
    { obstacle: "no_address" },
  ],
  ["does not go to who is not to be contacted", { person: { doNotContact: true } }, {}, { obstacle: "do_not_contact" }],
  ["does not go to who left", { person: { everything: said("withdrawn") } }, {}, { obstacle: "opted_out" }],
  [
    "answers who left and wrote again",
    { person: { everything: said("withdrawn") }, lastInboundAt: ago(noon, "1h") },
    {},
    { outcome: "allowed" },
  ],
  ["does not go to an address that bounced", closed("hard_bounce"), {}, { obstacle: "address_suppressed" }],
  ["does not go to an address that complained", closed("complaint"), {}, { obstacle: "address_suppressed" }],
  [
    "leaves out a copy whose address bounced",
    closed("hard_bounce"),
    { content: { kind: "email", recipients: ["bo@people.example"], copies: ["ana@people.example"] } },
    {
      outcome: "allowed",
      leftOut: [{ address: "ana@people.example", why: expect.stringContaining("does not exist") }],
    },
  ],
  [
    "of marketing leaves out a copy that unsubscribed",
    closed("unsubscribed"),
    {
      purpose: "marketing",
      content: { kind: "email", recipients: ["bo@people.example"], copies: ["ana@people.example"] },
    },
    { outcome: "allowed", leftOut: [{ address: "ana@people.example" }] },
  ],
  ["goes to an unsubscribed one", closed("unsubscribed"), {}, { outcome: "allowed" }],
  [
    "with marketing does not",
    closed("unsubscribed"),
    { purpose: "marketing" },
    { obstacle: "address_suppressed", reason: expect.stringContaining("unsubscribed from marketing on 2026-11-19") },
  ],
  [
    "with marketing does again after a later word",
    { person: { ...closed("unsubscribed").person, marketing: said("granted", ago(noon, "1d")) } },
    { purpose: "marketing" },
    { outcome: "allowed" },
  ],
  [
    "of marketing honours the withdrawn word",
    { person: { marketing: said("withdrawn") } },
    { purpose: "marketing" },
    { obstacle: "marketing_opted_out" },
  ],
  [
    "of marketing waits for its cap",
    { history: { marketingAt: [ago(noon, "1h"), ago(noon, "2h")] }, settings: { marketingPerWeek: 2 } },
    { purpose: "marketing" },
    { outcome: "later", obstacle: "marketing_cap" },
  ],
  [
    "waits for its account",
    { channel: { disconnected: true } },
    {},
    {
      outcome: "later",
      obstacle: "channel_disconnected",
      reason: expect.stringContaining("No e-mail account is connected"),
    },
  ],
  [
    "says that the sign-in is refused",
    { channel: { disconnected: true, signInRefused: true } },
    {},
    { outcome: "later", reason: expect.stringContaining("“Desk” does not accept its sign-in") },
  ],
  [
    "waits for an account that an admin paused",
    { channel: { disconnected: true, pausedByHand: true } },
    {},
    { outcome: "later", reason: expect.stringContaining("“Desk” is paused") },
  ],
  ["does not go by WhatsApp", { channel: { provider: "whatsapp_cloud" } }, {}, { obstacle: "channel_cannot_send" }],
  ["is not what WhatsApp says", {}, { content: { kind: "free" } }, { obstacle: "channel_cannot_send" }],
  ["is no template", {}, { content: { kind: "template", templateId: 1 } }, { obstacle: "channel_cannot_send" }],
  [
    "knows no tier, cap or pair",
    { channel: { tierLimit: 1, tierUsed: 9 }, pairFreeAt: ago(noon, "-2h") },
    {},
    { outcome: "allowed" },
  ],
])("a mail %s", (_what, given, wanted, expected) => {
  const person = { phone: "+4915112345678", ...given.person };
  expect(decide({ ...given, person }, wanted)).toMatchObject(expected);
});

test("at night machines wait, and people do not", () => {
  const night = new Date("2026-11-21T23:30:00Z");
  expect(decide({}, { origin: "system" }, night)).toMatchObject({ outcome: "later", obstacle: "quiet_hours" });
  expect(decide({}, { origin: "user", purpose: "marketing" }, night)).toMatchObject({ obstacle: "quiet_hours" });
  expect(decide({}, { origin: "user" }, night)).toMatchObject({ outcome: "allowed" });
  expect(decide({}, { origin: "system", purpose: "authentication" }, night)).toMatchObject({ outcome: "allowed" });
});
