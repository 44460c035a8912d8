import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { createContact } from "../../../server/domain/contacts/create-contact.ts";
import { searchContacts } from "../../../server/domain/contacts/search-contacts.ts";
import { cleanText } from "../../../shared/clean-json.ts";
import { chatbotApp } from "./chatbot-app.ts";

const fixtures = process.env.RAPPORT_FIXTURES ?? join(import.meta.dirname, "../../../../shared/fixtures");
const file = join(fixtures, "naughty-strings/blns.json");

describe.skipIf(!existsSync(file))("the naughty strings (skipped without ../shared/fixtures)", async () => {
  const chatbot = await chatbotApp();
  const caller = await chatbot.caller();
  const strings: unknown = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : [];
  const texts = Array.isArray(strings) ? strings.map(String) : [];

  test("come back as they were written, in every text of a contact, a deal, a task and an activity", async () => {
    expect(texts).toHaveLength(515);
    const { id } = await createContact(caller.ctx, { name: "Ana" });
    await createContact(caller.ctx, { name: "Bo", company: "null" });
    await createContact(caller.ctx, { name: "Cy", company: "<script>alert(1)</script>" });
    const deal = String((await caller.post("/api/crm/deals", { contact_id: id, title: "Deal" })).body.deal_id);
    const task = String((await caller.post("/api/crm/tasks", { contact_id: id, title: "Task" })).body.task_id);
    for (const text of texts) {
      const clean = cleanText(text);
      const fields = { name: text, position: text, source: text, notes: text, company: text };
      expect(await caller.put(`/api/crm/contact/${id}`, fields)).toMatchObject({ status: 200 });
      const plain = { name: clean, position: clean || null, source: clean || null, notes: clean || null };
      const given = { ...plain, company: clean.trim() || null };
      expect((await caller.get(`/api/crm/contact/${id}`)).body.data).toMatchObject(given);
      await caller.put(`/api/crm/deal/${deal}`, { description: text });
      expect((await caller.get(`/api/crm/deal/${deal}`)).body.data).toMatchObject({ description: clean });
      await caller.put(`/api/crm/task/${task}`, { description: text });
      expect((await caller.get(`/api/crm/task/${task}`)).body.data).toMatchObject({ description: clean });
    }
  });

  test("make no search, filter, id or company fail", async () => {
    for (const text of texts) {
      const word = encodeURIComponent(text.toWellFormed());
      expect((await caller.get(`/api/crm/contacts/search?q=${word}`)).status).toBe(200);
      expect((await caller.get(`/api/crm/deals?stage=${word}`)).status).toBe(400);
      expect([200, 400, 404]).toContain((await caller.get(`/api/crm/deals?contact_id=${word}`)).status);
      expect((await caller.post("/api/crm/contact", { name: "Employee", company: text })).status).toBe(201);
      expect([201, 400, 409]).toContain(
        (await caller.post("/api/crm/contact", { phone_number: text, email: text })).status,
      );
    }
  });

  test("are found again by search where they have three letters in a row", async () => {
    for (const text of texts.filter((candidate) => /[a-z]{3}/i.test(candidate)).slice(0, 100)) {
      const { id } = await createContact(caller.ctx, { name: text, leadScore: 100 });
      const { items } = await searchContacts(caller.ctx, { query: text, limit: 100 });
      expect(items.map((item) => item.id)).toContain(id);
    }
  });
});
