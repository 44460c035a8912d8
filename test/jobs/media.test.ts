import { createHash } from "node:crypto";
import { stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { mediaFiles } from "../../server/domain/media/media-files.ts";
import { fetchDueMedia } from "../../server/jobs/media-worker.ts";
import { messageBody } from "../factories/whatsapp-body.ts";
import { type GraphServerAnswer, graphRefusal } from "../fakes/graph-server.ts";
import { rows } from "../harness/rows.ts";
import { testEncryptionKey } from "../harness/test-app.ts";
import { mediaApp, phoneNumberId, png, token } from "./media-app.ts";

const { app, db, companyId, dataDir, headers, receive, createCompany, graph, admin, files, channels, getFile } =
  await mediaApp();

const html = Buffer.from("<html><script>alert(1)</script></html>");

let serial = 0;

type Sent = {
  bytes?: Buffer;
  file?: () => GraphServerAnswer;
  sha256?: string;
  size?: number;
  filename?: string;
  kind?: string;
};

/** A customer sends a file; what the vendor keeps of it, and what a later look shows. */
async function sent({ bytes = png, file = () => ({ body: bytes }), sha256, size, filename, kind = "image" }: Sent) {
  serial += 1;
  const id = `70000${serial}`;
  const hash = sha256 ?? createHash("sha256").update(bytes).digest("base64");
  graph.on(`GET /${id}`, () => ({
    body: { id, url: `${graph.url}/files/${id}`, mime_type: "image/png", file_size: size ?? bytes.length },
  }));
  graph.on(`GET /files/${id}`, file);
  const content = { id, mime_type: "image/png", sha256: hash, ...(filename === undefined ? {} : { filename }) };
  await receive(messageBody({ type: kind, content, phoneNumberId }));
  await rows(
    db,
    `update channel_accounts set access_token_sealed = '${token}', status = 'connected' where provider = 'whatsapp_cloud'`,
  );
  return id;
}

type Row = {
  id: number;
  status: string;
  error: string | null;
  storage_key: string | null;
  attempts: number;
  mime_type: string | null;
};

async function mediaRow(providerId: string): Promise<Row> {
  const [row] = await rows<Row>(
    db,
    `select id, status, error, storage_key, attempts, mime_type from media where provider_media_id = '${providerId}'`,
  );
  if (!row) throw new Error("no such media");
  return row;
}

const fetchAll = async (now?: Date) => {
  const options = { transportOf: channels.transportOf, files, encryptionKey: testEncryptionKey };
  while ((await fetchDueMedia(db, now ? { ...options, now: () => now } : options)) > 0);
};

describe("a file that a customer sent", () => {
  test("is fetched with the token, kept under a name of ours, and served", async () => {
    const id = await sent({ filename: "../../etc/passwd", kind: "document" });
    await fetchAll();
    const row = await mediaRow(id);
    expect(row).toMatchObject({ status: "stored", error: null, mime_type: "image/png" });
    expect(row.storage_key).toMatch(new RegExp(`^${companyId}/[0-9a-f]{2}/[0-9a-f-]{36}$`));
    expect((await stat(files.pathOf(row.storage_key ?? ""))).mode & 0o777).toBe(0o600);
    const answer = await getFile(row.id);
    expect(answer.rawPayload.equals(png)).toBe(true);
    expect(answer.headers).toMatchObject({
      "content-type": "image/png",
      "x-content-type-options": "nosniff",
      "content-security-policy": expect.stringContaining("sandbox"),
      "accept-ranges": "bytes",
    });
    expect(graph.calls.find(({ path }) => path === `/files/${id}`)?.headers.authorization).toBe("Bearer token-1");
    const theirs = await headers("admin", await createCompany());
    expect((await getFile(row.id, theirs)).statusCode).toBe(404);
    expect((await app.inject({ method: "GET", url: `/v1/media/${row.id}` })).statusCode).toBe(401);
  });

  test("is shown with its message", async () => {
    const id = await sent({});
    await fetchAll();
    const [message] = await rows<{ conversation: number }>(
      db,
      `select m.conversation_id as conversation from messages m join media x on x.message_id = m.id where x.provider_media_id = '${id}'`,
    );
    const url = `/v1/conversations/${message?.conversation}/messages`;
    const list = (await app.inject({ method: "GET", url, headers: admin })).json();
    const { id: mediaId } = await mediaRow(id);
    expect(list.data[0].media).toMatchObject({
      id: mediaId,
      status: "stored",
      url: `/v1/media/${mediaId}`,
      size_bytes: png.length,
    });
  });

  test.each<[string, Sent, string]>([
    ["with another hash than announced", { sha256: createHash("sha256").update("x").digest("base64") }, "pending"],
    ["larger than announced and allowed", { bytes: Buffer.alloc(26 * 1024 * 1024) }, "failed"],
    ["announced as larger than allowed", { size: 90 * 1024 * 1024 }, "failed"],
    ["that is HTML in an image's clothes", { bytes: html }, "failed"],
    ["that is a film in a voice note's clothes", { bytes: png, kind: "audio" }, "failed"],
    ["that is empty", { bytes: Buffer.alloc(0) }, "failed"],
    ["whose server is down", { file: () => ({ status: 503, body: Buffer.from("") }) }, "pending"],
  ])("%s is not kept, and says why", async (_name, what, status) => {
    const id = await sent(what);
    await fetchDueMedia(db, { transportOf: channels.transportOf, files, encryptionKey: testEncryptionKey });
    const row = await mediaRow(id);
    expect(row).toMatchObject({ status, storage_key: null });
    expect(row.error).toBeTruthy();
    expect((await getFile(row.id)).statusCode).toBe(409);
    await rows(db, `update media set status = 'failed' where id = ${row.id}`);
  });

  test("whose address went stale is asked for again", async () => {
    let asked = 0;
    const file = () => {
      asked += 1;
      return asked === 1 ? { status: 404, body: {} } : { body: png };
    };
    const id = await sent({ file });
    await fetchAll();
    expect(await mediaRow(id)).toMatchObject({ status: "stored" });
    expect(graph.calls.filter(({ path }) => path === `/${id}`)).toHaveLength(2);
  });

  test("is given up after seven days, and not before", async () => {
    const id = await sent({});
    graph.on(`GET /${id}`, () => graphRefusal(400, 100, "Unsupported get request"));
    await fetchAll();
    expect(await mediaRow(id)).toMatchObject({ status: "pending", attempts: 1 });
    await fetchAll(new Date(Date.now() + 8 * 86_400_000));
    expect(await mediaRow(id)).toMatchObject({ status: "expired", error: expect.stringContaining("seven days") });
  });

  test("waits with its message where the folder cannot be written", async () => {
    const id = await sent({});
    const broken = join(dataDir, "broken");
    await writeFile(broken, "a file where a folder should be");
    await fetchDueMedia(db, {
      transportOf: channels.transportOf,
      files: mediaFiles(broken),
      encryptionKey: testEncryptionKey,
    });
    expect(await mediaRow(id)).toMatchObject({ status: "pending", error: expect.stringContaining("media folder") });
    await rows(db, "update media set next_attempt_at = now() - interval '1 second' where status = 'pending'");
    await fetchAll();
    expect(await mediaRow(id)).toMatchObject({ status: "stored" });
  });

  test("is fetched by one worker of several", async () => {
    const ids = [await sent({}), await sent({}), await sent({})];
    await Promise.all(Array.from({ length: 6 }, () => fetchAll()));
    for (const id of ids) expect(await mediaRow(id)).toMatchObject({ status: "stored", attempts: 1 });
  });
});
