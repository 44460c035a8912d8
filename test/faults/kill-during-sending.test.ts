import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, expect, test } from "vitest";
import { connect } from "../../server/db/connect.ts";
import type { Db } from "../../server/db/connection.ts";
import { startEmbeddedPostgres } from "../../server/db/embedded/start-embedded-postgres.ts";
import { sealSecret } from "../../server/domain/accounts/seal-secret.ts";
import { saveConnection } from "../../server/domain/channels/connect-number.ts";
import { type Ctx, createCtx } from "../../server/domain/context.ts";
import { setNumberRate } from "../../server/domain/sends/pause-number.ts";
import { queueMessages } from "../../server/domain/sends/queue-messages.ts";
import { settleMessage } from "../../server/domain/sends/settle-message.ts";
import { loadSecrets } from "../../server/secrets.ts";
import { type GraphProcess, startGraphProcess } from "../fakes/start-graph-process.ts";
import { freePort } from "../harness/free-port.ts";
import { count, rows } from "../harness/rows.ts";
import { type RapportProcess, startRapport, startWorker } from "./rapport-process.ts";

// The published run is RAPPORT_KILLS=20 with 5,000 messages; the suite keeps it short.
const kills = Number(process.env.RAPPORT_KILLS ?? 4);
const perPerson = kills >= 20 ? 5 : 1;
const people = kills >= 20 ? 1_000 : 600;
const total = people * perPerson;
const appSecret = "a secret of this test";
const phoneNumberId = "300000000000001";

const dataDir = await mkdtemp(join(tmpdir(), "rapport-sending-"));
await chmod(dataDir, 0o755);
const closers: (() => Promise<unknown>)[] = [];
afterAll(async () => {
  for (const close of closers.toReversed()) await close();
  await rm(dataDir, { recursive: true, force: true });
});

test(`${kills} × kill -9 of two workers during ${total} sends: each is accepted once`, {
  timeout: 300_000 + kills * 90_000,
}, async () => {
  const embedded = await startEmbeddedPostgres({ dataDir: join(dataDir, "database"), log: () => {} });
  closers.push(() => embedded.stop());
  const { host, port, user, database } = embedded.connection;
  const databaseUrl = `postgres:///${database}?host=${encodeURIComponent(host)}&port=${port}&user=${user}`;
  const hookPort = await freePort();
  const graph = await startGraphProcess({
    hookUrl: `http://127.0.0.1:${hookPort}/hooks/whatsapp`,
    appSecret,
    mood: "wild",
  });
  closers.push(graph.stop);
  const env = {
    DATABASE_URL: databaseUrl,
    WHATSAPP_APP_SECRET: appSecret,
    WHATSAPP_GRAPH_URL: graph.url,
    PORT: String(hookPort),
  };
  const crew = await startCrew(env);
  const db = connect(embedded.connection);
  closers.push(() => db.close());
  const ctx = await connected(db);
  await queueAll(db, ctx);
  for (let round = 1; round <= kills; round += 1) {
    await untilAccepted(db, ctx, graph, Math.floor((total * round) / (kills + 1)));
    await crew.killOne(round);
  }
  await untilKnown(db, ctx, graph, crew);
  expect(await left(db)).toEqual([]);
  const { twice, accepted } = await graph.counts();
  expect(twice).toEqual([]);
  expect(accepted).toBe(total);
  const outgoing = "messages where direction = 'out'";
  expect(await count(db, `${outgoing} and provider_id is null`)).toBe(0);
  expect(await count(db, `${outgoing} and status = 'read'`)).toBe(total);
  const failures = "events where type = 'message.status_changed' and after ->> 'status' = 'failed'";
  expect(await count(db, failures)).toBe(0);
  expect(
    await count(
      db,
      "(select provider_id from messages where provider_id is not null group by 1 having count(*) > 1) twice",
    ),
  ).toBe(0);
  expect(await count(db, `(select 1 from channel_months having sum(delivered) <> ${total}) wrong`)).toBe(0);
});

type Crew = { killOne: (round: number) => Promise<void>; killAll: () => Promise<void>; startAll: () => Promise<void> };

/** A server, which hears the webhooks and works, and a second worker; whoever is killed is started anew. */
async function startCrew(env: Record<string, string>): Promise<Crew> {
  const folder = join(dataDir, "secrets");
  let server: RapportProcess = await startRapport(folder, env);
  let worker: Pick<RapportProcess, "kill"> = await startWorker(folder, env);
  const killAll = async () => void (await Promise.all([server.kill(), worker.kill()]));
  closers.push(killAll);
  return {
    async killOne(round) {
      if (round % 2 === 0) {
        await server.kill();
        server = await startRapport(folder, env);
      } else {
        await worker.kill();
        worker = await startWorker(folder, env);
      }
    },
    killAll,
    async startAll() {
      server = await startRapport(folder, env);
      worker = await startWorker(folder, env);
    },
  };
}

