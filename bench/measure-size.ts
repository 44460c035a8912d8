import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { clientConfig, connect } from "../server/db/connect.ts";
import { runningEmbeddedPostgres } from "../server/db/embedded/running-embedded-postgres.ts";
import { startGraphProcess } from "../test/fakes/start-graph-process.ts";
import { type FilledFolder, filledFolder, removeFolder } from "./filled-folder.ts";
import { measureLive } from "./flows/live.ts";
import { measureReminders } from "./flows/reminders.ts";
import { measureSending } from "./flows/sending.ts";
import { measureWebhookDeliveries } from "./flows/webhook-deliveries.ts";
import { measureIngestion } from "./ingestion.ts";
import { startLoadGenerator } from "./load/load-generator.ts";
import type { LoadResult } from "./load/plan.ts";
import { costOf, measureScenario, type Place } from "./measure-scenario.ts";
import { type Running, residentMb, startBareServer, startRapport, watchMemory } from "./processes.ts";
import { processorTime } from "./processor-time.ts";
import { readThrough } from "./read-through.ts";
import { type IngestionResult, type MeasuredFlow, median, type ScenarioResult, type SizeResult } from "./results.ts";
import { contactLists } from "./scenarios/contact-lists.ts";
import { leadsWorkspaceReads, salespersonReads } from "./scenarios/crm-surfaces.ts";
import { activityLists, dealLists, taskLists } from "./scenarios/lists.ts";
import { messageSearches } from "./scenarios/message-search.ts";
import { type Bench, spread } from "./scenarios/scenario.ts";
import { visitReads } from "./scenarios/visits.ts";
import { fromKnownPeople, fromNewPeople } from "./scenarios/webhooks.ts";
import { whatsappReads } from "./scenarios/whatsapp.ts";
import { writes } from "./scenarios/writes.ts";

export type Effort = { seconds: number; rounds: number; only: string; keepsFolder: boolean };

const appSecret = "bench-app-secret";
const bodiesARound = 10_000;

/** Fills, starts, measures and stops; everything of one size in one run. */
export async function measureSize(contacts: number, effort: Effort): Promise<SizeResult> {
  const folder = await filledFolder(contacts);
  const graph = await startGraphProcess({ hookUrl: "", appSecret, mood: "calm" });
  const rapport = await startRapport(folder.dataDir, {
    WHATSAPP_GRAPH_URL: graph.url,
    WHATSAPP_APP_SECRET: appSecret,
    RAPPORT_ALLOW_PRIVATE_WEBHOOKS: "true",
  });
  try {
    await readThrough(folder.dataDir);
    // V8 gives back what the start needed about eight seconds after it.
    await pause(20_000);
    const idle = await residentMb(rapport.pid);
    const memory = watchMemory(rapport.pid);
    const place = await placeOf(folder, rapport, contacts);
    try {
      const figures = await measureAll(place, effort);
      return { contacts, ...figures, memoryMb: { idle, underLoad: memory.stop() } };
    } finally {
      // Before the server takes its database along, so that a failed measurement is what one reads of.
      await place.close();
    }
  } finally {
    await rapport.stop();
    await graph.stop();
    if (!effort.keepsFolder) await removeFolder(folder);
  }
}

async function placeOf(folder: FilledFolder, rapport: Running, contacts: number): Promise<Place> {
  const address = await runningEmbeddedPostgres(folder.dataDir);
  if (!address) throw new Error("The server runs, but not its database.");
  const client = new pg.Client({ ...clientConfig(address), options: "-c TimeZone=UTC" });
  await client.connect();
  const db = connect(address, { lanes: 1, poolSize: 1 });
  const generator = startLoadGenerator();
  return {
    ...{ address, client, db, generator, port: rapport.port, pid: rapport.pid },
    ...{ dataDir: folder.dataDir, apiKey: folder.apiKey },
    bench: await benchOf(client, folder.companyId, contacts),
    async close() {
      generator.stop();
      await Promise.all([client.end(), db.close()]);
    },
  };
}

