import { expect, test } from "vitest";
import { createWebhook, updateWebhook } from "../../../server/domain/webhooks/write-webhook.ts";
import { testDatabase } from "../../harness/test-database.ts";

const { ctx, createCompany } = await testDatabase();
const encryptionKey = Buffer.alloc(32, 9).toString("base64url");
const lenient = { encryptionKey, faultOfUrl: () => undefined };
const strict = { encryptionKey, faultOfUrl: () => "must not lead into a private network" };

test("an address that settings have become stricter for hinders no other change, and is judged where it changes", async () => {
  const company = ctx(await createCompany());
  const { webhook } = await createWebhook(company, { url: "http://10.0.0.7/hook", eventTypes: ["*"] }, lenient);
  const renamed = await updateWebhook(company, webhook.id, { description: "The accounts" }, strict);
  expect(renamed).toMatchObject({ description: "The accounts", url: "http://10.0.0.7/hook" });
  await expect(updateWebhook(company, webhook.id, { url: "http://10.0.0.8/hook" }, strict)).rejects.toThrow("private");
});
