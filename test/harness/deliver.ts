import type { Db } from "../../server/db/connection.ts";
import { createDeliveryStore } from "../../server/domain/conversations/store-delivery.ts";
import { processInbound } from "../../server/jobs/process-inbound.ts";
import type { Json } from "../../shared/json.ts";
import { count } from "./rows.ts";

/** Stores bodies as the webhook route does, and processes them until none is left. */
export async function deliver(db: Db, ...bodies: Json[]): Promise<void> {
  const store = createDeliveryStore(db, () => {});
  await Promise.all(
    bodies.map((body) =>
      store({
        provider: "whatsapp_cloud",
        companyId: null,
        body: Buffer.from(JSON.stringify(body)),
        receivedAt: new Date(),
      }),
    ),
  );
  await drain(db);
}

/** Where the machine's clock stepped back, a body stored before is due a moment later; and another worker may have some in hand. */
export async function drain(db: Db): Promise<void> {
  while ((await processInbound(db)) > 0 || (await count(db, untried)) > 0);
}

const untried = "inbound_deliveries where state = 'received' and attempts = 0 and provider <> 'email'";
