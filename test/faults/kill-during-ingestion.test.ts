import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, onTestFinished, test } from "vitest";
import { signBody } from "../../server/channels/whatsapp-cloud/signature.ts";
import { connect } from "../../server/db/connect.ts";
import type { Db } from "../../server/db/connection.ts";
import { runningEmbeddedPostgres } from "../../server/db/embedded/running-embedded-postgres.ts";
import { textBody } from "../factories/whatsapp-body.ts";
import { drain } from "../harness/deliver.ts";
import { count } from "../harness/rows.ts";
import { type RapportProcess, startRapport } from "./rapport-process.ts";

// The published run is RAPPORT_KILLS=20; the suite keeps it short.
const kills = Number(process.env.RAPPORT_KILLS ?? 4);
const secret = "a secret of this test";
const dataDir = await mkdtemp(join(tmpdir(), "rapport-kill-"));
// Root's PostgreSQL runs as nobody: below a folder that only root may enter it would be put elsewhere and outlive this one.
await chmod(dataDir, 0o755);
afterAll(() => rm(dataDir, { recursive: true, force: true }));

test(`${kills} × kill -9 during ingestion lose and double nothing`, { timeout: 300_000 + kills * 90_000 }, async () => {
  const acknowledged = new Set<string>();
  let serial = 0;
  for (let round = 0; round < kills; round += 1) {
    const rapport = await started();
    const killing = afterSome(acknowledged, 150 + Math.floor(Math.random() * 250)).then(() => rapport.kill());
    const post = async (): Promise<void> => {
      while (rapport.process.exitCode === null && rapport.process.signalCode === null) {
        serial += 1;
        // Every person writes several times, some bodies are sent twice, as Meta does when an answer is lost.
        const id = `wamid.KILL${serial}`;
        const body = textBody({
          id,
          phone: `9199${String(serial % 97).padStart(8, "0")}`,
          text: `My name is Ana Lima, how much is it? ${serial}`,
        });
        const sent = await send(rapport.url, body);
        if (sent) acknowledged.add(id);
        if (serial % 5 === 0) await send(rapport.url, body);
      }
    };
    await Promise.all([killing, ...Array.from({ length: 8 }, post)]);
  }
  const rapport = await started();
  const address = await runningEmbeddedPostgres(dataDir);
  const db = connect(address ?? { url: "" });
  await settled(db);
  await check(db, acknowledged);
  await db.close();
  expect(await rapport.stop()).toBe(0);
});

/** Ended with the test, whatever becomes of it. */
async function started(): Promise<RapportProcess> {
  const rapport = await startRapport(dataDir, { WHATSAPP_APP_SECRET: secret });
  onTestFinished(async () => {
    if (rapport.process.exitCode === null && rapport.process.signalCode === null) await rapport.stop();
  });
  return rapport;
}

async function send(url: string, body: unknown): Promise<boolean> {
  const payload = JSON.stringify(body);
  const headers = { "content-type": "application/json", "x-hub-signature-256": signBody(secret, payload) };
  const answer = await fetch(`${url}/hooks/whatsapp`, { method: "POST", body: payload, headers }).catch(
    () => undefined,
  );
  await answer?.text().catch(() => "");
  return answer?.status === 200;
}

/** The server that runs beside us may hold the last bodies; they count once it has committed them. */
async function settled(db: Db): Promise<void> {
  while ((await count(db, "inbound_deliveries where state = 'received'")) > 0) {
    await drain(db);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Resolves when so many more were acknowledged. */
async function afterSome(acknowledged: Set<string>, more: number): Promise<void> {
  const goal = acknowledged.size + more;
  while (acknowledged.size < goal) await new Promise((resolve) => setTimeout(resolve, 2));
}

async function check(db: Db, acknowledged: Set<string>): Promise<void> {
  const ids = [...acknowledged].map((id) => `'${id}'`).join(",");
  expect(await count(db, `messages where provider_id in (${ids})`)).toBe(acknowledged.size);
  expect(await count(db, "(select provider_id from messages group by 1 having count(*) > 1) twice")).toBe(0);
  expect(await count(db, "contacts")).toBe(97);
  expect(await count(db, "leads")).toBe(97);
  expect(await count(db, "tasks")).toBe(97);
  expect(await count(db, "(select number from leads group by 1 having count(*) > 1) twice")).toBe(0);
  expect(await count(db, "inbound_deliveries where state <> 'processed'")).toBe(0);
  const unread =
    "select count(*) from messages m where m.company_id = v.company_id and m.conversation_id = v.id and m.direction = 'in'";
  expect(await count(db, `conversations v where unread_count <> (${unread})`)).toBe(0);
}
