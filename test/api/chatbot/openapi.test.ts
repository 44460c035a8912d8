import { expect, test } from "vitest";
import { objectOf } from "../../../shared/json.ts";
import { chatbotApp } from "./chatbot-app.ts";

const chatbot = await chatbotApp();

test("the OpenAPI document names every path of the dialect", async () => {
  const { status, body } = await chatbot.anonymous({ method: "GET", url: "/chatbot/openapi.json" });
  expect(status).toBe(200);
  expect(body.openapi).toBe("3.1.0");
  const paths = Object.entries(objectOf(body.paths) ?? {}).flatMap(([path, methods]) =>
    Object.keys(objectOf(methods) ?? {}).map((method) => `${method.toUpperCase()} ${path}`),
  );
  expect(paths.toSorted()).toEqual([
    "DELETE /api/crm/contact/{id}",
    "DELETE /api/crm/deal/{id}",
    "DELETE /api/crm/task/{id}",
    "GET /api/crm/contact/{id}",
    "GET /api/crm/contact/{id}/activities",
    "GET /api/crm/contact/{id}/deals",
    "GET /api/crm/contact/{id}/tasks",
    "GET /api/crm/contacts",
    "GET /api/crm/contacts/search",
    "GET /api/crm/deal/{id}",
    "GET /api/crm/deals",
    "GET /api/crm/task/{id}",
    "GET /api/crm/tasks",
    "GET /health",
    "PATCH /api/crm/task/{id}/complete",
    "POST /api/crm/activity",
    "POST /api/crm/contact",
    "POST /api/crm/contacts",
    "POST /api/crm/deals",
    "POST /api/crm/lead-score/{id}",
    "POST /api/crm/task/{id}/complete",
    "POST /api/crm/tasks",
    "PUT /api/crm/contact/{id}",
    "PUT /api/crm/deal/{id}",
    "PUT /api/crm/task/{id}",
  ]);
});

test("it describes the dialect alone, as it answers below the prefix", async () => {
  const { body } = await chatbot.anonymous({ method: "GET", url: "/chatbot/openapi.json" });
  expect(body.servers).toMatchObject([{ url: "/chatbot" }]);
  const contact = objectOf(objectOf(objectOf(body.components)?.schemas)?.Contact);
  expect(Object.keys(objectOf(contact?.properties) ?? {})).not.toContain("_id");
  expect((await chatbot.anonymous({ method: "GET", url: "/chatbot/docs/json" })).body).toEqual(body);
});

test("the shared path has a document of its own", async () => {
  const { body } = await chatbot.anonymous({ method: "GET", url: "/shared-contacts/openapi.json" });
  expect(Object.keys(objectOf(body.paths) ?? {})).toEqual(["/api/crm/contacts"]);
});
