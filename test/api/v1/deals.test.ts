import { describe, expect, test } from "vitest";
import { personIn } from "../../factories/people.ts";
import { v1App } from "./v1-app.ts";

const { db, caller, anonymous } = await v1App();

async function withDeal(fields: object = {}) {
  const me = await caller("salesperson");
  const contactId = await personIn(db, me.companyId, { company: "Tech Corp" });
  const answer = await me.post("/v1/deals", { contact_id: contactId, title: "Licence", value: 50000.5, ...fields });
  return { me, contactId, answer, deal: answer.json() };
}

describe("POST /v1/deals", () => {
  test("opens a deal and says where it is", async () => {
    const { answer, deal, contactId } = await withDeal({ expected_close_on: "2026-12-31" });
    expect(answer.statusCode).toBe(201);
    expect(answer.headers).toMatchObject({ etag: '"v1"', location: `/v1/deals/${deal.id}` });
    expect(answer.headers["ratelimit-policy"]).toMatch(/^"default";q=\d+;w=60$/);
    expect(deal).toMatchObject({
      contact_id: contactId,
      value: 50000.5,
      currency: "USD",
      stage: "prospecting",
      probability: 10,
      expected_close_on: "2026-12-31",
      contact: { name: "Ana", company: "Tech Corp", phone: null },
      version: 1,
    });
  });

  test("takes an exact amount as text", async () => {
    expect((await withDeal({ value: "99999999999.9999" })).deal.value).toBe(99999999999.9999);
  });

  test.each([
    [{ title: "" }, "#/title"],
    [{ title: 5 }, "#/title"],
    [{ value: -1 }, "#/value"],
    [{ value: 1e12 }, "#/value"],
    [{ currency: "ABC" }, "#/currency"],
    [{ probability: 101 }, "#/probability"],
    [{ stage: "won" }, "#/stage"],
    [{ expected_close_on: "2026-02-30" }, "#/expected_close_on"],
    [{ pipeline_id: 999999 }, "#/pipeline_id"],
    [{ custom: { colour: "red" } }, "#/custom/colour"],
  ])("refuses %o and points at it", async (fields, pointer) => {
    const { answer, me } = await withDeal(fields);
    expect(answer.statusCode).toBe(400);
    expect(answer.headers["content-type"]).toContain("application/problem+json");
    expect(answer.json()).toMatchObject({
      type: "/v1/problems#invalid",
      status: 400,
      request_id: answer.headers["x-request-id"],
      errors: [{ pointer }],
    });
    expect((await me.get("/v1/deals")).json().data).toEqual([]);
  });

  test("happens once for an Idempotency-Key", async () => {
    const { me, contactId } = await withDeal();
    const send = (title: string) =>
      me.post("/v1/deals", { contact_id: contactId, title }, { "idempotency-key": "k-1" });
    const first = await send("once");
    const again = await send("once");
    expect(again.statusCode).toBe(201);
    expect(again.json()).toEqual(first.json());
    expect((await send("other")).statusCode).toBe(422);
    expect((await me.get("/v1/deals")).json().data).toHaveLength(2);
  });

  test("happens once for an Idempotency-Key, however its address is spelled, and again for another query", async () => {
    const { me, contactId } = await withDeal();
    const send = (url: string) => me.post(url, { contact_id: contactId, title: "once" }, { "idempotency-key": "k-2" });
    const first = await send("/v1/deals?a=1&b=%41&b=2");
    expect(first.statusCode).toBe(201);
    for (const url of ["/v1/deals?b=A&b=2&a=1", "/v1/deals/?a=1&b=A&b=2", "/v1/deals?a=%31&b=A&b=2&"]) {
      const again = await send(url);
      expect([again.headers["idempotency-replayed"], again.json()]).toEqual(["true", first.json()]);
    }
    expect((await send("/v1/deals?a=2&b=A&b=2")).json().id).not.toBe(first.json().id);
  });

  test("is for people who may write", async () => {
    const { me, contactId } = await withDeal();
    const body = { contact_id: contactId, title: "a" };
    expect((await anonymous.post("/v1/deals", body)).statusCode).toBe(401);
    const reader = await caller("secretariat", me.companyId);
    expect((await reader.post("/v1/deals", body)).statusCode).toBe(403);
    expect((await reader.get("/v1/deals")).statusCode).toBe(200);
    const readKey = await caller("admin", me.companyId, ["read"]);
    expect((await readKey.post("/v1/deals", body)).statusCode).toBe(403);
    const stranger = await caller();
    expect((await stranger.post("/v1/deals", body)).statusCode).toBe(404);
  });
});

