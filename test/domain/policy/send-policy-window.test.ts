import { noon } from "./facts.ts";
import { closed, decides, never, openedAgo, template, until, utility } from "./policy-cases.ts";

decides("the window", [
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
]);
