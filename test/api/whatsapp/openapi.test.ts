import { expect, test } from "vitest";
import { objectOf } from "../../../shared/json.ts";
import { testApp } from "../../harness/test-app.ts";
import { answerOf } from "./whatsapp-caller.ts";

const { app } = await testApp();

test("the OpenAPI document names every path of the dialect", async () => {
  const { status, body } = await answerOf(app, { method: "GET", url: "/whatsapp/openapi.json" });
  expect(status).toBe(200);
  const paths = Object.entries(objectOf(body.paths ?? null) ?? {}).flatMap(([path, methods]) =>
    Object.keys(objectOf(methods) ?? {}).map((method) => `${method.toUpperCase()} ${path}`),
  );
  expect(paths.toSorted()).toEqual([
    "DELETE /api/crm/contacts/{id}",
    "GET /api/crm/analytics",
    "GET /api/crm/contacts",
    "GET /api/crm/contacts/{id}",
    "GET /api/crm/conversation/{id}",
    "GET /api/crm/conversations",
    "GET /api/crm/dashboard",
    "POST /api/crm/contacts",
    "POST /api/crm/contacts/import",
    "POST /api/crm/conversation/{id}/close",
    "POST /api/crm/conversation/{id}/read",
    "POST /api/crm/conversation/{id}/reopen",
    "POST /api/crm/conversation/{id}/reply",
    "PUT /api/crm/contacts/{id}",
  ]);
});

test("its page is open to readers", async () => {
  expect((await app.inject("/whatsapp/docs")).statusCode).toBeLessThan(400);
});
