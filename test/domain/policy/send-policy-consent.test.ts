import { said } from "./facts.ts";
import { asMarketing, code, decides, leftByWord, marketing, template, utility } from "./policy-cases.ts";

decides("consent", [
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
]);
