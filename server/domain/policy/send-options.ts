import { getContact } from "../contacts/get-contact.ts";
import type { Ctx } from "../context.ts";
import { getConversation } from "../conversations/list-conversations.ts";
import { loadSendFacts } from "./facts/load-send-facts.ts";
import type { SendDecision, WantedSend } from "./send-decision.ts";
import type { ConsentWord, TemplateFacts } from "./send-facts.ts";
import { sendPolicy } from "./send-policy.ts";

/** What a composer shows: may free text go, until when, at what price; which templates may, and what the person agreed to. */
export type SendOptions = {
  conversationId: number;
  windowIsOpen: boolean;
  windowExpiresAt: string | null;
  freeEntryExpiresAt: string | null;
  lastInboundAt: string | null;
  doNotContact: boolean;
  everything: ConsentWord | null;
  marketing: ConsentWord | null;
  freeText: SendDecision;
  templates: { template: TemplateFacts; decision: SendDecision }[];
};

const mostTemplates = 100;

/** Asked for a conversation as it stands now, for a member who writes by hand. */
export async function getSendOptions(ctx: Ctx, conversationId: number): Promise<SendOptions> {
  const { contactId, channelAccountId, channelProvider } = await getConversation(ctx, conversationId);
  const now = ctx.now();
  const text: WantedSend = {
    contactId,
    channelAccountId,
    purpose: "service",
    content: channelProvider === "email" ? await mailTo(ctx, contactId) : { kind: "free" },
    origin: "user",
  };
  const facts = (await loadSendFacts(ctx, [text], now))(0);
  return {
    conversationId,
    windowIsOpen: facts.windowExpiresAt !== null && now < facts.windowExpiresAt,
    windowExpiresAt: facts.windowExpiresAt?.toISOString() ?? null,
    freeEntryExpiresAt: facts.freeEntryExpiresAt?.toISOString() ?? null,
    lastInboundAt: facts.lastInboundAt?.toISOString() ?? null,
    doNotContact: facts.person?.doNotContact ?? false,
    everything: facts.person?.everything ?? null,
    marketing: facts.person?.marketing ?? null,
    freeText: sendPolicy(facts, text, now),
    // Each for itself: choosing one does not use up the others.
    templates: facts.approvedTemplates.slice(0, mostTemplates).map((template) => ({
      template,
      decision: sendPolicy(
        { ...facts, template },
        { ...text, content: { kind: "template", templateId: template.id } },
        now,
      ),
    })),
  };
}

/** What is typed into a mailbox's conversation goes out as a mail to the person. */
async function mailTo(ctx: Ctx, contactId: number): Promise<WantedSend["content"]> {
  const { email } = await getContact(ctx, contactId);
  return { kind: "email", recipients: email === null ? [] : [email], copies: [] };
}
