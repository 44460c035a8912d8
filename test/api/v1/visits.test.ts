import { describe, expect, test } from "vitest";
import { personIn } from "../../factories/people.ts";
import { type Caller, v1App } from "./v1-app.ts";

const { db, caller, browser } = await v1App();

const hour = 3_600_000;
// A Monday, so that the provider works; long enough ahead that no run of the test meets it.
const monday = new Date(Math.ceil(Date.now() / (7 * 24 * hour)) * 7 * 24 * hour + (7 + 4) * 24 * hour);
const at = (hours: number) => new Date(monday.getTime() + hours * hour).toISOString().replace(".000Z", "Z");

async function clinic(me: Caller) {
  const service = await me.post("/v1/services", { name: "Botox Treatment", duration_minutes: 60, price: "150.00" });
  const location = await me.post("/v1/locations", { name: "Beauty Clinic", time_zone: "UTC" });
  const [service_id, location_id] = [service.json().id, location.json().id];
  const provider = await me.post("/v1/providers", {
    name: "Dr. Mia",
    service_ids: [service_id],
    location_ids: [location_id],
  });
  const provider_id = provider.json().id;
  const payload = JSON.stringify({ hours: [{ location_id, weekday: 1, from: "09:00", to: "24:00" }] });
  const hours = await me.raw("PUT", `/v1/providers/${provider_id}/hours`, payload);
  expect([service.statusCode, location.statusCode, provider.statusCode, hours.statusCode]).toEqual([
    201, 201, 201, 200,
  ]);
  return { service_id, location_id, provider_id };
}

async function office() {
  const me = await caller();
  const offer = await clinic(me);
  const contact_id = await personIn(db, me.companyId, { name: "Ana Silva" });
  const book = (hours: number) => me.post("/v1/appointments", { ...offer, contact_id, starts_at: at(hours) });
  return { me, offer, contact_id, book };
}

describe("what can be booked", () => {
  test("is listed, edited with its version, and refused where it is wrong", async () => {
    const { me, offer } = await office();
    const service = await me.get(`/v1/services/${offer.service_id}`);
    expect(service.json()).toMatchObject({ price: 150, currency: "USD", buffer_minutes: 0, active: true });
    const path = `/v1/services/${offer.service_id}`;
    const edited = await me.patch(path, { buffer_minutes: 15 }, { "if-match": '"v1"' });
    expect([edited.statusCode, edited.headers.etag]).toEqual([200, '"v2"']);
    expect((await me.patch(path, { buffer_minutes: 20 }, { "if-match": '"v1"' })).statusCode).toBe(412);
    expect((await me.patch(path, { currency: "EUR" })).statusCode).toBe(400);
    expect((await me.post("/v1/locations", { name: "x", time_zone: "Mars/Olympus" })).json().errors).toMatchObject([
      { pointer: "#/time_zone" },
    ]);
    expect((await me.post("/v1/providers", { name: "x", service_ids: [999_999] })).statusCode).toBe(400);
    await me.patch(path, { active: false });
    expect((await me.get("/v1/services?active=true")).json().data).toEqual([]);
    expect((await me.get("/v1/services?limit=1")).json().data).toHaveLength(1);
  });

  test("has hours and time off, and free slots between them", async () => {
    const { me, offer } = await office();
    const hours = await me.get(`/v1/providers/${offer.provider_id}/hours`);
    expect(hours.json().hours).toEqual([{ location_id: offer.location_id, weekday: 1, from: "09:00", to: "24:00" }]);
    const path = `/v1/providers/${offer.provider_id}/time-off`;
    const off = await me.post(path, { starts_at: at(10), ends_at: at(22), reason: "holiday" });
    expect(off.statusCode).toBe(201);
    const query = `service_id=${offer.service_id}&location_id=${offer.location_id}&from=${at(0)}&to=${at(24)}&step_minutes=60`;
    const slots = async () =>
      (await me.get(`/v1/free-slots?${query}`)).json().data.map((slot: { starts_at: string }) => slot.starts_at);
    expect(await slots()).toEqual([at(9), at(22), at(23)]);
    expect((await me.get(path)).json().data).toMatchObject([{ reason: "holiday" }]);
    expect((await me.delete(`${path}/${off.json().id}`)).statusCode).toBe(204);
    expect(await slots()).toHaveLength(15);
    expect((await me.get("/v1/free-slots?service_id=1")).statusCode).toBe(400);
  });

  test("bare dates are days of the place, an hour longer when its clocks go back", async () => {
    const { me, offer } = await office();
    const { service_id, location_id, provider_id } = offer;
    await me.patch(`/v1/locations/${location_id}`, { time_zone: "Europe/Berlin" });
    const hours = [{ location_id, weekday: 7, from: "00:00", to: "24:00" }];
    await me.raw("PUT", `/v1/providers/${provider_id}/hours`, JSON.stringify({ hours }));
    const of = `service_id=${service_id}&location_id=${location_id}&step_minutes=60`;
    const free = async (range: string) =>
      (await me.get(`/v1/free-slots?${of}&${range}`)).json().data.map((slot: { starts_at: string }) => slot.starts_at);
    const day = await free("from=2027-10-31&to=2027-11-01");
    expect([day.length, day[0], day.at(-1)]).toEqual([25, "2027-10-30T22:00:00Z", "2027-10-31T22:00:00Z"]);
    expect(await free("from=2027-10-30T22:00:00Z&to=2027-10-31T23:00:00Z")).toEqual(day);
    expect((await me.get(`/v1/free-slots?${of}&from=2027-10-31&to=2027-10-31`)).statusCode).toBe(400);
  });
});

