import type * as View from "../../../../shared/v1/sending.ts";
import type { ConsentWord } from "../../../domain/policy/send-facts.ts";
import type { SendOptions } from "../../../domain/policy/send-options.ts";
import { presentDecision } from "./present-decision.ts";

export function presentOptions(options: SendOptions): View.SendOptions {
  return {
    conversation_id: options.conversationId,
    window: {
      is_open: options.windowIsOpen,
      expires_at: options.windowExpiresAt,
      free_entry_expires_at: options.freeEntryExpiresAt,
      last_inbound_at: options.lastInboundAt,
    },
    free_text: presentDecision(options.freeText),
    templates: options.templates.map(({ template, decision }) => ({
      id: template.id,
      name: template.name,
      language: template.language,
      category: template.category?.toLowerCase() ?? null,
      decision: presentDecision(decision),
    })),
    consent: {
      do_not_contact: options.doNotContact,
      all: wordOf(options.everything),
      marketing: wordOf(options.marketing),
    },
  };
}

function wordOf(word: ConsentWord | null): View.SendOptions["consent"]["all"] {
  return word && { state: word.state, at: word.at.toISOString(), source: word.source };
}
