import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { cleanText } from "../../../shared/clean-json.ts";
import { personIn } from "../../factories/people.ts";
import { testApp } from "../../harness/test-app.ts";
import { salespersonCaller } from "./salesperson-caller.ts";

const fixtures = process.env.RAPPORT_FIXTURES ?? join(import.meta.dirname, "../../../../shared/fixtures");
const file = join(fixtures, "naughty-strings/blns.json");

describe.skipIf(!existsSync(file))("the naughty strings (skipped without ../shared/fixtures)", async () => {
  const app = await testApp();
  const me = await salespersonCaller(app);
  const id = await personIn(app.db, me.companyId);
  const strings: unknown = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : [];
  const texts = Array.isArray(strings) ? strings.map(String) : [];

  test("come back as they were written", async () => {
    expect(texts).toHaveLength(515);
    const lead = (await me.post("/crm/leads", { firstName: "Jane" })).body;
    const action = (await me.post("/crm/actions", { customerId: id, actionType: "other", title: "x" })).body;
    for (const text of texts) {
      const clean = cleanText(text);
      const fields = { customerId: id, type: "call", subject: text, notes: text, metadata: { text } };
      const call = await me.post("/crm/communications", fields);
      expect(call.body).toMatchObject({
        subject: clean.trim() ? clean : "Call",
        notes: clean,
        metadata: { text: clean },
      });
      const note = await me.post("/crm/communications", { customerId: id, type: "note", notes: text });
      expect(note.status).toBe(201);
      const edited = await me.put(`/crm/actions/${action.id}`, { description: text, metadata: { text } });
      expect(edited.body).toMatchObject({ description: clean, metadata: { text: clean } });
      const record = await me.put(`/crm/customers/${id}/record`, { notes: text, preferences: { text } });
      expect(record.body).toMatchObject({ notes: clean, preferences: { text: clean } });
      const updated = await me.patch(`/crm/leads/${lead.id}`, { notes: text, metadata: { text } });
      expect(updated.body).toMatchObject({ notes: clean, metadata: { text: clean } });
    }
  });

  test("make no id, filter, date, tag or search fail", async () => {
    for (const text of texts) {
      const word = encodeURIComponent(text.toWellFormed());
      const answers = await Promise.all([
        me.get(`/crm/actions?search=${word}`),
        me.get(`/crm/actions?status=${word}`),
        me.get(`/crm/actions?customerId=${word}`),
        me.get(`/crm/customers/repeat?search=${word}&page=${word}`),
        me.get(`/crm/customers/follow-up?search=${word}`),
        me.get(`/crm/customers/${id}/communications?search=${word}&startDate=${word}`),
        me.get(`/crm/customers/${word}/record`),
        me.get(`/crm/tags/${word}/customers`),
        me.get(`/crm/leads?source=${word}&search=${word}&assignedSalesId=${word}`),
        me.get(`/crm/analytics/salesperson?startDate=${word}`),
        me.post(`/crm/customers/${id}/tags`, { tagId: text, notes: text }),
        me.patch(`/crm/leads/${word}`, { status: text }),
      ]);
      for (const { status } of answers) expect([200, 201, 400, 404]).toContain(status);
    }
  });
});
