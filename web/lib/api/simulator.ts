import { queryOptions } from "@tanstack/react-query";
import type { Static } from "typebox";
import type {
  NewSimulatorFailure,
  SimulatedAccepted,
  SimulatedActed,
  SimulatedAction,
  SimulatedPhone,
  SimulatedSender,
  SimulatedThread,
  SimulatorFailure,
  SimulatorFailures,
} from "../../../shared/v1/simulator.ts";
import { apiPaths } from "../paths.ts";
import { request } from "./request.ts";

const phonePollMs = 1_500;

/** What a customer does: writes a text, or something else with its own fields. */
export type SimulatedAct = { type: "text"; text: string } | ({ type: "action" } & Omit<SimulatedAction, "from">);

/** Goes through the same signed webhook route as a body from Meta. Gives the ids of the messages it became. */
export async function actAsCustomer(
  from: SimulatedSender,
  act: SimulatedAct,
  idempotencyKey: string,
): Promise<SimulatedActed> {
  if (act.type === "text") {
    const body = { from, text: act.text };
    const sent: Static<typeof SimulatedAccepted> = await request(apiPaths.simulatorMessages, {
      method: "POST",
      body,
      idempotencyKey,
    });
    return { message_ids: [sent.message_id], accepted: sent.accepted };
  }
  const { type: _, ...action } = act;
  return request(apiPaths.simulatorActions, { method: "POST", body: { from, ...action }, idempotencyKey });
}

/** What stands on one phone, by its number or its owner's user id. */
export function simulatedThreadQuery(phone: string) {
  return queryOptions({
    queryKey: ["simulator", "thread", phone],
    queryFn: ({ signal }) => request<SimulatedThread>(apiPaths.simulatedThread(phone), { signal }),
    refetchInterval: phonePollMs,
  });
}

export function readAsCustomer(phone: string): Promise<null> {
  return request(apiPaths.simulatedReading(phone), { method: "POST" });
}

export function switchSimulatedPhone(
  phone: string,
  state: { name: string; switched_off: boolean },
): Promise<SimulatedPhone> {
  return request(apiPaths.simulatedPhone(phone), { method: "PATCH", body: state });
}

export function simulatorFailuresQuery() {
  return queryOptions({
    queryKey: ["simulator", "failures"],
    queryFn: ({ signal }) => request<SimulatorFailures>(apiPaths.simulatorFailures, { signal }),
    refetchInterval: 3_000,
  });
}

export function makeWhatsAppFail(failure: NewSimulatorFailure): Promise<SimulatorFailure> {
  return request(apiPaths.simulatorFailures, { method: "POST", body: failure });
}

export function endFailure(id: number): Promise<null> {
  return request(apiPaths.simulatorFailure(id), { method: "DELETE" });
}

export function endAllFailures(): Promise<null> {
  return request(apiPaths.simulatorFailures, { method: "DELETE" });
}