describe("a visit", () => {
  test("goes from booked to completed, and the record, points and tasks follow", async () => {
    const { me, contact_id, book } = await office();
    const booked = await book(10);
    expect([booked.statusCode, booked.headers.location]).toEqual([201, `/v1/appointments/${booked.json().id}`]);
    expect((await book(10)).statusCode).toBe(409);
    const path = `/v1/appointments/${booked.json().id}`;
    expect((await me.post(`${path}/confirm`)).json().status).toBe("confirmed");
    expect((await me.post(`${path}/reschedule`, { starts_at: at(12) })).json()).toMatchObject({
      status: "booked",
      starts_at: at(12),
    });
    const early = await me.post(`${path}/complete`);
    expect([early.statusCode, early.json().detail]).toEqual([409, expect.stringContaining("has not begun")]);
    await me.post(`${path}/reschedule`, { starts_at: new Date(Date.now() - 86_400_000).toISOString() });
    const completed = await me.post(`${path}/complete`, { amount: 250.5, treatment_details: { units: 20 } });
    expect(completed.json()).toMatchObject({ status: "completed", amount: 250.5, treatment_details: { units: 20 } });
    expect((await me.post(`${path}/cancel`)).statusCode).toBe(409);
    const record = await me.get(`/v1/contacts/${contact_id}/record`);
    expect(record.json()).toMatchObject({
      total_appointments: 1,
      completed_appointments: 1,
      lifetime_value: 250.5,
      is_repeat_customer: false,
      repeat_count: 0,
      average_days_between_visits: null,
      loyalty_points: 250,
      loyalty_tier: "silver",
    });
    const tasks = (await me.get(`/v1/tasks?contact_id=${contact_id}`)).json().data;
    expect(tasks.map((task: { appointment_id: number; status: string }) => [task.appointment_id, task.status])).toEqual(
      [
        [booked.json().id, "todo"],
        [booked.json().id, "done"],
      ],
    );
    expect((await me.post(`${path}/reopen`)).json().status).toBe("booked");
    expect((await me.post(`${path}/no-show`)).json().status).toBe("no_show");
    expect((await me.get(`/v1/contacts/${contact_id}/loyalty`)).json()).toMatchObject({ points: 0, tier: "bronze" });
  });

  test("is listed by time, person, provider and status, page by page", async () => {
    const { me, offer, contact_id, book } = await office();
    for (const hours of [9, 11, 13]) await book(hours);
    for (const filter of [
      "",
      `contact_id=${contact_id}`,
      `provider_id=${offer.provider_id}`,
      `location_id=${offer.location_id}`,
      "status=booked",
    ]) {
      const first = (await me.get(`/v1/appointments?${filter}&limit=2`)).json();
      const second = (await me.get(`/v1/appointments?${filter}&limit=2&cursor=${first.next_cursor}`)).json();
      const starts = [...first.data, ...second.data].map((each: { starts_at: string }) => each.starts_at);
      expect([starts, second.next_cursor]).toEqual([[at(9), at(11), at(13)], null]);
    }
    const latest = (await me.get(`/v1/appointments?order=latest&from=${at(10)}&to=${at(13)}`)).json();
    expect(latest.data.map((each: { starts_at: string }) => each.starts_at)).toEqual([at(11)]);
    expect((await me.get("/v1/appointments?status=completed")).json().data).toEqual([]);
    expect((await me.get("/v1/appointments?from=soon")).statusCode).toBe(400);
  });

  test("is edited, deleted and brought back", async () => {
    const { me, book } = await office();
    const { id, version } = (await book(10)).json();
    const path = `/v1/appointments/${id}`;
    expect((await me.patch(path, { notes: "allergic" }, { "if-match": `"v${version}"` })).json().notes).toBe(
      "allergic",
    );
    expect((await me.patch(path, { notes: null }, { "if-match": `"v${version}"` })).statusCode).toBe(412);
    expect((await me.patch(path, { amount: "a lot" })).statusCode).toBe(400);
    expect((await me.delete(path)).statusCode).toBe(204);
    expect((await me.get(path)).statusCode).toBe(404);
    expect((await me.post(`${path}/restore`)).json().notes).toBe("allergic");
    expect((await me.post(`${path}/complete`, { amount: true })).statusCode).toBe(400);
  });

  test("is booked once by the same Idempotency-Key", async () => {
    const { me, offer, contact_id } = await office();
    const body = { ...offer, contact_id, starts_at: at(10) };
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => me.post("/v1/appointments", body, { "idempotency-key": "once" })),
    );
    const booked = answers.filter(({ statusCode }) => statusCode === 201).map((answer) => answer.json().id);
    expect([booked.length > 0, new Set(booked).size]).toEqual([true, 1]);
  });
});

