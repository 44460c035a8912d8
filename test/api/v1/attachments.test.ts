import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bucketAddressOf } from "../../../server/channels/bucket/bucket-address.ts";
import { filesOfSettings } from "../../../server/channels/bucket/files-of-settings.ts";
import { sweepAttachments } from "../../../server/domain/attachments/sweep-attachments.ts";
import { bucketKey, fakeBucket } from "../../channels/bucket/fake-bucket.ts";
import { rows } from "../../harness/rows.ts";
import { type TestApp, testApp } from "../../harness/test-app.ts";

const png = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

describe("attachments", () => {
  let server: TestApp;
  let headers: Record<string, string>;
  let contactId: number;

  beforeAll(async () => {
    server = await testApp();
    headers = await server.headers();
    contactId = await newContact(server, headers);
  });

  const upload = (query: string, payload: Buffer | string = png, type = "image/png") =>
    server.app.inject({
      method: "POST",
      url: `/v1/attachments?${query}`,
      headers: { ...headers, "content-type": type },
      payload,
    });
  const get = (url: string) => server.app.inject({ method: "GET", url, headers });

  test("of a person are stored by their bytes, listed, served whole and in ranges", async () => {
    const answer = await upload(`contact_id=${contactId}&filename=x-ray.txt`);
    expect(answer.statusCode, answer.body).toBe(201);
    const file = answer.json();
    expect(file).toMatchObject({
      contact_id: contactId,
      filename: "x-ray.txt",
      mime_type: "image/png",
      size_bytes: png.length,
    });
    expect(answer.headers.location).toBe(`/v1/attachments/${file.id}`);
    expect((await get(`/v1/attachments?contact_id=${contactId}`)).json().data).toEqual([file]);
    const whole = await get(file.url);
    expect(whole.rawPayload.equals(png)).toBe(true);
    expect(whole.headers["x-content-type-options"]).toBe("nosniff");
    expect(whole.headers["content-security-policy"]).toContain("sandbox");
    const part = await server.app.inject({ method: "GET", url: file.url, headers: { ...headers, range: "bytes=1-3" } });
    expect([part.statusCode, part.body]).toEqual([206, "PNG"]);
    const stored = await rows(
      server.db,
      "select type, contact_id from events where type like 'attachment%' order by id desc limit 1",
    );
    expect(stored).toEqual([{ type: "attachment.added", contact_id: contactId }]);
  });

  test("of a note or a deal are the person's too", async () => {
    const post = (url: string, payload: object) => server.app.inject({ method: "POST", url, headers, payload });
    const note = (await post("/v1/notes", { contact_id: contactId, body: "See the file" })).json();
    const deal = (await post("/v1/deals", { contact_id: contactId, title: "Roof" })).json();
    const ids = [];
    for (const query of [`note_id=${note.id}`, `deal_id=${deal.id}`]) {
      const answer = await upload(`${query}&filename=plan.png`);
      expect(answer.json()).toMatchObject({ contact_id: contactId });
      expect((await get(`/v1/attachments?${query}`)).json().data).toHaveLength(1);
      ids.push(answer.json().id);
    }
    const all = (await get(`/v1/attachments?contact_id=${contactId}`)).json().data;
    expect(all.map(({ id }: { id: number }) => id)).toEqual(expect.arrayContaining(ids));
  });

  test.each([
    ["a program", Buffer.from("MZ\u0090\u0000", "latin1"), "tool.exe", "not kept"],
    ["a script by its name", Buffer.from("alert(1)"), "run.js", "not kept"],
    ["an empty file", Buffer.alloc(0), "empty.pdf", "empty"],
  ])("refuse %s and keep nothing of it", async (_what, bytes, filename, word) => {
    const before = await stored(server.dataDir);
    const answer = await upload(`contact_id=${contactId}&filename=${filename}`, bytes, "application/octet-stream");
    expect(answer.statusCode).toBe(400);
    expect(answer.body).toContain(word);
    expect(await stored(server.dataDir)).toEqual(before);
  });

  test("refuse a file that is too large", async () => {
    const answer = await upload(`contact_id=${contactId}`, Buffer.alloc(25 * 1024 * 1024 + 1, "a"), "text/plain");
    expect([answer.statusCode, answer.json().detail ?? answer.body]).toEqual([400, expect.anything()]);
    expect(answer.body).toContain("25 MB");
  });

  test("run nothing: a page of a stranger is saved, not shown", async () => {
    const page = await upload(`contact_id=${contactId}&filename=page.html`, "<script>alert(1)</script>", "text/html");
    const served = await get(page.json().url);
    expect(served.headers["content-type"]).toContain("text/plain");
    expect(served.headers["content-disposition"]).toMatch(/^attachment/);
  });

  test.each(["", "contact_id=1&deal_id=1", "contact_id=999999", "contact_id=x"])(
    "want one subject that is there: %j",
    async (query) => {
      expect((await upload(query)).statusCode).toBeGreaterThanOrEqual(400);
      expect((await upload(query)).statusCode).toBeLessThan(500);
    },
  );

  test("of another company are not found", async () => {
    const { id } = (await upload(`contact_id=${contactId}&filename=mine.png`)).json();
    const stranger = await server.headers("admin", await server.createCompany("other"));
    for (const url of [`/v1/attachments/${id}`, `/v1/attachments/${id}/file`]) {
      expect((await server.app.inject({ method: "GET", url, headers: stranger })).statusCode).toBe(404);
    }
    expect(
      (await server.app.inject({ method: "DELETE", url: `/v1/attachments/${id}`, headers: stranger })).statusCode,
    ).toBe(404);
  });

  test("that were deleted come back for a while, then their bytes are gone", async () => {
    const { id, url } = (await upload(`contact_id=${contactId}&filename=old.png`)).json();
    const act = (method: "DELETE" | "POST", path: string) => server.app.inject({ method, url: path, headers });
    expect((await act("DELETE", `/v1/attachments/${id}`)).statusCode).toBe(204);
    expect((await get(url)).statusCode).toBe(404);
    expect((await act("POST", `/v1/attachments/${id}/restore`)).statusCode).toBe(200);
    expect((await get(url)).statusCode).toBe(200);
    await act("DELETE", `/v1/attachments/${id}`);
    const before = await stored(server.dataDir);
    const files = filesOfSettings({ dataDir: server.dataDir });
    expect(await sweepAttachments(server.db, files, { before: new Date(Date.now() - 60_000), most: 10 })).toBe(0);
    expect(await sweepAttachments(server.db, files, { before: new Date(Date.now() + 60_000), most: 10 })).toBe(1);
    expect((await stored(server.dataDir)).length).toBe(before.length - 1);
    expect((await act("POST", `/v1/attachments/${id}/restore`)).statusCode).toBe(404);
  });
});

