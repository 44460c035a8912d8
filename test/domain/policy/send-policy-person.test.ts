import { ago, noon, said } from "./facts.ts";
import { closed, code, decides, leftByWord, template, utility } from "./policy-cases.ts";

decides("the person", [
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
]);
