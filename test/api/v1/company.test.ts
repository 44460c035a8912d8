import { describe, expect, test } from "vitest";
import { recordEvents } from "../../../server/domain/events/record-event.ts";
import { memberOf, personIn } from "../../factories/people.ts";
import { v1App } from "./v1-app.ts";

const { db, ctx, caller, browser } = await v1App();

describe("organizations", () => {
  test("are added once by name, found, edited, deleted and restored", async () => {
    const me = await caller("salesperson");
    const made = await me.post("/v1/organizations", { name: "Clínica Ávila", industry: "healthcare" });
    expect(made.statusCode).toBe(201);
    const { id } = made.json();
    const twice = await me.post("/v1/organizations", { name: "clinica avila" });
    expect([twice.statusCode, twice.json().existing_id]).toEqual([409, id]);
    expect((await me.get("/v1/organizations?q=avila")).json().data).toMatchObject([{ id, industry: "healthcare" }]);
    const url = `/v1/organizations/${id}`;
    expect((await me.patch(url, { industry: null }, { "if-match": '"v1"' })).json()).toMatchObject({
      industry: null,
      version: 2,
    });
    expect((await me.patch(url, { industry: "x" }, { "if-match": '"v1"' })).statusCode).toBe(412);
    expect((await me.patch(url, { name: " " })).statusCode).toBe(400);
    expect((await me.delete(url)).statusCode).toBe(204);
    expect((await me.get(url)).statusCode).toBe(404);
    expect((await me.post(`${url}/restore`)).json()).toMatchObject({ name: "Clínica Ávila" });
  });

  test("page by name", async () => {
    const me = await caller();
    for (const name of ["Beta", "alpha", "Gamma"]) await me.post("/v1/organizations", { name });
    const first = (await me.get("/v1/organizations?limit=2")).json();
    expect(first.data.map((each: { name: string }) => each.name)).toEqual(["alpha", "Beta"]);
    const second = (await me.get(`/v1/organizations?limit=2&cursor=${first.next_cursor}`)).json();
    expect(second).toMatchObject({ data: [{ name: "Gamma" }], next_cursor: null });
  });
});

describe("tags", () => {
  test("are made once, renamed by anybody who writes, deleted by managers", async () => {
    const me = await caller("salesperson");
    const boss = await caller("manager", me.companyId);
    const made = await me.post("/v1/tags", { name: "VIP", color: "gold" });
    expect(made.statusCode).toBe(201);
    expect((await me.post("/v1/tags", { name: "vip" })).statusCode).toBe(409);
    expect((await me.post("/v1/tags", { name: "" })).statusCode).toBe(400);
    const url = `/v1/tags/${made.json().id}`;
    expect((await me.patch(url, { name: "Very important" })).json()).toMatchObject({
      name: "Very important",
      color: "gold",
    });
    expect((await me.get("/v1/tags")).json().data).toMatchObject([{ name: "Very important", people: 0 }]);
    expect((await me.delete(url)).statusCode).toBe(403);
    expect((await boss.delete(url)).statusCode).toBe(204);
    expect((await boss.delete(url)).statusCode).toBe(404);
  });
});

describe("pipelines", () => {
  test("and their stages are kept by managers and read by all", async () => {
    const boss = await caller("manager");
    const seller = await caller("salesperson", boss.companyId);
    const made = await boss.post("/v1/pipelines", {
      name: "Clinic",
      stages: [{ name: "Enquiry", stage: "prospecting" }],
    });
    expect(made.statusCode).toBe(201);
    const url = `/v1/pipelines/${made.json().id}`;
    expect((await seller.get("/v1/pipelines")).json().data).toMatchObject([{ name: "Sales" }, { name: "Clinic" }]);
    expect((await seller.get(url)).json()).toMatchObject({ is_default: false, stages: [{ probability: 10 }] });
    const added = await boss.post(`${url}/stages`, { name: "Booked", stage: "closed_won" });
    expect(added.statusCode).toBe(201);
    const stageUrl = `${url}/stages/${added.json().stages[1].id}`;
    const moved = await boss.patch(stageUrl, { position: 0, probability: 90 });
    expect(moved.json().stages).toMatchObject([{ name: "Booked", probability: 90 }, { name: "Enquiry" }]);
    expect((await boss.delete(stageUrl)).json().stages).toHaveLength(1);
    expect((await boss.patch(url, { is_default: true })).json()).toMatchObject({ is_default: true });
    expect((await boss.patch(url, { is_default: false })).statusCode).toBe(400);
    expect((await boss.delete(url)).statusCode).toBe(409);
    for (const refused of [
      await seller.post("/v1/pipelines", { name: "Mine" }),
      await seller.patch(url, { name: "Mine" }),
      await seller.delete(url),
      await seller.post(`${url}/stages`, { name: "x", stage: "proposal" }),
      await seller.delete(stageUrl),
    ]) {
      expect(refused.statusCode).toBe(403);
    }
  });
});

