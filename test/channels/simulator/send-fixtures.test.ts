import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type Json, jsonObjectOf, jsonOf } from "../../../shared/json.ts";
import { testDatabase } from "../../harness/test-database.ts";
import { errorOf, simulatedCompany } from "./simulated-company.ts";

const folder = join(import.meta.dirname, "../../../../shared/fixtures/meta-openapi/examples/requests");
// Meta's example forgot its type, and without one a message is a text.
const typeless = "post_Phone_Number_ID_messages_req_Send_Reply_to_List_Message.json";
const files = existsSync(folder)
  ? readdirSync(folder).filter((name) => name.startsWith("post_Phone_Number_ID_messages_req_") && name !== typeless)
  : [];
const database = files.length === 0 ? undefined : await testDatabase();
const to = "+14155550130";

describe.skipIf(files.length === 0)("each of Meta's own examples of a send (skipped where ../shared is absent)", () => {
  test.each(files)("%s is understood", async (name) => {
    if (!database) return;
    const company = await simulatedCompany(database);
    await company.write(to);
    const answer = await company.send({ ...example(name), ...(name.includes("typing") ? {} : { to }) });
    // Their templates and files exist nowhere; all else would be sent.
    const excused = answer.status === 200 || [132001, 131009].includes(Number(errorOf(answer).code));
    expect(excused, JSON.stringify(answer.body)).toBe(true);
    if (!/template|by_ID|Sample|Test_Message|Reply_with/i.test(name))
      expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  });
});

function example(name: string): { [key: string]: Json } {
  // Placeholders stand where addresses and titles would.
  const text = readFileSync(join(folder, name), "utf8")
    .replace(/<?http\(s\):\/\/[^">]*>?/g, "https://example.com/file")
    .replace(/<http\(s\)[^"]*>/g, "https://example.com/file")
    .replaceAll("<HEADER_TYPE>", "text")
    .replace(/"<([^"]{0,200})>"/g, (_match, word: string) => `"${word.replace(/[a-z ]/g, "").slice(-18)}"`);
  return jsonObjectOf(jsonOf(JSON.parse(text))) ?? {};
}
