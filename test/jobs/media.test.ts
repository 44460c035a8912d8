import { createHash } from "node:crypto";
import { chmod, mkdir, readdir, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { openChannels } from "../../server/channels/registry.ts";
import { mediaUploader } from "../../server/channels/whatsapp-cloud/media-uploader.ts";
import { sealSecret } from "../../server/domain/accounts/seal-secret.ts";
import { mediaFiles } from "../../server/domain/media/media-files.ts";
import { claimVendorMedia } from "../../server/domain/media/vendor-media-ids.ts";
import { fetchDueMedia } from "../../server/jobs/media-worker.ts";
import { messageBody } from "../factories/whatsapp-body.ts";
import { type GraphServerAnswer, graphRefusal, graphServer } from "../fakes/graph-server.ts";
import { rows } from "../harness/rows.ts";
import { testApp, testEncryptionKey } from "../harness/test-app.ts";

const graph = await graphServer();
const { app, db, companyId, dataDir, headers, receive, createCompany } = await testApp({ graphUrl: graph.url });
const admin = await headers();
const files = mediaFiles(dataDir);
const channels = openChannels({ db, encryptionKey: testEncryptionKey, appSecret: "s", graphUrl: graph.url, dataDir });
const phoneNumberId = "106540352242922";
const token = sealSecret(testEncryptionKey, "token-1");

const png = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);
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
const getFile = (id: number, more: Record<string, string> = {}) =>
  app.inject({ method: "GET", url: `/v1/media/${id}`, headers: { ...admin, ...more } });

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

describe("an upload", () => {
  const upload = (payload: Buffer, type: string, query = "") =>
    app.inject({ method: "POST", url: `/v1/media${query}`, headers: { ...admin, "content-type": type }, payload });

  test("of the body itself is judged by its bytes and served in ranges", async () => {
    const answer = await upload(png, "text/html", "?filename=a%22b%0d%0a.png");
    expect(answer.json()).toMatchObject({
      status: "stored",
      kind: "image",
      mime_type: "image/png",
      size_bytes: png.length,
    });
    const { id }: { id: number } = answer.json();
    const part = await getFile(id, { range: "bytes=0-7" });
    expect([part.statusCode, part.headers["content-range"], part.rawPayload.length]).toEqual([
      206,
      `bytes 0-7/${png.length}`,
      8,
    ]);
    expect((await getFile(id, { range: "bytes=900000-" })).statusCode).toBe(416);
    expect((await getFile(id, { range: "bytes=-4" })).rawPayload.equals(png.subarray(-4))).toBe(true);
    const whole = await getFile(id, { range: "lines=1-2" });
    expect(whole.statusCode).toBe(200);
    expect((await getFile(id, { "if-none-match": String(whole.headers.etag) })).statusCode).toBe(304);
    expect(whole.headers["content-disposition"]).not.toMatch(/[\r\n]/);
  });

  test("as a form takes the file's name without its path", async () => {
    const body = Buffer.concat([
      Buffer.from(
        '--x\r\nContent-Disposition: form-data; name="file"; filename="..\\\\..\\\\price list.txt"\r\nContent-Type: text/plain\r\n\r\n',
      ),
      Buffer.from("Roses 3.00\n\r\n--x--\r\n"),
    ]);
    const answer = await upload(body, "multipart/form-data; boundary=x");
    expect(answer.json()).toMatchObject({ filename: "price list.txt", kind: "document", mime_type: "text/plain" });
    const { id }: { id: number } = answer.json();
    expect((await getFile(id)).headers["content-disposition"]).toMatch(/^attachment/);
  });

  test.each<[string, Buffer, string, string]>([
    ["HTML as an image", html, "image/png", "?kind=image"],
    ["nothing", Buffer.alloc(0), "image/png", "?kind=image"],
    ["an image above 5 MB", Buffer.concat([png, Buffer.alloc(5 * 1024 * 1024)]), "image/png", "?kind=image"],
    ["a program", Buffer.concat([Buffer.from("MZ"), Buffer.alloc(600)]), "application/pdf", ""],
  ])("of %s is refused in words", async (_name, bytes, type, query) => {
    const answer = await upload(bytes, type, query);
    expect(answer.statusCode, answer.body).toBe(400);
    expect(answer.json()).toMatchObject({ errors: [{ pointer: "#/file" }] });
  });

  test("leaves nothing behind where it was refused", async () => {
    expect(await readdir(join(dataDir, "media", "incoming"))).toEqual([]);
  });

  test("into a folder that may not be written says so", async () => {
    const folder = join(dataDir, "media", "incoming");
    await rm(folder, { recursive: true, force: true });
    await writeFile(folder, "");
    const answer = await upload(png, "image/png");
    expect([answer.statusCode, answer.body]).toEqual([409, expect.stringContaining("media folder")]);
    await rm(folder);
    await mkdir(folder, { recursive: true });
    await chmod(folder, 0o700);
  });
});

