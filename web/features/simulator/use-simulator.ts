import { useQueryClient } from "@tanstack/react-query";
import { useSyncExternalStore } from "react";
import { wordsOf } from "../../lib/api/api-error.ts";
import { actAsCustomer, type SimulatedAct } from "../../lib/api/simulator.ts";
import { randomKey } from "../../lib/random-key.ts";
import { showProblem } from "../../ui/undo-toast.tsx";
import type { Customer } from "./made-up-customer.ts";
import { onSimulatorChange, type PendingMessage, simulatorState, updateSimulator } from "./simulator-store.ts";

/** The phone's state, and the ways to act: something new, again what did not arrive, and what leaves no bubble. */
export function useSimulator() {
  const state = useSyncExternalStore(onSimulatorChange, simulatorState);
  const client = useQueryClient();
  const refresh = () => {
    void client.invalidateQueries({ queryKey: ["conversations"] });
    return client.invalidateQueries({ queryKey: ["simulator", "thread"] });
  };
  const deliver = async (message: PendingMessage) => {
    try {
      const { accepted, message_ids: ids } = await actAsCustomer(senderOf(message.from), message.act, message.key);
      await refresh();
      mark(
        message.key,
        accepted
          ? { state: "sent", problem: "", ids }
          : { state: "failed", problem: "The webhook refused it.", ids: [] },
      );
    } catch (error) {
      mark(message.key, { state: "failed", problem: wordsOf(error), ids: [] });
    }
  };
  return {
    ...state,
    send: (act: SimulatedAct) => {
      const at = new Date().toISOString();
      const message: PendingMessage = {
        key: randomKey(),
        from: state.customer,
        act,
        at,
        state: "sending",
        problem: "",
        ids: [],
      };
      updateSimulator(({ pending }) => ({ pending: [...pending, message] }));
      void deliver(message);
    },
    retry: (message: PendingMessage) => {
      mark(message.key, { state: "sending", problem: "", ids: [] });
      void deliver(message);
    },
    /** A reaction, a deletion, a new number: nothing of it is a bubble of its own. */
    act: async (act: SimulatedAct): Promise<boolean> => {
      try {
        await actAsCustomer(senderOf(state.customer), act, randomKey());
        await refresh();
        return true;
      } catch (error) {
        showProblem("That did not work", wordsOf(error));
        return false;
      }
    },
  };
}

function mark(key: string, change: Pick<PendingMessage, "state" | "problem" | "ids">): void {
  updateSimulator(({ pending }) => ({
    pending: pending.map((message) => (message.key === key ? { ...message, ...change } : message)),
  }));
}

function senderOf(customer: Customer) {
  return customer.reach === "phone"
    ? { name: customer.name, phone: customer.phone }
    : { name: customer.name, user_id: customer.userId, username: usernameOf(customer.name) };
}

/** Who hides the number goes by a name of their own. */
function usernameOf(name: string): string {
  return name
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ".")
    .replace(/^\.|\.$/g, "")
    .slice(0, 30);
}
