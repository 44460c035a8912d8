import { beforeAll, describe, expect, test } from "vitest";
import { rows } from "../../harness/rows.ts";
import { type Caller, v1App } from "./v1-app.ts";

const { caller, anonymous, db } = await v1App();
let admin: Caller;
let salesperson: Caller;
let other: Caller;
let companyId: number;

beforeAll(async () => {
  admin = await caller("admin");
  companyId = admin.companyId;
  salesperson = await caller("salesperson", companyId);
  other = await caller("admin");
});

describe("the bot's settings", () => {
  test("are off until somebody turns them on, and are a manager's to change", async () => {
    expect((await admin.get("/v1/settings/bot")).json()).toMatchObject({ enabled: false, version: 1 });
    expect((await salesperson.patch("/v1/settings/bot", { enabled: true })).statusCode).toBe(403);
    expect((await anonymous.get("/v1/settings/bot")).statusCode).toBe(401);
    const answer = await admin.patch("/v1/settings/bot", { enabled: true, prices: "from 20 $" });
    expect(answer.json()).toMatchObject({ enabled: true, prices: "from 20 $" });
    expect((await other.get("/v1/settings/bot")).json()).toMatchObject({ enabled: false });
  });

  test("keep the model's key sealed and never show it", async () => {
    const model = { url: "https://models.example.org/v1", name: "m", key: "a very secret key" };
    const answer = await admin.patch("/v1/settings/bot", { model });
    expect(answer.json()).toMatchObject({ model: { url: model.url, has_key: true, spent_this_month: "0" } });
    expect(answer.body).not.toContain(model.key);
    const stored = await rows(db, `select * from bot_settings where company_id = ${companyId}`);
    expect(JSON.stringify(stored)).not.toContain(model.key);
    const forgotten = await admin.patch("/v1/settings/bot", { model: { url: null, key: null } });
    expect(forgotten.json()).toMatchObject({ model: { url: null, has_key: false } });
  });

  test.each([
    [{ model: { url: "http://169.254.169.254/v1", name: "m" } }, "private"],
    [{ model: { url: "http://127.0.0.1:11434/v1", name: "m" } }, "port"],
    [{ model: { url: "ftp://models.example.org", name: "m" } }, "address"],
    [{ model: { url: "https://models.example.org/v1", name: null } }, "name"],
    [{ model: { url: "https://models.example.org/v1", name: "m", monthly_cap: "0" } }, "cap"],
    [{ reply_delay_ms: -1 }, "reply_delay_ms"],
    [{ enabled: "yes" }, "enabled"],
  ])("refuse %j", async (body, word) => {
    const answer = await admin.patch("/v1/settings/bot", body);
    expect(answer.statusCode).toBe(400);
    expect(answer.body).toContain(word);
  });

  test("are guarded against an edit that somebody overtook", async () => {
    const answer = await admin.patch("/v1/settings/bot", { demos: false }, { "if-match": '"v999"' });
    expect(answer.statusCode).toBe(412);
  });
});

describe("the knowledge list", () => {
  test("is written, found by the trial, changed and forgotten, and nobody else's", async () => {
    const entry = { question: "Do you have parking?", answer: "Behind the house.", keywords: ["garage"] };
    const made = await admin.post("/v1/knowledge-entries", entry);
    expect(made.statusCode).toBe(201);
    const path = `/v1/knowledge-entries/${made.json().id}`;
    const trial = await salesperson.post("/v1/bot/try", { text: "is there a garage?", language: "en" });
    expect(trial.json().reply).toContain("Behind the house.");
    expect((await other.get(path)).statusCode).toBe(404);
    expect((await other.patch(path, { active: false })).statusCode).toBe(404);
    expect((await admin.patch(path, { answer: "In front." })).json()).toMatchObject({
      answer: "In front.",
      version: 2,
    });
    expect((await admin.post("/v1/knowledge-entries", { question: " ", answer: "x" })).statusCode).toBe(400);
    expect((await admin.delete(path)).statusCode).toBe(204);
    expect((await admin.get(path)).statusCode).toBe(404);
  });
});
