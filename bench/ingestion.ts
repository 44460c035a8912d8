import { setTimeout as pause } from "node:timers/promises";
import type pg from "pg";
import type { LoadRequest } from "./load/plan.ts";
import { costOf, type Place } from "./measure-scenario.ts";
import { processorTime } from "./processor-time.ts";
import type { IngestionResult } from "./results.ts";

/** Sends every body as fast as it is acknowledged, then waits until the last one is a stored, processed message. */
export async function measureIngestion(place: Place, name: string, requests: LoadRequest[]): Promise<IngestionResult> {
  const { generator, client, port } = place;
  const before = await messagesStored(place);
  const spentBefore = await processorTime(place.pid, place.dataDir);
  const started = performance.now();
  const acknowledged = await generator.run({
    port,
    connections: 16,
    warmUpSeconds: 0,
    seconds: 120,
    headers: {},
    requests,
    once: true,
  });
  const acknowledgedAt = performance.now();
  await untilProcessed(client);
  const processedAt = performance.now();
  const spent = await processorTime(place.pid, place.dataDir);
  const stored = (await messagesStored(place)) - before;
  if (stored !== requests.length) throw new Error(`${name}: ${requests.length} bodies became ${stored} messages.`);
  return {
    name,
    bodies: requests.length,
    acknowledged,
    processedPerSecond: Math.round((requests.length * 1000) / (processedAt - started)),
    lagMs: Math.round(processedAt - acknowledgedAt),
    costUs: costOf(spentBefore, spent, requests.length),
  };
}

async function messagesStored({ client, bench }: Place): Promise<number> {
  const { rows } = await client.query<{ count: number }>(
    "select count(*) as count from messages where company_id = $1",
    [bench.companyId],
  );
  return rows[0]?.count ?? 0;
}

async function untilProcessed(client: pg.Client): Promise<void> {
  for (let tries = 0; tries < 6_000; tries += 1) {
    const { rows } = await client.query<{ waiting: boolean }>(
      "select exists (select from inbound_deliveries where state = 'received') as waiting",
    );
    if (rows[0]?.waiting === false) return;
    await pause(20);
  }
  throw new Error("Two minutes after the last acknowledgement there are still bodies to process.");
}