async function connected(db: Db): Promise<Ctx> {
  const [company] = await rows<{ id: number }>(db, "select id from companies where slug = 'main'");
  const ctx = createCtx({ db, companyId: company?.id ?? 0, actor: { kind: "system" } });
  await connectAgain(ctx);
  const [account] = await rows<{ id: number }>(
    db,
    `select id from channel_accounts where external_id = '${phoneNumberId}'`,
  );
  await rows(db, `update send_settings set unknown_wait_seconds = 60 where company_id = ${ctx.companyId}`);
  await rows(
    db,
    `with person as (
      insert into contacts (company_id, name, phone) select ${ctx.companyId}, 'Person ' || n, '+1302' || (1000000 + n)
      from generate_series(1, ${people}) n returning id
    ) insert into conversations (company_id, contact_id, channel_account_id, last_inbound_at, window_expires_at)
    select ${ctx.companyId}, id, ${account?.id}, now(), now() + interval '23 hours' from person`,
  );
  return ctx;
}

/** The token is good again: what a person does when a number has lost its permission. */
async function connectAgain(ctx: Ctx): Promise<void> {
  const { encryptionKey } = await loadSecrets(join(dataDir, "secrets"));
  const accessTokenSealed = sealSecret(encryptionKey, "a token of this test");
  const connection = { phoneNumberId, wabaId: "300", businessId: "30", accessTokenSealed, tokenExpiresAt: null };
  await ctx.transact((tx) => saveConnection(tx, connection));
}

async function queueAll(db: Db, ctx: Ctx): Promise<void> {
  const named = await rows<{ contact_id: number; account: number }>(
    db,
    `select contact_id, channel_account_id as account from conversations where company_id = ${ctx.companyId} order by id`,
  );
  const contactIds = named.map(({ contact_id }) => contact_id);
  const channelAccountId = named[0]?.account ?? 0;
  const rate = (messagesPerSecond: number) =>
    ctx.transact((tx) => setNumberRate(tx, { channelAccountId, messagesPerSecond }));
  // Nothing is queued for a number that has lost its token, so the vendor's moods begin when all is written.
  await rate(1);
  for (let serial = 0; serial < perPerson; serial += 1) {
    const content = { type: "text", text: `Message ${serial}` } as const;
    const results = await queueMessages(ctx, { contactIds, channelAccountId, content, origin: "user" });
    expect(results.filter(({ outcome }) => outcome === "skipped")).toEqual([]);
  }
  await rate(400);
}

async function untilAccepted(db: Db, ctx: Ctx, graph: GraphProcess, goal: number): Promise<void> {
  // What a dead worker had claimed holds up its conversations until its lease ends; the next kill does not wait for that.
  const began = performance.now();
  while ((await graph.counts()).accepted < goal && performance.now() - began < 6_000) {
    await mendConnection(db, ctx);
    if ((await waiting(db)) === 0) return;
    await pause(20);
  }
}

async function mendConnection(db: Db, ctx: Ctx): Promise<void> {
  if ((await count(db, `channel_accounts where external_id = '${phoneNumberId}' and status <> 'connected'`)) > 0)
    await connectAgain(ctx);
}

/** What has not left, with all that tells why. */
function left(db: Db): Promise<unknown[]> {
  return rows(
    db,
    `select s.state, s.attempts, s.resends, s.waiting_reason, s.error, s.called_at, s.next_attempt_at, s.lease_expires_at, now() as at,
      m.status, m.status_reason, m.provider_id,
      (select jsonb_agg(to_jsonb(r)) from number_rates r) as numbers, (select jsonb_agg(a.status) from channel_accounts a) as accounts,
      (select jsonb_agg(jsonb_build_object('state', d.state, 'error', d.error)) from inbound_deliveries d where d.state <> 'processed') as news
    from outbound_sends s join messages m on m.company_id = s.company_id and m.id = s.message_id where s.state <> 'accepted'`,
  );
}

function waiting(db: Db): Promise<number> {
  return count(db, "outbound_sends where state = 'queued'");
}

/** Until nobody waits: pauses and retries pass by themselves, and for unanswered calls the clock is moved an hour when all news is read. */
async function untilKnown(db: Db, ctx: Ctx, graph: GraphProcess, crew: Crew): Promise<void> {
  for (let hour = 0; hour < 12; hour += 1) {
    const began = performance.now();
    while ((await isNewsComing(db, graph)) || ((await waiting(db)) > 0 && performance.now() - began < 45_000)) {
      await mendConnection(db, ctx);
      await pause(100);
    }
    if ((await count(db, "outbound_sends where state <> 'accepted'")) === 0) return;
    await decideByHand(db, ctx);
    await crew.killAll();
    await rows(
      db,
      `update outbound_sends set called_at = called_at - interval '1 hour', next_attempt_at = next_attempt_at - interval '1 hour',
      lease_expires_at = lease_expires_at - interval '1 hour' where state <> 'accepted'`,
    );
    await crew.startAll();
    await pause(12_000);
  }
}

/** Who got no answer three times is left to a person, who sees at the phone that nothing arrived. */
async function decideByHand(db: Db, ctx: Ctx): Promise<void> {
  const left = await rows<{ message_id: number }>(
    db,
    "select message_id from outbound_sends where state = 'unknown' and resends >= 2",
  );
  for (const { message_id } of left) await settleMessage(ctx, message_id, "send_again");
}

/** However long it takes: who sends again before all news is read sends twice what had arrived. */
async function isNewsComing(db: Db, graph: GraphProcess): Promise<boolean> {
  if ((await graph.counts()).pending > 0) return true;
  return (await count(db, "inbound_deliveries where state = 'received'")) > 0;
}
