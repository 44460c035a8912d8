import { useQueryClient } from "@tanstack/react-query";
import { useSyncExternalStore } from "react";
import { wordsOf } from "../../lib/api/api-error.ts";
import { type SimulatedContent, sendAsCustomer } from "../../lib/api/simulator.ts";
import { randomKey } from "../../lib/random-key.ts";
import type { Customer } from "./made-up-customer.ts";
import { onSimulatorChange, type SentMessage, simulatorState, updateSimulator } from "./simulator-store.ts";

/** The phone's state, and the two ways to send: something new, or again what did not arrive. */
export function useSimulator() {
  const state = useSyncExternalStore(onSimulatorChange, simulatorState);
  const client = useQueryClient();
  const deliver = async (message: SentMessage) => {
    try {
      const { accepted } = await sendAsCustomer({ from: senderOf(message.from), ...message.content }, message.key);
      mark(
        message.key,
        accepted ? { state: "sent", problem: "" } : { state: "failed", problem: "The webhook refused it." },
      );
      void client.invalidateQueries({ queryKey: ["conversations"] });
    } catch (error) {
      mark(message.key, { state: "failed", problem: wordsOf(error) });
    }
  };
  return {
    ...state,
    send: (content: SimulatedContent) => {
      const message: SentMessage = {
        key: randomKey(),
        from: state.customer,
        content,
        at: new Date().toISOString(),
        state: "sending",
        problem: "",
      };
      updateSimulator(({ sent }) => ({ sent: [...sent, message] }));
      void deliver(message);
    },
    retry: (message: SentMessage) => {
      mark(message.key, { state: "sending", problem: "" });
      void deliver(message);
    },
  };
}

function mark(key: string, change: Pick<SentMessage, "state" | "problem">): void {
  updateSimulator(({ sent }) => ({
    sent: sent.map((message) => (message.key === key ? { ...message, ...change } : message)),
  }));
}

function senderOf(customer: Customer) {
  return customer.reach === "phone"
    ? { name: customer.name, phone: customer.phone }
    : { name: customer.name, user_id: customer.userId };
}
