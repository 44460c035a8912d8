import type { Message } from "../../../../shared/v1/conversation.ts";
import type * as View from "../../../../shared/v1/message.ts";
import type { Send } from "../../../domain/sends/get-send.ts";
import { presentMoney } from "../present-money.ts";
import { presentDecision } from "../sending/present-decision.ts";

export function presentMessageWithSend(message: Message, send: Send | undefined): View.MessageWithSend {
  return {
    message,
    send: send
      ? {
          state: send.state,
          purpose: send.purpose,
          attempts: send.attempts,
          next_attempt_at: send.nextAttemptAt,
          waiting_reason: send.waitingReason,
          error_class: send.errorClass,
          called_at: send.calledAt,
          accepted_at: send.acceptedAt,
          price: send.price === null ? null : presentMoney(send.price),
          price_currency: send.priceCurrency,
          decision: presentDecision(send.decision),
        }
      : null,
  };
}
