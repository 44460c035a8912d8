import { expect, test } from "vitest";
import { objectOf } from "../../../shared/json.ts";
import { testApp } from "../../harness/test-app.ts";

const { app } = await testApp();

test("the OpenAPI document names every path of the dialect, and the additions", async () => {
  const answer = await app.inject({ url: "/salesperson/openapi.json" });
  expect(answer.json().openapi).toBe("3.1.0");
  const paths = Object.entries(objectOf(answer.json().paths) ?? {}).flatMap(([path, methods]) =>
    Object.keys(objectOf(methods) ?? {}).map((method) => `${method.toUpperCase()} ${path}`),
  );
  expect(paths.toSorted()).toEqual([
    "DELETE /crm/customer-tags/{id}",
    "GET /crm/actions",
    "GET /crm/actions/pending",
    "GET /crm/analytics/salesperson",
    "GET /crm/customers/follow-up",
    "GET /crm/customers/repeat",
    "GET /crm/customers/{id}/communications",
    "GET /crm/customers/{id}/record",
    "GET /crm/leads",
    "GET /crm/tags/{tagId}/customers",
    "PATCH /crm/actions/{id}",
    "PATCH /crm/communications/{id}",
    "PATCH /crm/leads/{id}",
    "POST /crm/actions",
    "POST /crm/communications",
    "POST /crm/customers/{id}/tags",
    "POST /crm/leads",
    "PUT /crm/actions/{id}",
    "PUT /crm/communications/{id}",
    "PUT /crm/customers/{id}/record",
    "PUT /crm/leads/{id}",
  ]);
});