describe("a record", () => {
  test("is edited with its version, and gives 304 to who has it", async () => {
    const { me, contact_id } = await office();
    const path = `/v1/contacts/${contact_id}/record`;
    const first = await me.get(path);
    expect(first.json()).toMatchObject({ customer_status: "new", version: 0, rhythm: null, preferences: {} });
    const tag = String(first.headers.etag);
    expect((await me.get(path, { "if-none-match": tag })).statusCode).toBe(304);
    const edited = await me.patch(
      path,
      { customer_status: "vip", preferences: { time: "morning" } },
      { "if-match": tag },
    );
    expect(edited.json()).toMatchObject({ customer_status: "vip", preferences: { time: "morning" } });
    expect((await me.patch(path, { notes: "x" }, { "if-match": tag })).statusCode).toBe(412);
    expect((await me.get(`/v1/contacts/${contact_id}`)).json().stage).toBe("customer");
    expect((await me.patch(path, { customer_status: "king" })).statusCode).toBe(400);
  });

  test("stands in the lists of customers", async () => {
    const { me, contact_id, offer } = await office();
    for (const day of ["2026-01-05", "2026-02-04"]) {
      const body = { ...offer, contact_id, starts_at: `${day}T10:00:00Z`, status: "completed" };
      expect((await me.post("/v1/appointments", body)).statusCode).toBe(201);
    }
    const repeat = (await me.get("/v1/customers/repeat")).json().data;
    expect(repeat).toMatchObject([
      { contact_id, repeat_count: 1, average_days_between_visits: 30, expected_next_visit_on: "2026-03-06" },
    ]);
    expect((await me.get("/v1/customers/follow-up?days_threshold=30")).json().data).toMatchObject([{ contact_id }]);
    expect((await me.get("/v1/customers/due")).json().data).toMatchObject([
      { contact_id, rhythm: { median_days: 30 } },
    ]);
    expect((await me.get("/v1/customers/due?cursor=nonsense")).statusCode).toBe(400);
  });

  test("stands among all customers as soon as there is a visit, whatever their stage; a page at a time", async () => {
    const { me, contact_id, offer } = await office();
    await personIn(db, me.companyId, { name: "Nobody yet" });
    const body = { ...offer, contact_id, starts_at: "2026-01-05T10:00:00Z", status: "completed" };
    expect((await me.post("/v1/appointments", body)).statusCode).toBe(201);
    await me.patch(`/v1/contacts/${contact_id}`, { stage: "nurture" });
    const won = (await me.post("/v1/contacts", { name: "Bo", email: "bo@example.test", stage: "customer" })).json().id;
    const first = (await me.get("/v1/customers?limit=1")).json();
    expect(first.data).toMatchObject([{ contact_id: won, customer_status: "active", total_appointments: 0 }]);
    const rest = (await me.get(`/v1/customers?cursor=${first.next_cursor}`)).json();
    expect(rest).toMatchObject({ data: [{ contact_id, completed_appointments: 1 }], next_cursor: null });
    await me.delete(`/v1/contacts/${won}`);
    expect((await me.get("/v1/customers")).json().data).toHaveLength(1);
    expect((await me.get("/v1/customers?cursor=nonsense")).statusCode).toBe(400);
  });

  test("has points that managers rule", async () => {
    const { me, contact_id } = await office();
    const path = `/v1/contacts/${contact_id}/loyalty`;
    expect((await me.post(path, { kind: "adjusted", points: 490 })).json()).toMatchObject({
      points: 490,
      tier: "silver",
      next_tier: { name: "gold", points_missing: 10 },
      data: [{ kind: "adjusted", points: 490 }],
    });
    expect((await me.post(path, { kind: "redeemed", points: 500 })).statusCode).toBe(409);
    const tiers = [
      { name: "guest", from: 0 },
      { name: "friend", from: 400 },
    ];
    expect((await me.patch("/v1/loyalty-rules", { points_per_unit: 2, tiers })).json()).toMatchObject({
      points_per_unit: 2,
      tiers,
    });
    expect((await me.get(path)).json()).toMatchObject({ tier: "friend", next_tier: null });
    const seller = await caller("salesperson", me.companyId);
    expect((await seller.patch("/v1/loyalty-rules", { points_per_unit: 3 })).statusCode).toBe(403);
    expect((await seller.get("/v1/loyalty-rules")).statusCode).toBe(200);
  });
});

