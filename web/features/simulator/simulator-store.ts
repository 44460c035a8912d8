import type { SimulatedContent } from "../../lib/api/simulator.ts";
import { type Customer, madeUpCustomer } from "./made-up-customer.ts";

/** `key` goes along as the Idempotency-Key, the same when a message is sent again after a lost answer. */
export type SentMessage = {
  key: string;
  from: Customer;
  content: SimulatedContent;
  at: string;
  state: "sending" | "sent" | "failed";
  problem: string;
};

export type SimulatorState = { customer: Customer; draft: string; sent: SentMessage[] };

const listeners = new Set<() => void>();
let state: SimulatorState = { customer: madeUpCustomer(), draft: "", sent: [] };

/** Outside of React, so that closing the phone loses neither the draft nor what was sent. */
export function simulatorState(): SimulatorState {
  return state;
}

export function updateSimulator(change: (before: SimulatorState) => Partial<SimulatorState>): void {
  state = { ...state, ...change(state) };
  for (const listener of listeners) listener();
}

export function onSimulatorChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