/** A file of ours, and the number to send it from. */
async function uploadable() {
  const answer = await app.inject({
    method: "POST",
    url: "/v1/media",
    headers: { ...admin, "content-type": "image/png" },
    payload: png,
  });
  const { id: mediaId }: { id: number } = answer.json();
  const [account] = await rows<{ id: number }>(
    db,
    "select id from channel_accounts where provider = 'whatsapp_cloud' limit 1",
  );
  const sending = {
    id: account?.id ?? 0,
    companyId,
    provider: "whatsapp_cloud",
    externalId: phoneNumberId,
    accessTokenSealed: token,
  };
  const transport = channels.transportOf("whatsapp_cloud");
  if (!transport) throw new Error("no transport");
  return { mediaId, sending, transport };
}

describe("a file that is sent", () => {
  test("whose uploader died is uploaded by the next, once the dead one's time is over", async () => {
    const { mediaId, sending, transport } = await uploadable();
    graph.on(`POST /${phoneNumberId}/media`, () => ({ body: { id: "777" } }));
    const key = { companyId, mediaId, channelAccountId: sending.id };
    expect(await claimVendorMedia(db, key, new Date())).toEqual({ state: "mine" });
    const uploaderAt = (ms: number) =>
      mediaUploader({ db, files, transport, waitMs: 0, now: () => new Date(Date.now() + ms) });
    expect(await uploaderAt(170_000)(sending, mediaId, "token-1")).toMatchObject({ kind: "not_sent" });
    expect(await uploaderAt(181_000)(sending, mediaId, "token-1")).toEqual({ kind: "ready", providerMediaId: "777" });
  });

  test("fifty times at once is uploaded once, and again only for another number or after its id has ended", async () => {
    const { mediaId, sending, transport } = await uploadable();
    let uploads = 0;
    graph.on(`POST /${phoneNumberId}/media`, ({ bytes }) => {
      expect(bytes.includes(png)).toBe(true);
      uploads += 1;
      return { body: { id: `80${uploads}` } };
    });
    // Two uploaders stand for two processes.
    const [first, other] = [mediaUploader({ db, files, transport }), mediaUploader({ db, files, transport })];
    const results = await Promise.all(
      Array.from({ length: 50 }, (_, index) => (index % 2 ? first : other)(sending, mediaId, "token-1")),
    );
    expect(uploads).toBe(1);
    expect(new Set(results.map((result) => JSON.stringify(result)))).toEqual(
      new Set(['{"kind":"ready","providerMediaId":"801"}']),
    );
    const later = mediaUploader({ db, files, transport, now: () => new Date(Date.now() + 30 * 86_400_000) });
    expect(await later(sending, mediaId, "token-1")).toEqual({ kind: "ready", providerMediaId: "802" });
    graph.on(`POST /${phoneNumberId}/media`, () => graphRefusal(400, 131053));
    await rows(db, "delete from media_vendor_ids");
    expect(await first(sending, mediaId, "token-1")).toMatchObject({
      kind: "refused",
      error: { class: "never" },
    });
    expect(await first(sending, 999_999, "token-1")).toMatchObject({
      kind: "refused",
      error: { class: "never" },
    });
  });
});
