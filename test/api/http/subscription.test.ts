import { expect, test } from "vitest";
import { setSubscription } from "../../../server/domain/accounts/subscription.ts";
import { testApp } from "../../harness/test-app.ts";

const { app, ctx, companyId, headers } = await testApp();
const lapsed = await headers();
await setSubscription(ctx(companyId), { status: "canceled" });

const asked = async (method: "GET" | "POST", url: string) =>
  (await app.inject({ method, url, headers: lapsed, ...(method === "POST" ? { payload: {} } : {}) })).statusCode;

test.each(["/chatbot/api/crm/contacts", "/api/crm/deals", "/crm/leads", "/api/crm/leads", "/v1/contacts"])(
  "a company whose subscription has ended reads %s and writes nothing there",
  async (url) => {
    expect([await asked("GET", url), await asked("POST", url)]).toEqual([200, 403]);
  },
);

test.each(["/api/crm/contacts", "/whatsapp/api/crm/contacts", "/api/crm/conversations"])(
  "the whatsapp document closes %s to it whole",
  async (url) => {
    expect([await asked("GET", url), await asked("POST", "/api/crm/contacts")]).toEqual([403, 403]);
  },
);
