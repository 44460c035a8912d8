import { asMarketing, type Case, closed, code, decides, marketing, template, utility } from "./policy-cases.ts";

decides("templates", [
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
]);
