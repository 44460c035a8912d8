import type { Alternative } from "../send-decision.ts";
import type { TemplateFacts } from "../send-facts.ts";
import { inWords } from "../time/local-time.ts";
import { categoryOf, isMarketing, type Known, type Refusal } from "./situation.ts";

/** May it be said this way: free text inside the window, a template that WhatsApp approved for this? */
export function refusedForContent(known: Known): Refusal | null {
  switch (known.wanted.content.kind) {
    case "free":
      return refusedFreeText(known);
    case "template":
      return refusedTemplate(known);
    case "email":
      return null;
  }
}

function refusedFreeText(known: Known): Refusal | null {
  const { windowIsOpen, facts, now } = known;
  if (windowIsOpen) return null;
  const since = facts.windowExpiresAt ? ` It closed ${inWords(facts.windowExpiresAt, facts.timeZone, now)}.` : "";
  return {
    obstacle: "window_closed",
    reason: `WhatsApp takes free text only within 24 hours after the person wrote.${since} An approved template may be sent any time.`,
    alternatives: [...otherTemplates(known), { kind: "call" }],
  };
}

function refusedTemplate(known: Known): Refusal | null {
  const { template } = known.facts;
  if (!template || !belongsTo(template, known.channel))
    return {
      obstacle: "template_missing",
      reason: "This template does not exist for this number.",
      alternatives: otherTemplates(known),
    };
  if (!isUsable(template))
    return {
      obstacle: "template_not_approved",
      reason: `The template “${template.name}” ${stateInWords(template.status)}.`,
      alternatives: otherTemplates(known),
    };
  return refusedPurpose(known, template) ?? refusedAudience(known, template);
}

function refusedPurpose(known: Known, template: TemplateFacts): Refusal | null {
  const { wanted } = known;
  const category = categoryOf(template);
  // A person who picks a template by hand means what the template is.
  if (category === null || wanted.purpose === "service" || wanted.purpose === category) return null;
  return {
    obstacle: "template_purpose",
    reason: `“${template.name}” is a ${category} template and this is meant as a ${wanted.purpose} message. WhatsApp counts and bills by the template.`,
    alternatives: otherTemplates(known),
  };
}

function refusedAudience(known: Known, template: TemplateFacts): Refusal | null {
  const { person } = known;
  if (categoryOf(template) === "authentication" && person.phone === null)
    return {
      obstacle: "needs_phone",
      reason: "WhatsApp sends codes only to a phone number, and this person's is not known.",
    };
  if (categoryOf(template) === "marketing" && isNorthAmerican(known))
    return {
      obstacle: "marketing_to_us",
      reason: "WhatsApp delivers no marketing templates to +1 numbers since April 2025.",
      alternatives: [...otherTemplates(known), { kind: "call" }],
    };
  return null;
}

function isNorthAmerican({ person }: Known): boolean {
  return person.phone === null ? person.userId?.startsWith("US.") === true : person.phone.startsWith("+1");
}

// FLAGGED warns of bad quality and still sends; REINSTATED is approved again.
const usable = ["APPROVED", "REINSTATED", "FLAGGED"];

function isUsable({ status }: TemplateFacts): boolean {
  return usable.includes(status.toUpperCase());
}

/** A template belongs to an account, and all numbers of the account may use it. */
function belongsTo(template: TemplateFacts, channel: { id: number; wabaId: string | null }): boolean {
  if (template.channelAccountId === channel.id) return true;
  return template.wabaId === null
    ? template.channelAccountId === null && channel.wabaId === null
    : template.wabaId === channel.wabaId;
}

function stateInWords(status: string): string {
  switch (status.toUpperCase()) {
    case "PAUSED":
      return "is paused by WhatsApp for some hours, because too many people blocked or reported it";
    case "DISABLED":
      return "was disabled by WhatsApp for its quality";
    case "PENDING":
    case "IN_APPEAL":
      return "is still being reviewed by WhatsApp";
    case "REJECTED":
      return "was rejected by WhatsApp";
    case "UNKNOWN":
      return "has not been confirmed by WhatsApp yet";
    default:
      return `is not approved by WhatsApp (${status.toLowerCase().replaceAll("_", " ")})`;
  }
}

/** Templates that could go instead: approved, of this number, for this person, with the same intent where there is one. */
function otherTemplates(known: Known): Alternative[] {
  const { facts, channel, wanted, person } = known;
  const marketingReaches = !isNorthAmerican(known) && person.marketing?.state !== "withdrawn";
  const fitting = facts.approvedTemplates.filter((template) => {
    const category = categoryOf(template);
    if (!belongsTo(template, channel) || !isUsable(template) || template.id === facts.template?.id) return false;
    if (category === "marketing") return marketingReaches && (isMarketing(known) || wanted.purpose === "service");
    return category === "utility" && wanted.purpose !== "authentication" ? !isMarketing(known) : false;
  });
  return fitting.length === 0 ? [] : [{ kind: "use_template", templateIds: fitting.slice(0, 20).map(({ id }) => id) }];
}
