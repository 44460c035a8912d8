import { setTimeout as pause } from "node:timers/promises";
import type { OutboundClient } from "../channels/egress/outbound-client.ts";
import type { Db } from "../db/connection.ts";
import {
  type ClaimedWebhook,
  claimWebhooks,
  firstEndpoint,
  type WaitingEndpoint,
} from "../domain/webhooks/claim-deliveries.ts";
import { type Settled, settleDeliveries } from "../domain/webhooks/settle-deliveries.ts";
import { attemptDelivery } from "./attempt-delivery.ts";

const mostUnderWay = 400;
const perEndpoint = 32;
/** Who fails gets no more of our places than it takes to notice when it is well again. */
const perFailingEndpoint = 2;
/** A stopping process waits no longer; what is left is delivered again when its lease ends. */
const drainMs = 3_000;

export type DelivererOptions = {
  encryptionKey: string;
  client: OutboundClient;
  /** How long to rest when there is nothing to do. */
  pollMs: number;
  /** An attempt has ended. */
  onFinished: () => void;
};

/** Attempts deliveries side by side, a bounded number in all and per endpoint. */
export class WebhookDeliverer {
  readonly #db: Db;
  readonly #options: DelivererOptions;
  readonly #underWay = new Map<number, number>();
  readonly #running = new Set<Promise<void>>();
  #finished: Settled[] = [];
  #from = firstEndpoint;

  constructor(db: Db, options: DelivererOptions) {
    this.#db = db;
    this.#options = options;
  }

  /** Claims what there is room for and sets it going; says how long to rest. */
  async takeMore(): Promise<number> {
    const { pollMs } = this.#options;
    const limit = mostUnderWay - this.#running.size;
    if (limit <= 0) return pollMs;
    const roomOf = (endpoint: WaitingEndpoint) => this.#roomOf(endpoint);
    const { deliveries, from } = await claimWebhooks(this.#db, { now: new Date(), from: this.#from, roomOf, limit });
    this.#from = from;
    for (const delivery of deliveries) {
      const task = this.#attempt(delivery).finally(() => this.#running.delete(task));
      this.#running.add(task);
    }
    return deliveries.length > 0 || from !== firstEndpoint ? 0 : pollMs;
  }

  /** Writes down what came of the attempts since the last time. */
  async settle(): Promise<number> {
    const batch = this.#finished;
    this.#finished = [];
    try {
      await settleDeliveries(this.#db, batch, new Date());
    } catch (error) {
      // Kept for the next try; should this process end before, the leases run out and they are delivered again.
      this.#finished = [...batch, ...this.#finished];
      throw error;
    }
    return this.#finished.length > 0 ? 0 : this.#options.pollMs;
  }

  async drain(): Promise<void> {
    await Promise.race([Promise.all(this.#running), pause(drainMs, undefined, { ref: false })]);
  }

  #roomOf({ webhookId, isFailing }: WaitingEndpoint): number {
    return (isFailing ? perFailingEndpoint : perEndpoint) - (this.#underWay.get(webhookId) ?? 0);
  }

  async #attempt(delivery: ClaimedWebhook): Promise<void> {
    const { webhookId } = delivery;
    this.#underWay.set(webhookId, (this.#underWay.get(webhookId) ?? 0) + 1);
    const attempted = await attemptDelivery(delivery, this.#options);
    this.#finished.push({ delivery, attempted });
    const others = (this.#underWay.get(webhookId) ?? 1) - 1;
    if (others > 0) this.#underWay.set(webhookId, others);
    else this.#underWay.delete(webhookId);
    this.#options.onFinished();
  }
}