describe("GET /v1/deals", () => {
  test("pages by cursor, with the next address in Link", async () => {
    const { me, contactId } = await withDeal();
    for (const title of ["2", "3"]) await me.post("/v1/deals", { contact_id: contactId, title, stage: "proposal" });
    const first = await me.get("/v1/deals?limit=2");
    expect(first.json().data.map((deal: { title: string }) => deal.title)).toEqual(["3", "2"]);
    const next = /^<(.+)>; rel="next"$/.exec(String(first.headers.link))?.[1] ?? "";
    expect(next).toContain(first.json().next_cursor);
    const second = await me.get(next);
    expect(second.json()).toMatchObject({ data: [{ title: "Licence" }], next_cursor: null });
    expect(second.headers.link).toBeUndefined();
    expect((await me.get(`/v1/deals?stage=proposal&contact_id=${contactId}`)).json().data).toHaveLength(2);
    expect((await me.get("/v1/deals?limit=5000")).statusCode).toBe(200);
  });

  test.each([
    "limit=0",
    "limit=-1",
    "limit=abc",
    "stage=won",
    "contact_id=x",
    "cursor=nonsense",
    "cursor=WyJ0YXNrcy5hbGwiLCIyMDI2LTExLTIxVDEwOjAwOjAwWiIsMV0",
  ])("refuses %s", async (query) => {
    const { me } = await withDeal();
    const answer = await me.get(`/v1/deals?${query}`);
    expect(answer.statusCode).toBe(400);
    expect(answer.headers["content-type"]).toContain("application/problem+json");
  });
});

describe("one deal", () => {
  test("is given with its version and not given again to who has it", async () => {
    const { me, deal } = await withDeal();
    const answer = await me.get(`/v1/deals/${deal.id}`);
    expect(answer.headers.etag).toBe('"v1"');
    const again = await me.get(`/v1/deals/deal_${deal.id}`, { "if-none-match": 'W/"v1"' });
    expect([again.statusCode, again.body]).toEqual([304, ""]);
    expect((await me.get(`/v1/deals/${deal.id}`, { "if-none-match": '"v2"' })).statusCode).toBe(200);
  });

  test("is edited by a merge patch, with If-Match only at the version named", async () => {
    const { me, deal } = await withDeal({ description: "x" });
    const url = `/v1/deals/${deal.id}`;
    const mergePatch = { "content-type": "application/merge-patch+json" };
    const edited = await me.patch(
      url,
      { description: null, stage: "closed_won" },
      { ...mergePatch, "if-match": '"v1"' },
    );
    expect(edited.headers.etag).toBe('"v2"');
    expect(edited.json()).toMatchObject({ description: null, stage: "closed_won", probability: 100, version: 2 });
    const stale = await me.patch(url, { title: "late" }, { "if-match": '"v1"' });
    expect([stale.statusCode, stale.json().type]).toEqual([412, "/v1/problems#precondition_failed"]);
    expect((await me.patch(url, { title: "any" }, { "if-match": "*" })).statusCode).toBe(200);
    expect((await me.patch(url, { title: "any" }, { "if-match": "junk" })).statusCode).toBe(412);
    const form = await me.patch(url, {}, { "content-type": "text/plain" });
    expect([form.statusCode, form.headers["accept-patch"]]).toEqual([
      415,
      "application/merge-patch+json, application/json",
    ]);
  });

  test("is deleted and restored", async () => {
    const { me, deal } = await withDeal();
    const url = `/v1/deals/${deal.id}`;
    expect((await me.delete(url, { "if-match": '"v9"' })).statusCode).toBe(412);
    const gone = await me.delete(url);
    expect([gone.statusCode, gone.body]).toEqual([204, ""]);
    expect((await me.get(url)).statusCode).toBe(404);
    expect((await me.delete(url)).statusCode).toBe(404);
    expect((await me.post(`${url}/restore`)).json()).toMatchObject({ title: "Licence" });
  });

  test("is not there for another company, and a bad id is the caller's mistake", async () => {
    const { deal } = await withDeal();
    const stranger = await caller();
    const url = `/v1/deals/${deal.id}`;
    for (const answer of [
      await stranger.get(url),
      await stranger.patch(url, { title: "mine" }),
      await stranger.delete(url),
      await stranger.post(`${url}/restore`),
    ]) {
      expect(answer.statusCode).toBe(404);
      expect(answer.json()).toMatchObject({ type: "/v1/problems#not_found", detail: "Deal not found" });
    }
    for (const id of ["0", "-1", "abc", "1.5", "99999999999999999999"]) {
      expect((await stranger.get(`/v1/deals/${id}`)).statusCode).toBe(400);
    }
  });
});
