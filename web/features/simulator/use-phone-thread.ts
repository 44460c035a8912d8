import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import type { SimulatedMessage, SimulatedPhone } from "../../../shared/v1/simulator.ts";
import { wordsOf } from "../../lib/api/api-error.ts";
import { readAsCustomer, simulatedThreadQuery } from "../../lib/api/simulator.ts";
import type { Customer } from "./made-up-customer.ts";
import { type PendingMessage, updateSimulator } from "./simulator-store.ts";

export type PhoneThread = {
  /** Undefined while the number is still being typed. */
  address: string | undefined;
  phone: SimulatedPhone | undefined;
  /** Oldest first. */
  messages: SimulatedMessage[];
  /** What the thread does not have yet. */
  pending: PendingMessage[];
  /** Why nothing could be loaded. */
  problem: string | undefined;
};

/** What stands on this customer's phone. While it is looked at, whatever arrives counts as read. */
export function usePhoneThread(customer: Customer, pending: PendingMessage[]): PhoneThread {
  const address = addressOf(customer);
  const { data, error } = useQuery({ ...simulatedThreadQuery(address ?? ""), enabled: address !== undefined });
  const messages = (data?.data ?? []).toReversed();
  const unread = messages.findLast(({ author, read_at }) => author === "business" && read_at === null)?.id;
  useEffect(() => {
    // Who may only look may not read either; then the phone reads by itself in time.
    if (unread !== undefined && address !== undefined) void readAsCustomer(address).catch(() => undefined);
  }, [unread, address]);
  const known = new Set(messages.map(({ id }) => id));
  const arrived = pending.filter(({ ids }) => ids.length > 0 && ids.every((id) => known.has(id))).length;
  useEffect(() => {
    if (arrived > 0) updateSimulator((before) => ({ pending: before.pending.filter((one) => !isKnown(one, known)) }));
  });
  return {
    address,
    phone: data?.phone,
    messages,
    problem: data === undefined && error ? wordsOf(error) : undefined,
    pending: pending.filter((one) => one.from.reach === customer.reach && isOf(one, customer) && !isKnown(one, known)),
  };
}

function isKnown({ ids }: PendingMessage, known: Set<string>): boolean {
  return ids.length > 0 && ids.every((id) => known.has(id));
}

function isOf({ from }: PendingMessage, customer: Customer): boolean {
  return from.phone === customer.phone && from.userId === customer.userId;
}

function addressOf(customer: Customer): string | undefined {
  if (customer.reach === "user_id")
    return /^[A-Z]{2}\.[A-Za-z0-9.]+$/.test(customer.userId) ? customer.userId : undefined;
  const digits = customer.phone.replace(/\D/g, "");
  return digits.length >= 8 && digits.length <= 15 ? digits : undefined;
}
