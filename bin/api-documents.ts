import { createGate } from "../server/api/auth/create-gate.ts";
import { createApp } from "../server/app.ts";
import { connect } from "../server/db/connect.ts";

const surfaces = ["v1", "chatbot", "whatsapp", "leads-workspace", "salesperson", "shared-contacts", "auth"];

/** The OpenAPI document of each surface, by file name, as the running server gives it. No database is asked. */
export async function apiDocuments(): Promise<Map<string, string>> {
  const db = connect({ url: "postgres://127.0.0.1:1/none" });
  const jwtKey = Buffer.alloc(32).toString("base64url");
  const app = await createApp({
    db,
    gate: createGate(db, { jwtKey, publicUrl: undefined }),
    jwtKey,
    encryptionKey: jwtKey,
    appSecret: "none",
    verifyToken: "none",
    publicUrl: undefined,
    dataDir: "none",
    graphUrl: "http://127.0.0.1:1",
    version: "none",
    onInbound: () => {},
    logLevel: "silent",
    trustProxy: false,
  });
  const documents = new Map<string, string>();
  for (const surface of surfaces) {
    const answer = await app.inject(`/${surface}/openapi.json`);
    documents.set(`${surface}.openapi.json`, `${JSON.stringify(answer.json(), null, 2)}\n`);
  }
  await app.close();
  await db.close();
  return documents;
}