describe("attachments in a bucket", () => {
  let server: TestApp;
  let headers: Record<string, string>;
  let bucket: Awaited<ReturnType<typeof fakeBucket>>;
  let contactId: number;

  beforeAll(async () => {
    bucket = await fakeBucket();
    const secret = encodeURIComponent(bucketKey.secretAccessKey);
    const filesBucket = bucketAddressOf(
      `${bucket.url.replace("//", `//${bucketKey.accessKeyId}:${secret}@`)}/files?region=local`,
    );
    server = await testApp(filesBucket === undefined ? {} : { filesBucket });
    headers = await server.headers();
    contactId = await newContact(server, headers);
  });
  afterAll(() => bucket.failWith(undefined));

  const upload = () =>
    server.app.inject({
      method: "POST",
      url: `/v1/attachments?contact_id=${contactId}&filename=a.png`,
      headers: { ...headers, "content-type": "image/png" },
      payload: png,
    });

  test("lie there and not here, and are served from there", async () => {
    const { url } = (await upload()).json();
    expect([...bucket.objects.values()]).toEqual([{ bytes: png, type: "image/png" }]);
    expect(await stored(server.dataDir)).toEqual([]);
    const whole = await server.app.inject({ method: "GET", url, headers });
    expect(whole.rawPayload.equals(png)).toBe(true);
    const part = await server.app.inject({ method: "GET", url, headers: { ...headers, range: "bytes=1-3" } });
    expect([part.statusCode, part.body]).toEqual([206, "PNG"]);
  });

  test.each([
    [403, 503],
    [404, 409],
    [500, 503],
  ])("are refused in words while the bucket answers %i, and leave nothing behind", async (status, refusal) => {
    const known = await rows(server.db, "select id from attachments");
    bucket.failWith(status);
    const answer = await upload();
    bucket.failWith(undefined);
    expect([answer.statusCode, answer.body]).toEqual([refusal, expect.stringContaining("bucket")]);
    expect(answer.body).not.toContain(bucketKey.secretAccessKey);
    expect(await rows(server.db, "select id from attachments")).toEqual(known);
    expect(await stored(server.dataDir)).toEqual([]);
  });
});

async function newContact({ app }: TestApp, headers: Record<string, string>): Promise<number> {
  const answer = await app.inject({ method: "POST", url: "/v1/contacts", headers, payload: { name: "Ida Berg" } });
  return answer.json().id;
}

async function stored(dataDir: string): Promise<string[]> {
  const entries = await readdir(join(dataDir, "media"), { recursive: true, withFileTypes: true }).catch(() => []);
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  for (const file of files) await readFile(file);
  return files;
}
