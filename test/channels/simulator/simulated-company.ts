import { playMessages } from "../../../server/channels/simulator/play-messages.ts";
import { simulatorTransport } from "../../../server/channels/simulator/simulator-transport.ts";
import type { GraphAnswer } from "../../../server/channels/whatsapp-cloud/graph-transport.ts";
import { simulatedAccountOf } from "../../../server/domain/simulator/simulated-account.ts";
import { type Json, listOf, objectOf, textOf } from "../../../shared/json.ts";
import { rows } from "../../harness/rows.ts";
import type { TestDatabase } from "../../harness/test-database.ts";

export const simulatorSecret = "secret of the simulator's tests";

/** A company with the simulated WhatsApp behind it, at a time that the test moves. */
export async function simulatedCompany({ db, ctx, createCompany }: TestDatabase) {
  const companyId = await createCompany();
  // One worker tells for all companies; what an earlier test left waiting is none of this one's.
  await rows(db, "delete from simulator_webhooks returning id");
  const clock = { now: new Date("2026-11-20T10:00:00Z") };
  const now = () => clock.now;
  const account = await simulatedAccountOf(db, companyId);
  if (!account) throw new Error("no simulated number");
  const transport = simulatorTransport({ db, appSecret: simulatorSecret, now });
  const here = ctx(companyId, { kind: "system" }, now);
  return {
    companyId,
    clock,
    account,
    transport,
    ctx: here,
    later: (ms: number) => {
      clock.now = new Date(clock.now.getTime() + ms);
    },
    /** A customer with this number writes, which opens the window. */
    write: (phone: string, text = "Hello", post = async (_body: Buffer) => true) =>
      playMessages(here, account, {
        person: { name: "Ana", phone },
        messages: [{ type: "text", body: { body: text }, sentAt: now() }],
        post,
      }),
    send: (body: { [key: string]: Json }, options: { timeoutMs?: number } = {}) =>
      transport.call({
        method: "POST",
        path: `/${account.phoneNumberId}/messages`,
        body: { messaging_product: "whatsapp", ...body },
        ...options,
      }),
  };
}

export function errorOf(answer: GraphAnswer): { code: unknown; details: string } {
  const error = objectOf(objectOf(answer.body)?.error);
  return { code: error?.code, details: textOf(objectOf(error?.error_data)?.details) ?? textOf(error?.message) ?? "" };
}

export function idOf(answer: GraphAnswer): string {
  return textOf(objectOf(listOf(objectOf(answer.body)?.messages)[0])?.id) ?? "";
}
