import { chmod, mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { mediaUploader } from "../../server/channels/whatsapp-cloud/media-uploader.ts";
import { claimVendorMedia } from "../../server/domain/media/vendor-media-ids.ts";
import { graphRefusal } from "../fakes/graph-server.ts";
import { rows } from "../harness/rows.ts";
import { mediaApp, phoneNumberId, png, token } from "./media-app.ts";

const { app, db, companyId, dataDir, graph, admin, files, channels, getFile } = await mediaApp();

const html = Buffer.from("<html><script>alert(1)</script></html>");

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

const [account] = await rows<{ id: number }>(
  db,
  `insert into channel_accounts (company_id, provider, name, external_id, status)
   values (${companyId}, 'whatsapp_cloud', 'Main', '${phoneNumberId}', 'connected') returning id`,
);

/** A file of ours, and the number to send it from. */
async function uploadable() {
  const answer = await app.inject({
    method: "POST",
    url: "/v1/media",
    headers: { ...admin, "content-type": "image/png" },
    payload: png,
  });
  const { id: mediaId }: { id: number } = answer.json();
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
