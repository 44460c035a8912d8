import { expect, test } from "vitest";
import { testApp } from "../../harness/test-app.ts";

const { app, headers } = await testApp({ openChatbot: "main" });

test("an opened surface answers this machine without a token, and no one who comes through a proxy or another site", async () => {
  const open = await app.inject({ method: "POST", url: "/api/crm/contact", payload: { name: "Ana" } });
  expect(open.statusCode).toBe(201);
  const listed = await app.inject({ method: "GET", url: "/api/crm/contacts?limit=20&offset=0&status=new" });
  expect(listed.json()).toMatchObject({ status: "success", success: true, data: [{ name: "Ana" }] });
  for (const query of ["", "?skip=0"]) {
    const bare = await app.inject({ method: "GET", url: `/api/crm/contacts${query}` });
    expect([bare.statusCode, bare.headers["ratelimit-policy"]]).toEqual([200, expect.stringMatching(/^"default"/)]);
  }
  for (const header of [
    { "x-forwarded-for": "203.0.113.9" },
    { "sec-fetch-site": "cross-site" },
    { host: "rapport.example" },
  ]) {
    const answer = await app.inject({ method: "GET", url: "/api/crm/deals", headers: header });
    expect(answer.statusCode).toBe(401);
  }
  const foreign = await app.inject({
    method: "GET",
    url: "/api/crm/deals",
    headers: { authorization: "Bearer nonsense" },
  });
  expect(foreign.statusCode).toBe(401);
});

test("unknown addresses are refused in the words of the surface they stand under", async () => {
  const known = await headers();
  const below = await app.inject({ method: "GET", url: "/chatbot/api/crm/nothing", headers: known });
  expect(Object.keys(below.json()).toSorted()).toEqual(["message", "request_id", "status"]);
  const root = await app.inject({ method: "DELETE", url: "/api/crm/nothing", headers: known });
  expect(Object.keys(root.json()).toSorted()).toEqual(["detail", "message", "request_id", "status", "success"]);
});

test("a form for a contact is not taken for a contact without fields", async () => {
  const type = { "content-type": "application/x-www-form-urlencoded" };
  const answer = await app.inject({
    method: "PUT",
    url: "/api/crm/contact/1",
    payload: "name=A",
    headers: { ...(await headers()), ...type },
  });
  expect(answer.statusCode).toBe(415);
});
