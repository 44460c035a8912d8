import { setTimeout as pause } from "node:timers/promises";
import { sealSecret } from "../../server/domain/accounts/seal-secret.ts";
import { saveConnection } from "../../server/domain/channels/connect-number.ts";
import { createCtx } from "../../server/domain/context.ts";
import { setNumberRate } from "../../server/domain/sends/pause-number.ts";
import { loadSecrets } from "../../server/secrets.ts";
import type { Place } from "../measure-scenario.ts";
import { type FlowResult, quantile } from "./flow.ts";

const people = 1_000;
const perPerson = 4;
const number = "399000000000001";

/** From the request that sends a message to its acceptance by a double of the Graph API on loopback: policy, outbox, call, note. */
export async function measureSending(place: Place): Promise<FlowResult> {
  const { client, generator, port, apiKey } = place;
  const conversations = await openThreads(place);
  const requests = Array.from({ length: people * perPerson }, (_, index) => ({
    method: "POST",
    path: `/v1/conversations/${conversations[index % people]}/messages`,
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ type: "text", text: { body: `Your order ${index} is on its way` } }),
  }));
  const last = await client.query<{ id: number }>("select coalesce(max(id), 0) as id from outbound_sends");
  const began = performance.now();
  const posted = await generator.run({
    ...{ port, connections: 16, warmUpSeconds: 0, seconds: 120, once: true },
    headers: { authorization: `Bearer ${apiKey}` },
    requests,
  });
  const latencies = await untilAccepted(place, last.rows[0]?.id ?? 0);
  if (latencies.length !== requests.length)
    throw new Error(`sending: ${latencies.length} of ${requests.length} were accepted. ${posted.firstFailure ?? ""}`);
  return {
    name: "sending, POST to accepted",
    count: requests.length,
    perSecond: Math.round((requests.length * 1_000) / (performance.now() - began)),
    p50Ms: quantile(latencies, 0.5),
    p99Ms: quantile(latencies, 0.99),
  };
}

async function untilAccepted({ client }: Place, after: number): Promise<number[]> {
  for (let tries = 0; tries < 3_000; tries += 1) {
    const { rows } = await client.query<{ open: boolean }>(
      "select exists (select from outbound_sends where id > $1 and state <> 'accepted') as open",
      [after],
    );
    if (rows[0]?.open === false) break;
    await pause(20);
  }
  const { rows } = await client.query<{ ms: number }>(
    "select (extract(epoch from accepted_at - created_at) * 1000)::float8 as ms from outbound_sends where id > $1 and state = 'accepted'",
    [after],
  );
  return rows.map(({ ms }) => Number(ms));
}

/** A number of the largest throughput at the double of the Graph API. */
export async function connectNumber({ db, bench, dataDir }: Place): Promise<number> {
  const ctx = createCtx({ db, companyId: bench.companyId, actor: { kind: "system" } });
  const { encryptionKey } = await loadSecrets(dataDir);
  return ctx.transact(async (tx) => {
    const accessTokenSealed = sealSecret(encryptionKey, "a token of the bench");
    const connection = {
      phoneNumberId: number,
      wabaId: "399",
      businessId: "39",
      accessTokenSealed,
      tokenExpiresAt: null,
    };
    const channelAccountId = await saveConnection(tx, connection);
    await setNumberRate(tx, { channelAccountId, messagesPerSecond: 1_000 });
    return channelAccountId;
  });
}

/** People whose windows are open there. */
async function openThreads(place: Place): Promise<number[]> {
  const { client, bench } = place;
  const id = await connectNumber(place);
  await client.query("delete from pair_rates where company_id = $1", [bench.companyId]);
  const { rows } = await client.query<{ id: number }>(
    `insert into conversations (company_id, contact_id, channel_account_id, last_inbound_at, window_expires_at)
     select company_id, id, $2, now(), now() + interval '23 hours' from contacts
     where company_id = $1 and deleted_at is null and phone is not null and not do_not_contact order by id limit ${people}
     on conflict (company_id, contact_id, channel_account_id) do update set window_expires_at = excluded.window_expires_at
     returning id`,
    [bench.companyId, id],
  );
  return rows.map((row) => row.id);
}
