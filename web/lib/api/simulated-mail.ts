import { queryOptions } from "@tanstack/react-query";
import type { SimulatedMail, SimulatedMailAnswer, SimulatedNewMail } from "../../../shared/v1/simulated-mail.ts";
import { apiPaths } from "../paths.ts";
import type { Page } from "./page.ts";
import { request } from "./request.ts";

const pollMs = 3_000;

/** What the demo's mail server took, newest first; fails with 404 or 409 where there is none. */
export const simulatedMailboxQuery = queryOptions({
  queryKey: ["simulator", "mailbox"],
  queryFn: ({ signal }) => request<Page<SimulatedMail>>(apiPaths.simulatedMailbox({ limit: 30 }), { signal }),
  refetchInterval: pollMs,
});

export function answerSimulatedMail(id: number, answer: SimulatedMailAnswer, idempotencyKey: string): Promise<unknown> {
  return request(apiPaths.simulatedMailAnswer(id), { method: "POST", body: answer, idempotencyKey });
}

export function writeSimulatedMail(mail: SimulatedNewMail, idempotencyKey: string): Promise<unknown> {
  return request(apiPaths.simulatedMailbox({}), { method: "POST", body: mail, idempotencyKey });
}
