import { describe, expect, test } from "vitest";
import { importStep } from "../../../server/domain/imports/import-step.ts";
import { objectOf } from "../../../shared/json.ts";
import { testApp } from "../../harness/test-app.ts";
import { whatsappCaller } from "./whatsapp-caller.ts";

const harness = await testApp();
const path = "/api/crm/contacts/import";

describe("POST /api/crm/contacts/import", () => {
  test("takes people, and says of each row what became of it", async () => {
    const caller = await whatsappCaller(harness);
    const contacts = [
      { name: "Ana", phone: "+919876543210", tags: ["vip", "new"] },
      { name: "Bob", phone: "12" },
      { name: null, email: "cleo@example.test", company: "Acme", notes: "met at the fair" },
      {},
    ];
    const { status, body } = await caller.post(path, { contacts });
    expect(status).toBe(200);
    const id = expect.stringMatching(/^\d+$/);
    const refused = { result: "failed", _id: null, message: expect.any(String) };
    expect(body).toEqual({
      success: true,
      data: {
        importId: id,
        total: 4,
        created: 2,
        updated: 0,
        unchanged: 0,
        skipped: 0,
        failed: 2,
        results: [
          { row: 1, result: "created", _id: id, message: null },
          { row: 2, ...refused },
          { row: 3, result: "created", _id: id, message: null },
          { row: 4, ...refused },
        ],
      },
    });
    expect(await caller.get("/api/crm/dashboard")).toMatchObject({ body: { data: { contacts: { total: 2 } } } });
    const again = await caller.post(path, { contacts: [{ name: "Ana Maria", phone: "+91 98765 43210" }] });
    expect(again.body.data).toMatchObject({ created: 0, skipped: 1 });
    const updated = await caller.post(path, {
      contacts: [{ name: "Ana Maria", phone: "+91 98765 43210" }],
      onDuplicate: "update",
    });
    expect(updated.body.data).toMatchObject({ updated: 1 });
  });

  test("is kept with its rows, and can be taken back", async () => {
    const caller = await whatsappCaller(harness);
    const contacts = [
      { name: "Ana", phone: "+919876543210", tags: ["vip"] },
      { name: "Bob", phone: "12" },
    ];
    await caller.post("/api/crm/contacts", { name: "Ana", phone: "+919876543210" });
    const { body } = await caller.post(path, { contacts: [...contacts, { name: "Cleo" }], onDuplicate: "update" });
    const id = String(objectOf(body.data)?.importId);
    const kept = { state: "finished", on_duplicate: "update", row_count: 3, done_rows: 3 };
    const counts = { created: 1, failed: 1, updated: 1 };
    expect((await caller.get(`/v1/imports/${id}`)).body).toMatchObject({ ...kept, counts });
    expect((await caller.get(`/v1/imports/${id}/rows?result=failed`)).body.data).toMatchObject([{ row_number: 2 }]);
    expect((await caller.post(`/v1/imports/${id}/undo`)).status).toBe(202);
    while (await importStep(harness.db));
    expect((await caller.get(`/v1/imports/${id}`)).body).toMatchObject({ state: "undone", counts: { undone: 2 } });
    const left = await caller.get("/whatsapp/api/crm/contacts");
    expect(left.body.data).toMatchObject([{ name: "Ana" }]);
    expect(left.body).toMatchObject({ pagination: { total: 1 } });
  });

  test("reads a CSV text with a header", async () => {
    const caller = await whatsappCaller(harness);
    const csv = "Full name;Phone;Labels\nAna;+919876543210;vip\nBob;+919876543211;\n";
    const { body } = await caller.post(path, { csv });
    expect(body.data).toMatchObject({ total: 2, created: 2 });
    const found = await caller.get("/whatsapp/api/crm/contacts?search=ana");
    expect(found.body.data).toMatchObject([{ name: "Ana", phone: "+919876543210" }]);
  });

  test("happens once with an Idempotency-Key", async () => {
    const caller = await whatsappCaller(harness);
    const key = { "idempotency-key": "import-1" };
    const first = await caller.post(path, { contacts: [{ name: "Ana" }] }, key);
    expect((await caller.post(path, { contacts: [{ name: "Ana" }] }, key)).body).toEqual(first.body);
    expect(objectOf(first.body.data ?? null)?.created).toBe(1);
  });

  test.each([
    ["nothing", {}],
    ["an empty list", { contacts: [] }],
    ["no list", { contacts: "Ana" }],
    ["too many", { contacts: Array.from({ length: 1_001 }, () => ({ name: "A" })) }],
    ["too many rows", { csv: `name\n${"A\n".repeat(1_001)}` }],
    ["a header that means nothing", { csv: "A;B\nAna;x\n" }],
    ["an unknown way with duplicates", { contacts: [{ name: "A" }], onDuplicate: "merge" }],
  ])("refuses %s", async (_what, body) => {
    const caller = await whatsappCaller(harness);
    expect(await caller.post(path, body)).toMatchObject({ status: 400, body: { success: false } });
  });
});
