import { buildDueWebhook } from "../channels/simulator/build-due-webhook.ts";
import { bytesAsMetaSigns } from "../channels/simulator/bytes-as-meta-signs.ts";
import { acceptWebhook } from "../channels/whatsapp-cloud/accept-webhook.ts";
import { signBody } from "../channels/whatsapp-cloud/signature.ts";
import type { Db } from "../db/connection.ts";
import { createDeliveryStore } from "../domain/conversations/store-delivery.ts";
import { claimWebhooks, type DueWebhook } from "../domain/simulator/claim-webhooks.ts";
import { startLoop, type WakefulLoop } from "../domain/wakeful-loop.ts";

const batch = 100;

export type SimulatorWorkerOptions = {
  appSecret: string;
  pollMs: number;
  /** Webhooks were stored. */
  onStored: () => void;
  onError: (error: unknown) => void;
  now?: () => Date;
};

/** Plays Meta's side of webhooks: statuses and reviews of the simulated WhatsApp come when they are due, signed as the real ones. */
export function startSimulatorWorker(db: Db, options: SimulatorWorkerOptions): WakefulLoop {
  const { pollMs, onError } = options;
  const step = async () => ((await postDueWebhooks(db, options)) === batch ? 0 : pollMs);
  return startLoop(step, { pollMs, onError });
}

/** Posts what is due, at most a batch; returns how many. Claim and storage are one transaction, so nothing is lost or told twice. */
export async function postDueWebhooks(
  db: Db,
  { appSecret, onStored, now = () => new Date() }: Omit<SimulatorWorkerOptions, "pollMs" | "onError">,
): Promise<number> {
  const taken = await db.transaction(async (tx) => {
    const due = await claimWebhooks(tx, now(), batch);
    const store = createDeliveryStore(tx, () => {});
    const bodies = due.flatMap(bodiesOf);
    const accepted = await Promise.all(
      bodies.map((body) => acceptWebhook({ appSecret, store }, body, signBody(appSecret, body))),
    );
    if (accepted.includes(false)) throw new Error("a webhook of the simulator was refused by its own signature");
    return due.length;
  });
  if (taken > 0) onStored();
  return taken;
}

function bodiesOf(due: DueWebhook): Buffer[] {
  const body = bytesAsMetaSigns(buildDueWebhook(due));
  return Array.from({ length: due.copies }, () => body);
}