async function benchOf(client: pg.Client, companyId: number, contacts: number): Promise<Bench> {
  const { rows } = await client.query<{
    first: number;
    conversation: number;
    number: string;
    location: number;
    service: number;
    provider: number;
    newcomer: number | null;
  }>(
    `select (select min(id) from contacts where company_id = $1) as first,
       (select min(id) from conversations where company_id = $1) as conversation,
       (select external_id from channel_accounts where company_id = $1 order by id limit 1) as number,
       (select min(id) from locations where company_id = $1) as location, (select min(id) from services where company_id = $1) as service,
       (select min(id) from providers where company_id = $1) as provider,
       (select max(value)::bigint from contact_identities
         where company_id = $1 and kind = 'wa_id' and value between '13010000000' and '13019999999') as newcomer`,
    [companyId],
  );
  const firstContactId = rows[0]?.first ?? 1;
  const firstConversationId = rows[0]?.conversation ?? 1;
  const known = await client.query<{ number: string }>(
    "select substr(phone, 2) as number from contacts where company_id = $1 and id = any($2::bigint[])",
    [companyId, spread(3 * bodiesARound, contacts).map((number) => firstContactId + number)],
  );
  const knownNumbers = known.rows.map(({ number }) => number);
  const phoneNumberId = rows[0]?.number ?? "";
  const offer = {
    locationId: rows[0]?.location ?? 1,
    serviceId: rows[0]?.service ?? 1,
    firstProviderId: rows[0]?.provider ?? 1,
  };
  const firstNewNumber = (rows[0]?.newcomer ?? 13_010_999_999) + 1;
  const numbers = { phoneNumberId, knownNumbers, firstNewNumber };
  return { companyId, contacts, appSecret, firstContactId, firstConversationId, ...numbers, ...offer };
}

async function measureAll(place: Place, effort: Effort): Promise<Omit<SizeResult, "contacts" | "memoryMb">> {
  const bare = await measureBare(place, effort);
  const wanted = [
    ...contactLists,
    ...dealLists,
    ...taskLists,
    ...activityLists,
    ...messageSearches,
    ...whatsappReads,
    ...visitReads,
    ...leadsWorkspaceReads,
    ...salespersonReads,
    ...writes,
  ].filter(({ name }) => name.includes(effort.only));
  const scenarios: ScenarioResult[] = [];
  for (const scenario of wanted) scenarios.push(await measureScenario(place, scenario, effort));
  const ingestion: IngestionResult[] = [];
  for (const [name, bodies] of Object.entries({
    "webhook, new people": fromNewPeople,
    "webhook, known people": fromKnownPeople,
  })) {
    if (!name.includes(effort.only)) continue;
    const rounds: IngestionResult[] = [];
    for (let round = 0; round < effort.rounds; round += 1) {
      rounds.push(await measureIngestion(place, name, bodies(place.bench, round, bodiesARound)));
    }
    const result = median(rounds, ({ processedPerSecond }) => processedPerSecond);
    ingestion.push(result);
    console.log(`${name}: ${result.processedPerSecond}/s, ${result.costUs.node} + ${result.costUs.postgres} µs`);
  }
  return { bare, scenarios, ingestion, flows: await measureFlows(place, effort) };
}

async function measureFlows(place: Place, effort: Effort): Promise<MeasuredFlow[]> {
  const flows: MeasuredFlow[] = [];
  for (const [name, measure] of Object.entries({
    live: measureLive,
    "webhook-deliveries": measureWebhookDeliveries,
    sending: measureSending,
    reminders: measureReminders,
  })) {
    if (!name.includes(effort.only)) continue;
    const rounds: MeasuredFlow[] = [];
    for (let round = 0; round < effort.rounds; round += 1) {
      const before = await processorTime(place.pid, place.dataDir);
      const flow = await measure(place);
      rounds.push({ ...flow, costUs: costOf(before, await processorTime(place.pid, place.dataDir), flow.count) });
    }
    const result = median(rounds, ({ perSecond }) => perSecond);
    flows.push(result);
    const { name: shown, perSecond, p50Ms, p99Ms, costUs } = result;
    console.log(`${shown}: ${perSecond}/s, p50 ${p50Ms}, p99 ${p99Ms} ms, ${costUs.node} + ${costUs.postgres} µs`);
  }
  return flows;
}

async function measureBare(place: Place, effort: Effort): Promise<LoadResult> {
  const bare = await startBareServer();
  try {
    return await place.generator.run({
      port: bare.port,
      connections: 16,
      warmUpSeconds: 1,
      seconds: effort.seconds,
      headers: {},
      requests: [{ method: "GET", path: "/" }],
      once: false,
    });
  } finally {
    await bare.stop();
  }
}