describe("another company", () => {
  test("finds nothing of it", async () => {
    const { offer, contact_id, book } = await office();
    const { id } = (await book(10)).json();
    const stranger = await caller();
    const paths = [
      `/v1/services/${offer.service_id}`,
      `/v1/locations/${offer.location_id}`,
      `/v1/providers/${offer.provider_id}`,
      `/v1/providers/${offer.provider_id}/hours`,
      `/v1/providers/${offer.provider_id}/time-off`,
      `/v1/appointments/${id}`,
      `/v1/contacts/${contact_id}/record`,
      `/v1/contacts/${contact_id}/loyalty`,
    ];
    for (const path of paths) expect((await stranger.get(path)).statusCode, path).toBe(404);
    for (const act of ["confirm", "complete", "cancel", "no-show", "reopen", "restore"])
      expect((await stranger.post(`/v1/appointments/${id}/${act}`)).statusCode, act).toBe(404);
    const move = await stranger.post(`/v1/appointments/${id}/reschedule`, { starts_at: at(12) });
    const edit = await stranger.patch(`/v1/contacts/${contact_id}/record`, { notes: "x" });
    const points = await stranger.post(`/v1/contacts/${contact_id}/loyalty`, { kind: "adjusted", points: 1 });
    const own = await clinic(stranger);
    const steal = await stranger.post("/v1/appointments", { ...own, contact_id, starts_at: at(10) });
    expect([move, edit, points, steal].map(({ statusCode }) => statusCode)).toEqual([404, 404, 404, 404]);
  });
});

describe("one's own calendar", () => {
  test("has an address that is shown once", async () => {
    const { me } = await office();
    const nurse = await browser(me.companyId, "secretariat");
    const origin = { origin: "http://localhost", "sec-fetch-site": "same-origin" };
    expect((await nurse.get("/v1/me/calendar")).json()).toEqual({ active: false, created_at: null });
    const made = await nurse.post("/v1/me/calendar/rotate", {}, origin);
    expect(made.json().address).toMatch(/\/calendar\/\d+-[\w-]{43}\.ics$/);
    expect((await nurse.get("/v1/me/calendar")).json().active).toBe(true);
    expect((await nurse.delete("/v1/me/calendar", origin)).statusCode).toBe(204);
    expect((await nurse.get("/v1/me/calendar")).json().active).toBe(false);
    expect((await me.get("/v1/me/calendar")).statusCode).toBe(403);
  });
});
