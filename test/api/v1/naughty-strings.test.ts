import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { cleanText } from "../../../shared/clean-json.ts";
import { v1App } from "./v1-app.ts";

const fixtures = process.env.RAPPORT_FIXTURES ?? join(import.meta.dirname, "../../../../shared/fixtures");
const file = join(fixtures, "naughty-strings/blns.json");

describe.skipIf(!existsSync(file))("the naughty strings (skipped without ../shared/fixtures)", async () => {
  const { caller } = await v1App();
  const me = await caller();
  const strings: unknown = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : [];
  const texts = Array.isArray(strings) ? strings.map(String) : [];

  test("come back as they were written", async () => {
    expect(texts).toHaveLength(515);
    const contact = (await me.post("/v1/contacts", { name: "Ana" })).json();
    const task = (await me.post("/v1/tasks", { title: "Call" })).json();
    for (const text of texts) {
      const clean = cleanText(text);
      const edited = await me.patch(`/v1/contacts/${contact.id}`, { name: text, notes: text });
      expect(edited.json()).toMatchObject({ name: clean, notes: clean || null });
      const described = await me.patch(`/v1/tasks/${task.id}`, { description: text, outcome: text });
      expect(described.json()).toMatchObject({ description: clean, outcome: clean });
      const note = await me.post("/v1/notes", { contact_id: contact.id, body: text });
      expect(note.statusCode).toBe(clean.trim() === "" ? 400 : 201);
      if (note.statusCode === 201) expect(note.json().body).toBe(clean);
    }
  });

  test("make no id, filter, search, cursor or header fail", async () => {
    const deal = (
      await me.post("/v1/deals", { title: "a", contact_id: (await me.post("/v1/contacts", { name: "Ben" })).json().id })
    ).json();
    for (const text of texts) {
      const word = encodeURIComponent(text.toWellFormed());
      const answers = await Promise.all([
        me.get(`/v1/contacts?q=${word}`),
        me.get(`/v1/search?q=${word}`),
        me.get(`/v1/search/messages?q=${word}`),
        me.get(`/v1/search/messages?q=${word}&sort=best`),
        me.get(`/v1/organizations?q=${word}`),
        me.get(`/v1/conversations?q=${word}`),
        me.get(`/v1/deals?stage=${word}`),
        me.get(`/v1/deals?cursor=${word}`),
        me.get(`/v1/tasks?contact_id=${word}`),
        me.get(`/v1/events?types=${word}`),
        me.get(`/v1/deals/${word}`),
        me.patch(`/v1/deals/${deal.id}`, { title: "b" }, { "if-match": word }),
        me.post("/v1/tasks", { title: "x" }, { "idempotency-key": word.slice(0, 300) }),
      ]);
      for (const answer of answers) expect(answer.statusCode, `${text}: ${answer.body}`).toBeLessThan(500);
    }
  });
});
