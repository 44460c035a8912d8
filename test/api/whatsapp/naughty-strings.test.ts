import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { cleanText } from "../../../shared/clean-json.ts";
import { objectOf } from "../../../shared/json.ts";
import { testApp } from "../../harness/test-app.ts";
import { newestConversation, whatsappCaller, withoutHourlyLimit } from "./whatsapp-caller.ts";

const fixtures = process.env.RAPPORT_FIXTURES ?? join(import.meta.dirname, "../../../../shared/fixtures");
const file = join(fixtures, "naughty-strings/blns.json");

describe.skipIf(!existsSync(file))("the naughty strings (skipped without ../shared/fixtures)", async () => {
  const harness = await testApp();
  const caller = await whatsappCaller(harness);
  await withoutHourlyLimit(harness, caller.companyId);
  const strings: unknown = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : [];
  const texts = Array.isArray(strings) ? strings.map(String) : [];

  test("come back as they were written, in name, notes and messages", async () => {
    expect(texts).toHaveLength(515);
    await caller.hears("Hello");
    const conversation = await newestConversation(caller);
    const created = await caller.post("/whatsapp/api/crm/contacts", { name: "Zoe" });
    const path = `/api/crm/contacts/${String(objectOf(created.body.data ?? null)?._id)}`;
    for (const text of texts) {
      const clean = cleanText(text);
      const answer = await caller.put(path, { name: text || "A", notes: text });
      expect(answer).toMatchObject({ status: 200, body: { data: { name: clean || "A", notes: clean || null } } });
    }
    for (const text of texts.filter((candidate) => cleanText(candidate).trim() !== "").slice(0, 120)) {
      await caller.hears(text);
      const { body } = await caller.get(`/api/crm/conversation/${conversation}?limit=1`);
      expect(body.data).toMatchObject({ messages: [{ text: cleanText(text) }] });
    }
  });

  test("make no tag, search, filter or id fail", async () => {
    for (const text of texts) {
      const word = encodeURIComponent(text.toWellFormed());
      expect((await caller.get(`/whatsapp/api/crm/contacts?search=${word}`)).status).toBe(200);
      expect([200, 400]).toContain((await caller.get(`/api/crm/conversations?status=${word}`)).status);
      expect([200, 400, 404]).toContain((await caller.get(`/api/crm/conversation/${word || "x"}`)).status);
      expect([200, 400]).toContain((await caller.get(`/api/crm/analytics?days=${word}`)).status);
      expect([201, 400]).toContain(
        (await caller.post("/whatsapp/api/crm/contacts", { name: text, phone: text, email: text, tags: [text] }))
          .status,
      );
      expect([201, 400]).toContain(
        (await caller.post("/whatsapp/api/crm/contacts", { name: "A", tags: [text] })).status,
      );
    }
  });
});
