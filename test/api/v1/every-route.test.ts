import { describe, expect, test } from "vitest";
import { objectOf } from "../../../shared/json.ts";
import { v1App } from "./v1-app.ts";

const { app, caller, anonymous } = await v1App();

type Route = { method: "get" | "post" | "patch" | "delete"; path: string };

const document = (await anonymous.get("/v1/openapi.json")).json();
const routes = Object.entries(objectOf(document.paths) ?? {}).flatMap(([path, operations]) =>
  (["get", "post", "patch", "delete"] as const)
    .filter((method) => objectOf(operations)?.[method] !== undefined)
    .map((method): Route => ({ method, path })),
);
const open = new Set(["/v1/problems"]);
// An answer without an end; live.test.ts reads it.
const endless = new Set(["/v1/live"]);
// What everybody does for themselves.
const own = new Set([
  "/v1/me",
  "/v1/me/calendar",
  "/v1/me/calendar/rotate",
  "/v1/notifications/read-all",
  "/v1/me/notification-preferences",
  "/v1/me/push-subscriptions",
  "/v1/notifications/{id}/read",
  "/v1/conversations/{id}/read",
]);
const guarded = routes.filter(({ path }) => !open.has(path));

function call(who: typeof anonymous, { method, path }: Route, id: string) {
  const url = path.replace(/\{[a-z_]+\}/g, id);
  if (method === "get" || method === "delete") return who[method](url);
  return who[method](url, {});
}

describe("the API's own description", () => {
  test("is OpenAPI 3.1 and names every route with its answers", () => {
    expect(document.openapi).toBe("3.1.0");
    expect(routes.length).toBeGreaterThan(50);
    for (const { method, path } of routes) {
      const operation = document.paths[path][method];
      expect(operation.summary, `${method} ${path}`).toBeTruthy();
      expect(Object.keys(operation.responses), `${method} ${path}`).toEqual(expect.arrayContaining(["4XX"]));
    }
  });
});

describe("the main objects", () => {
  const { schemas } = document.components;

  test("have names, which the answers point at", () => {
    expect(Object.keys(schemas)).toEqual(
      expect.arrayContaining(["Contact", "Conversation", "Deal", "Lead", "Message", "Organization", "Problem", "Task"]),
    );
    const answer = document.paths["/v1/deals/{id}"].get.responses["200"].content["application/json"].schema;
    expect(answer).toEqual({ $ref: "#/components/schemas/Deal" });
    expect(schemas.Deal.properties).toMatchObject({ title: { type: "string" }, value: { type: "number" } });
  });

  test("are there wherever they are pointed at", () => {
    const names = [...JSON.stringify(document).matchAll(/"#\/components\/schemas\/([^"]+)"/g)].map(([, name]) => name);
    expect(names.length).toBeGreaterThan(100);
    expect(Object.keys(schemas)).toEqual(expect.arrayContaining([...new Set(names)]));
  });
});

describe("every route", () => {
  test.each(guarded)("$method $path wants to know who asks", async (route) => {
    const answer = await call(anonymous, route, "1");
    expect(answer.statusCode).toBe(401);
    expect(answer.json()).toMatchObject({
      type: "/v1/problems#unauthenticated",
      request_id: answer.headers["x-request-id"],
    });
  });

  test.each(guarded.filter(({ path }) => !endless.has(path)))(
    "$method $path does not fall over a bad id or an empty body",
    async (route) => {
      const me = await caller();
      for (const id of ["0", "-7", "x", "%00", "9007199254740993", "'; drop table contacts"]) {
        const answer = await call(me, route, encodeURIComponent(id));
        expect(answer.statusCode, answer.body).toBeLessThan(500);
      }
    },
  );

  test.each(guarded.filter(({ method, path }) => method !== "get" && !own.has(path)))(
    "$method $path is not for who may only read",
    async (route) => {
      const reader = await caller("secretariat");
      expect((await call(reader, route, "1")).statusCode).toBe(403);
    },
  );

  test.each(guarded.filter(({ method, path }) => method === "patch" && path.includes("{")))(
    "$method $path takes JSON only",
    async ({ path }) => {
      const me = await caller();
      const url = path.replace(/\{[a-z_]+\}/g, "1");
      const answer = await me.patch(url, {}, { "content-type": "application/x-www-form-urlencoded" });
      expect([answer.statusCode, answer.headers["accept-patch"]]).toEqual([
        415,
        "application/merge-patch+json, application/json",
      ]);
    },
  );
});

describe("an address that is not there", () => {
  test("is answered in this API's own words", async () => {
    const answer = await app.inject({ method: "GET", url: "/v1/nothing/here" });
    expect(answer.statusCode).toBe(404);
    expect(answer.headers["content-type"]).toContain("application/problem+json");
    expect(answer.json()).toMatchObject({ type: "/v1/problems#route_not_found", status: 404 });
    expect((await anonymous.get("/v1/problems")).json().data).toContainEqual({
      type: "/v1/problems#not_found",
      title: "Not found",
    });
  });
});