describe("custom fields", () => {
  test("are defined by managers and then kept on deals", async () => {
    const boss = await caller("admin");
    const seller = await caller("salesperson", boss.companyId);
    const field = { entity: "deal", key: "colour", label: "Colour", kind: "select", options: ["red", "blue"] };
    expect((await seller.post("/v1/custom-fields", field)).statusCode).toBe(403);
    const made = await boss.post("/v1/custom-fields", field);
    expect(made.statusCode).toBe(201);
    expect((await boss.post("/v1/custom-fields", field)).statusCode).toBe(409);
    expect((await boss.post("/v1/custom-fields", { ...field, key: "No Key" })).json().errors).toMatchObject([
      { pointer: "#/key" },
    ]);
    const contact_id = await personIn(db, boss.companyId);
    const deal = (await seller.post("/v1/deals", { contact_id, title: "a", custom: { colour: "red" } })).json();
    expect(deal.custom).toEqual({ colour: "red" });
    expect((await seller.patch(`/v1/deals/${deal.id}`, { custom: { colour: "green" } })).statusCode).toBe(400);
    expect((await seller.patch(`/v1/deals/${deal.id}`, { custom: { colour: null } })).json().custom).toEqual({});
    expect((await seller.get("/v1/custom-fields?entity=deal")).json().data).toHaveLength(1);
    expect((await seller.get("/v1/custom-fields?entity=contact")).json().data).toEqual([]);
    expect((await boss.delete(`/v1/custom-fields/${made.json().id}`)).statusCode).toBe(204);
    expect((await boss.delete(`/v1/custom-fields/${made.json().id}`)).statusCode).toBe(404);
  });
});

describe("settings", () => {
  test("are read by all and changed by managers, at the version named", async () => {
    const boss = await caller("manager");
    const seller = await caller("salesperson", boss.companyId);
    const before = await seller.get("/v1/settings");
    expect(before.json()).toMatchObject({ time_zone: "UTC", currency: "USD", intake: { profile: true, deal: true } });
    expect((await seller.patch("/v1/settings", { currency: "EUR" })).statusCode).toBe(403);
    const patch = { time_zone: "America/Sao_Paulo", currency: "BRL", default_country: "BR", intake: { deal: false } };
    const after = await boss.patch("/v1/settings", patch, { "if-match": String(before.headers.etag) });
    expect(after.json()).toMatchObject({ ...patch, intake: { profile: true, deal: false }, version: 2 });
    expect((await boss.patch("/v1/settings", patch, { "if-match": String(before.headers.etag) })).statusCode).toBe(412);
    expect((await boss.get("/v1/events?types=settings.updated")).json().data).toMatchObject([
      { before: { currency: "USD", intake_deal: true }, after: { currency: "BRL", intake_deal: false } },
    ]);
  });

  test.each([
    [{ time_zone: "Mars/Olympus" }, "#/time_zone"],
    [{ currency: "XXQ" }, "#/currency"],
    [{ locale: "not a locale" }, "#/locale"],
    [{ default_country: "ZZ" }, "#/default_country"],
    [{ api_requests_per_minute: 1 }, "#/api_requests_per_minute"],
    [{ intake: { deal: "yes" } }, "#/intake/deal"],
  ])("refuse %o", async (patch, pointer) => {
    const boss = await caller();
    const answer = await boss.patch("/v1/settings", patch);
    expect(answer.statusCode).toBe(400);
    expect(answer.json().errors).toMatchObject([{ pointer }]);
    expect((await boss.get("/v1/settings")).json().version).toBe(1);
  });
});

