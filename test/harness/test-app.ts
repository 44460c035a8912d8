import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FastifyInstance } from "fastify";
import { afterAll } from "vitest";
import { createGate } from "../../server/api/auth/create-gate.ts";
import { openChatbotDoor } from "../../server/api/chatbot/open-door.ts";
import { createApp } from "../../server/app.ts";
import type { BucketAddress } from "../../server/channels/bucket/bucket-address.ts";
import { signBody } from "../../server/channels/whatsapp-cloud/signature.ts";
import { createApiKey } from "../../server/domain/accounts/create-api-key.ts";
import type { Role } from "../../server/domain/context.ts";
import { startInboundWorker } from "../../server/jobs/inbound-worker.ts";
import { drain } from "./deliver.ts";
import { type TestDatabase, testDatabase } from "./test-database.ts";

export const testAppSecret = "app secret of the tests";
export const testVerifyToken = "verify token of the tests";
export const testEncryptionKey = Buffer.alloc(32, 9).toString("base64url");

export type TestApp = TestDatabase & {
  app: FastifyInstance;
  /** Files of conversations lie in it. */
  dataDir: string;
  /** The company of `headers`. */
  companyId: number;
  /** Authenticates as this role of the company, by an API key. */
  headers: (role?: Role, companyId?: number) => Promise<Record<string, string>>;
  /** Posts a signed body to the WhatsApp webhook and waits until it is processed. */
  receive: (...bodies: unknown[]) => Promise<void>;
  /** Listens on a free port of loopback, with a worker, as a browser needs it. */
  listen: () => Promise<string>;
};

export type TestAppOptions = {
  filesBucket?: BucketAddress;
  graphUrl?: string;
  openChatbot?: string;
  logLevel?: string;
  allowPrivateWebhooks?: boolean;
};

/** The whole app in process, on a database of this file's own. */
export async function testApp(options: TestAppOptions = {}): Promise<TestApp> {
  const database = await testDatabase();
  const { db, ctx, createCompany } = database;
  const companyId = await createCompany("main");
  const stops: (() => Promise<unknown>)[] = [];
  let wake = () => {};
  const dataDir = await mkdtemp(join(tmpdir(), "rapport-test-"));
  const app = await createApp({
    db,
    gate: createGate(db, { jwtKey: Buffer.alloc(32, 7).toString("base64url"), publicUrl: undefined }),
    jwtKey: Buffer.alloc(32, 7).toString("base64url"),
    encryptionKey: testEncryptionKey,
    ...(options.openChatbot === undefined ? {} : { openChatbot: openChatbotDoor(db, options.openChatbot) }),
    appSecret: testAppSecret,
    verifyToken: testVerifyToken,
    publicUrl: undefined,
    dataDir,
    filesBucket: options.filesBucket,
    graphUrl: options.graphUrl ?? "http://127.0.0.1:1",
    allowPrivateWebhooks: options.allowPrivateWebhooks ?? false,
    whatsappApp: { id: "1000", secret: testAppSecret },
    version: "test",
    onInbound: () => wake(),
    logLevel: options.logLevel ?? "silent",
    trustProxy: false,
  });
  await app.ready();
  afterAll(async () => {
    for (const stop of stops) await stop();
    await app.close();
    await rm(dataDir, { recursive: true, force: true });
  });
  return {
    ...database,
    app,
    companyId,
    dataDir,
    async headers(role = "admin", company = companyId) {
      const { key } = await createApiKey(ctx(company), { name: role, role, scopes: ["read", "write", "admin"] });
      return { authorization: `Bearer ${key}` };
    },
    async receive(...bodies) {
      for (const body of bodies) {
        const payload = JSON.stringify(body);
        const headers = { "content-type": "application/json", "x-hub-signature-256": signBody(testAppSecret, payload) };
        const answer = await app.inject({ method: "POST", url: "/hooks/whatsapp", payload, headers });
        if (answer.statusCode !== 200) throw new Error(`the webhook answered ${answer.statusCode}: ${answer.body}`);
      }
      await drain(db);
    },
    async listen() {
      const inbound = startInboundWorker(db, { pollMs: 200, onError: () => {} });
      wake = inbound.wake;
      stops.push(() => inbound.stop());
      return app.listen({ port: 0, host: "127.0.0.1" });
    },
  };
}
