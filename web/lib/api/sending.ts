import { type QueryClient, queryOptions } from "@tanstack/react-query";
import type { Message } from "../../../shared/v1/conversation.ts";
import type { SendDecision, SendOptions } from "../../../shared/v1/sending.ts";
import { pollMs } from "../live/live-state.ts";
import { apiPaths } from "../paths.ts";
import { addMessage } from "./messages.ts";
import { request } from "./request.ts";

const optionsPollMs = 10_000;

/** What may be sent in a conversation just now, at what price, and why not. */
export function sendOptionsQuery(conversationId: number) {
  return queryOptions({
    queryKey: ["send-options", conversationId],
    queryFn: ({ signal }) => request<SendOptions>(apiPaths.sendOptions(conversationId), { signal }),
    refetchInterval: pollMs(optionsPollMs),
    staleTime: 5_000,
  });
}

/** What a message says, as POST /v1/conversations/{id}/messages takes it, and what to show of it until the server has it. */
export type Draft = { body: object; text: string; key: string; source: "typed" | "file" | "template" };

type Sent = { message: Message; decision: SendDecision };

export const sendingKey = (conversationId: number) => ["send", conversationId] as const;

/** One message into the outbox. The key makes a second try of the same draft the same message. */
export function sendMutation(client: QueryClient, conversationId: number) {
  return {
    mutationKey: sendingKey(conversationId),
    mutationFn: ({ body, key }: Draft) =>
      request<Sent>(apiPaths.messages(conversationId, {}), { method: "POST", body, idempotencyKey: key }),
    // Nothing is waited for here: while a mutation waits it counts as pending, and its message would be shown twice.
    onSuccess: ({ message }: Sent) => {
      addMessage(client, message);
      void client.invalidateQueries({ queryKey: ["conversations"] });
    },
    onSettled: () => void client.invalidateQueries({ queryKey: ["send-options", conversationId] }),
  };
}

export type MessageAct = "cancel" | "retry" | "settle";

/** Takes a waiting message back, sends a failed one again, or says what became of one whose fate is not known. */
export function actOnMessage(id: number, act: MessageAct, body: object = {}): Promise<unknown> {
  return request(apiPaths.messageAct(id, act), { method: "POST", body });
}