describe("the journal", () => {
  test("gives a record's history and pages", async () => {
    const me = await caller();
    const contact_id = await personIn(db, me.companyId);
    const deal = (await me.post("/v1/deals", { contact_id, title: "a" })).json();
    await me.patch(`/v1/deals/${deal.id}`, { title: "b" });
    const history = (await me.get(`/v1/events?subject_kind=deal&subject_id=${deal.id}`)).json().data;
    expect(history).toMatchObject([
      { type: "deal.updated", before: { title: "a" }, after: { title: "b" }, actor: { kind: "api_key" } },
      { type: "deal.created" },
    ]);
    expect((await me.get("/v1/events?subject_kind=deal")).statusCode).toBe(400);
    const first = (await me.get("/v1/events?limit=1")).json();
    const second = (await me.get(`/v1/events?limit=1&cursor=${first.next_cursor}`)).json();
    expect([first.data[0].type, second.data[0].type]).toEqual(["deal.updated", "deal.created"]);
  });
});

describe("who sees what of the journal", () => {
  const peoplesWork = ["contact.created", "consent.granted", "channel.problem_found", "customer_record.updated"];
  const managersOwn = [
    "settings.updated",
    "user.invited",
    "subscription.changed",
    "pipeline.updated",
    "channel.connected",
  ];
  const credentials = ["api_key.created", "webhook.created", "gateway_secret.rotated", "refresh_token.reused"];
  const passwords = ["user.password_changed", "user.password_reset_created", "password_reset.requested"];
  const all = [...peoplesWork, ...managersOwn, ...credentials, ...passwords];

  test.each([
    ["admin", all],
    ["manager", [...peoplesWork, ...managersOwn]],
    ["salesperson", peoplesWork],
    ["secretariat", peoplesWork],
  ] as const)("%s sees %j, in full pages", async (role, seen) => {
    const { companyId } = await caller();
    const contactId = await personIn(db, companyId);
    const me = await caller(role, companyId);
    await ctx(companyId).transact((tx) =>
      recordEvents(
        tx,
        all.map((type) => ({ type, subject: { kind: "contact", id: contactId } })),
      ),
    );
    const typesOf = (page: { data: { type: string }[] }) => page.data.map(({ type }) => type).toReversed();
    const about = `subject_kind=contact&subject_id=${contactId}`;
    expect(typesOf((await me.get(`/v1/events?${about}`)).json())).toEqual(seen);
    expect(typesOf((await me.get(`/v1/events?types=${all.join(",")}&limit=200`)).json())).toEqual(
      expect.arrayContaining([...seen]),
    );
    const ofCompany = typesOf((await me.get("/v1/events?limit=100")).json());
    expect(all.filter((type) => ofCompany.includes(type))).toEqual(seen);
    expect((await me.get("/v1/events?limit=4")).json().data).toHaveLength(4);
    expect(typesOf((await me.get(`/v1/contacts/${contactId}/timeline`)).json())).toEqual(seen);
  });

  test("a salesperson sees the bulk changes that are theirs, and no others", async () => {
    const { companyId } = await caller();
    const [mia, ben] = [await browser(companyId, "salesperson"), await browser(companyId, "salesperson")];
    const actor = { kind: "user", userId: mia.userId, role: "salesperson" } as const;
    await ctx(companyId).transact((tx) =>
      recordEvents(tx, [
        { type: "change_set.created", subject: { kind: "change_set", id: 1 }, actor },
        { type: "user.signed_in", subject: { kind: "user", id: mia.userId }, actor },
      ]),
    );
    const url = "/v1/events?types=change_set.created,user.signed_in";
    expect((await mia.get(url)).json().data).toMatchObject([{ type: "change_set.created" }]);
    expect((await ben.get(url)).json().data).toEqual([]);
  });
});

describe("notifications", () => {
  test("are empty for a key, which is nobody", async () => {
    const me = await caller();
    await memberOf(db, me.companyId, "admin");
    expect((await me.get("/v1/notifications?unread=true")).json()).toEqual({
      data: [],
      next_cursor: null,
      unread_count: 0,
    });
    expect((await me.post("/v1/notifications/1/read")).statusCode).toBe(404);
    expect((await me.post("/v1/notifications/read-all")).statusCode).toBe(204);
  });
});
