import type { OutboundClient } from "../channels/egress/outbound-client.ts";
import type { Db } from "../db/connection.ts";
import { startLoop } from "../domain/wakeful-loop.ts";
import { fanOut } from "../domain/webhooks/fan-out.ts";
import { WebhookDeliverer } from "./webhook-deliverer.ts";

export type WebhookWorkerOptions = {
  encryptionKey: string;
  client: OutboundClient;
  onError: (error: unknown) => void;
  pollMs?: number;
};

const heldMs = 20;
const gapMs = 25;
/** Where nobody has a webhook, each commit need not be followed; who adds the first one may wait so long for its first event. */
const unheardGapMs = 250;

/** Turns the journal into deliveries and delivers them; woken by commits, polling besides. */
export function startWebhookWorker(db: Db, options: WebhookWorkerOptions): { stop: () => Promise<void> } {
  const { onError, pollMs = 1_000 } = options;
  const onFinished = () => {
    settling.wake();
    delivering.wake();
  };
  const deliverer = new WebhookDeliverer(db, { ...options, pollMs, onFinished });
  let isUnheard = false;
  const spread = async (): Promise<number> => {
    const fanned = await fanOut(db);
    isUnheard = fanned.isUnheard;
    if (fanned.isMore) return 0;
    return fanned.held ? heldMs : pollMs;
  };
  const fanning = startLoop(spread, { pollMs, gapMs: () => (isUnheard ? unheardGapMs : gapMs), onError });
  // The gap lets a few free places gather, so that a claim takes several deliveries.
  const delivering = startLoop(() => deliverer.takeMore(), { pollMs, gapMs: 10, onError });
  const settling = startLoop(() => deliverer.settle(), { pollMs, gapMs: 10, onError });
  const unsubscribe = [db.subscribe("events", fanning.wake), db.subscribe("webhook_deliveries", delivering.wake)];
  return {
    async stop() {
      for (const end of unsubscribe) end();
      await Promise.all([fanning.stop(), delivering.stop()]);
      await deliverer.drain();
      await settling.stop();
      await deliverer.settle().catch(onError);
    },
  };
}
