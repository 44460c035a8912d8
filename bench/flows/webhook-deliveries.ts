import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import { createCtx } from "../../server/domain/context.ts";
import { recordEvents } from "../../server/domain/events/record-event.ts";
import type { Place } from "../measure-scenario.ts";
import { call } from "./call.ts";
import { type FlowResult, quantile } from "./flow.ts";

const events = 5_000;
const perCommit = 100;

/** Events committed in a burst, to the moment a server on loopback has each of them. */
export async function measureWebhookDeliveries(place: Place): Promise<FlowResult> {
  const arrivedAt = new Map<string, number>();
  const server = await receiver((id) => arrivedAt.set(id, performance.now()));
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  const url = `http://127.0.0.1:${port}/hook`;
  const { id } = await call(place, "POST", "/v1/webhooks", { url, event_types: ["note.created"] });
  try {
    const began = performance.now();
    const committedAt: number[] = [];
    const ctx = createCtx({ db: place.db, companyId: place.bench.companyId, actor: { kind: "system" } });
    for (let made = 0; made < events; made += perCommit) {
      await ctx.transact((tx) =>
        recordEvents(
          tx,
          Array.from({ length: perCommit }, () => note),
        ),
      );
      committedAt.push(performance.now());
    }
    for (let tries = 0; arrivedAt.size < events && tries < 3_000; tries += 1) await pause(20);
    if (arrivedAt.size !== events) throw new Error(`webhooks: ${arrivedAt.size} of ${events} arrived.`);
    // Ids count with the events, so that the order of ids is the order of commits.
    const sorted = [...arrivedAt].toSorted(([one], [other]) => Number(one.slice(4)) - Number(other.slice(4)));
    const latencies = sorted.map(([, at], number) => at - (committedAt[Math.floor(number / perCommit)] ?? at));
    return {
      name: "webhook deliveries to one endpoint",
      count: events,
      perSecond: Math.round((events * 1_000) / (Math.max(...arrivedAt.values()) - began)),
      p50Ms: quantile(latencies, 0.5),
      p99Ms: quantile(latencies, 0.99),
    };
  } finally {
    await call(place, "DELETE", `/v1/webhooks/${String(id)}`);
    server.closeAllConnections();
    server.close();
  }
}

const note = { type: "note.created", subject: { kind: "note", id: 1 } } as const;

async function receiver(arrived: (id: string) => void): Promise<Server> {
  const server = createServer((request, response) => {
    arrived(String(request.headers["webhook-id"]));
    request.resume();
    request.on("end", () => response.end());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return server;
}
