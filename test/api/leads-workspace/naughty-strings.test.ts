import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { cleanText } from "../../../shared/clean-json.ts";
import { workspaceApp } from "./workspace-app.ts";

const fixtures = process.env.RAPPORT_FIXTURES ?? join(import.meta.dirname, "../../../../shared/fixtures");
const file = join(fixtures, "naughty-strings/blns.json");

describe.skipIf(!existsSync(file))("the naughty strings (skipped without ../shared/fixtures)", async () => {
  const { signedIn } = await workspaceApp();
  const me = await signedIn();
  const strings: unknown = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : [];
  const texts = Array.isArray(strings) ? strings.map(String) : [];
  const url = "/api/crm/leads";

  test("come back as they were written, in every text of a lead, its tasks and its notes", async () => {
    expect(texts).toHaveLength(515);
    const { lead_id } = await me.lead();
    const task = (await me.post(`${url}/${lead_id}/tasks`, { title: "Task" })).json().id;
    for (const text of texts) {
      const clean = cleanText(text);
      const short = (longest: number) => (clean.length > longest ? "" : text);
      const fields = {
        salutation: short(50),
        industry: short(300),
        territory: short(300),
        jobTitle: text,
        website: text,
      };
      const answer = await me.put(`${url}/${lead_id}`, { firstName: "A", ...fields, source: short(300) });
      expect(answer.statusCode, answer.body).toBe(200);
      const shown = Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, cleanText(value)]));
      expect((await me.get(`${url}/${lead_id}`)).json()).toMatchObject(shown);
      await me.put(`/api/crm/tasks/${task}`, { description: text });
      expect((await me.get(`${url}/${lead_id}/tasks`)).json()[0].description).toBe(clean);
    }
  });

  test("make no search, filter, id or body fail", async () => {
    const { lead_id } = await me.lead();
    for (const text of texts) {
      const word = encodeURIComponent(text.toWellFormed());
      expect((await me.get(`${url}?search=${word}`)).statusCode).toBe(200);
      expect((await me.get(`${url}?leadOwner=${word}`)).statusCode).toBeLessThan(500);
      expect((await me.get(`${url}?status=${word}`)).statusCode).toBe(422);
      expect((await me.get(`${url}/${word}`)).statusCode).toBeLessThan(500);
      const body = {
        firstName: text,
        organization: text,
        email: text,
        mobile: text,
        leadOwner: text,
        annualRevenue: text,
      };
      expect((await me.post(url, body)).statusCode).toBeLessThan(500);
      for (const [what, hostile] of Object.entries(bodiesOf(text)))
        expect((await me.post(`${url}/${lead_id}/${what}`, hostile)).statusCode).toBeLessThan(500);
    }
  });
});

function bodiesOf(text: string) {
  return {
    notes: { title: text, content: text },
    calls: { from: text, to: text, phone: text, notes: text },
    emails: { to: text, cc: text, subject: text, body: text },
    "convert-to-deal": { title: text, currency: text, organizationId: text, useExistingOrg: true },
  };
}
