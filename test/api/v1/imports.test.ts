import { describe, expect, test } from "vitest";
import { importStep } from "../../../server/domain/imports/import-step.ts";
import { v1App } from "./v1-app.ts";

const { app, db, caller } = await v1App();

async function work(): Promise<void> {
  while (await importStep(db));
}

type Me = Awaited<ReturnType<typeof caller>>;

function upload(me: Me, payload: string | Buffer, headers: Record<string, string> = {}) {
  return me.post("/v1/imports?filename=people.csv", Buffer.from(payload), { "content-type": "text/csv", ...headers });
}

const csv = "Name,Phone,Shoe\nAna,+34600111222,38\nBen,12,40\n";

describe("imports", () => {
  test("go from a file to people and back", async () => {
    const me = await caller();
    const uploaded = await upload(me, csv);
    expect(uploaded.statusCode, uploaded.body).toBe(201);
    expect(uploaded.headers.location).toBe(`/v1/imports/${uploaded.json().id}`);
    expect(uploaded.json()).toMatchObject({
      state: "uploaded",
      filename: "people.csv",
      delimiter: ",",
      encoding: "utf-8",
      header: ["Name", "Phone", "Shoe"],
      mapping: ["name", "phone", null],
      row_count: 2,
      preview: [
        ["Ana", "+34600111222", "38"],
        ["Ben", "12", "40"],
      ],
    });
    const url = `/v1/imports/${uploaded.json().id}`;
    expect((await me.patch(url, { mapping: ["name", "phone", "notes"], on_duplicate: "update" })).json()).toMatchObject(
      {
        mapping: ["name", "phone", "notes"],
        on_duplicate: "update",
      },
    );
    expect((await me.post(`${url}/check`)).json()).toMatchObject({
      checked_rows: 2,
      counts: { created: 1, failed: 1 },
    });
    const started = await me.post(`${url}/start`);
    expect([started.statusCode, started.json().state]).toEqual([202, "running"]);
    await work();
    expect((await me.get(url)).json()).toMatchObject({
      state: "finished",
      done_rows: 2,
      counts: { created: 1, failed: 1 },
    });
    expect((await me.get(`${url}/rows?result=failed`)).json().data).toMatchObject([
      { row_number: 2, result: "failed" },
    ]);
    const file = await me.get(`${url}/errors.csv`);
    expect(file.headers["content-type"]).toContain("text/csv");
    expect(file.body).toContain("Ben,12,40,");
    expect((await me.get("/v1/contacts?q=ana")).json().data).toMatchObject([{ name: "Ana", notes: "38" }]);
    expect((await me.post(`${url}/undo`)).statusCode).toBe(202);
    await work();
    expect((await me.get(url)).json()).toMatchObject({ state: "undone" });
    expect((await me.get("/v1/contacts")).json().data).toEqual([]);
    expect((await me.get("/v1/imports")).json().data).toHaveLength(1);
  });

  test("come as JSON too", async () => {
    const me = await caller();
    const named = await me.post("/v1/imports", {
      rows: [{ name: "Ana", phone: ["+34600111222", "+34600111223"] }, { email: "b@example.test" }],
    });
    expect(named.json()).toMatchObject({
      header: ["name", "phone", "email"],
      mapping: ["name", "phone", "email"],
      row_count: 2,
    });
    const listed = await me.post("/v1/imports", { header: ["Vorname"], rows: [["Zoë"], [null]] });
    expect(listed.json()).toMatchObject({ mapping: ["first_name"], preview: [["Zoë"], [""]] });
  });

  test("are refused where nothing can be read", async () => {
    const me = await caller();
    expect((await upload(me, "")).statusCode).toBe(400);
    expect((await upload(me, "\n\n")).statusCode).toBe(400);
    expect((await upload(me, "PK\u0003\u0004")).json().detail).toMatch(/Excel workbook/);
    expect((await upload(me, 'a,b\n"never closed')).statusCode).toBe(400);
    for (const body of [{}, { rows: [] }, { rows: "x" }, { rows: [1, 2] }, { header: [], rows: [[]] }])
      expect((await me.post("/v1/imports", body)).statusCode, JSON.stringify(body)).toBe(400);
    expect((await me.post("/v1/imports", Buffer.from("x"), { "content-type": "image/png" })).statusCode).toBe(415);
    expect((await upload(me, Buffer.alloc(21 * 1024 * 1024, "a"))).statusCode).toBe(413);
    // Elsewhere a file is no body.
    const elsewhere = await app.inject({
      method: "POST",
      url: "/v1/contacts",
      payload: "a",
      headers: { "content-type": "text/csv" },
    });
    expect(elsewhere.statusCode).not.toBe(201);
  });

  test("read bytes of no encoding, and a plan of nonsense is refused", async () => {
    const me = await caller();
    const odd = await upload(me, Buffer.from([0x4e, 0x61, 0x6d, 0x65, 0x0a, 0xff, 0x00, 0x81, 0x41]));
    expect(odd.statusCode).toBe(201);
    const url = `/v1/imports/${odd.json().id}`;
    expect((await me.patch(url, { mapping: ["nonsense"] })).statusCode).toBe(400);
    expect((await me.patch(url, { mapping: [] })).statusCode).toBe(400);
    expect((await me.patch(url, { on_duplicate: "maybe" })).statusCode).toBe(400);
    expect((await me.post(`${url}/undo`)).statusCode).toBe(409);
    expect((await me.post(`${url}/start`)).statusCode).toBe(202);
    expect((await me.post(`${url}/start`)).statusCode).toBe(409);
    expect((await me.patch(url, { mapping: ["name"] })).statusCode).toBe(409);
  });

  test("with one Idempotency-Key happen once", async () => {
    const me = await caller();
    const key = { "idempotency-key": "import-1" };
    const first = await upload(me, csv, key);
    const again = await upload(me, csv, key);
    expect(again.json().id).toBe(first.json().id);
    expect((await upload(me, `${csv}x`, key)).statusCode).toBe(422);
    const url = `/v1/imports/${first.json().id}/check`;
    expect((await me.post(url, undefined, { "idempotency-key": "check-1" })).json()).toMatchObject({ checked_rows: 2 });
    expect((await me.get("/v1/contacts")).json().data).toEqual([]);
  });

  test("are nobody's outside the company, and not for who may only read", async () => {
    const me = await caller();
    const { id } = (await upload(me, csv)).json();
    const stranger = await caller();
    for (const path of ["", "/rows", "/errors.csv"])
      expect((await stranger.get(`/v1/imports/${id}${path}`)).statusCode).toBe(404);
    for (const path of ["/check", "/start", "/undo"])
      expect((await stranger.post(`/v1/imports/${id}${path}`)).statusCode).toBe(404);
    expect((await stranger.patch(`/v1/imports/${id}`, {})).statusCode).toBe(404);
    expect((await upload(await caller("secretariat", me.companyId), csv)).statusCode).toBe(403);
  });
});
