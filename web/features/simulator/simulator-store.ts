import type { SimulatedAct } from "../../lib/api/simulator.ts";
import { type Customer, madeUpCustomer } from "./made-up-customer.ts";

/**
 * On its way from the phone. `key` goes along as the Idempotency-Key, the same when it is sent again after a lost answer; once the
 * phone's own thread has all of `ids`, it shows them instead.
 */
export type PendingMessage = {
  key: string;
  from: Customer;
  act: SimulatedAct;
  at: string;
  state: "sending" | "sent" | "failed";
  problem: string;
  ids: string[];
};

/** The message that what is being written answers, or replaces. */
export type Quoted = { id: string; excerpt: string; purpose: "reply" | "edit" };

export type SimulatorState = {
  customer: Customer;
  draft: string;
  quoted: Quoted | undefined;
  pending: PendingMessage[];
};

const listeners = new Set<() => void>();
let state: SimulatorState = { customer: madeUpCustomer(), draft: "", quoted: undefined, pending: [] };

/** Outside of React, so that closing the phone loses neither the draft nor what is on its way. */
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
