import { loadOffer } from "../../server/domain/booking/load-offer.ts";
import { getRecord } from "../../server/domain/customers/get-record.ts";
import { listDueCustomers } from "../../server/domain/customers/list-due-customers.ts";
import { listRepeatCustomers } from "../../server/domain/customers/list-repeat-customers.ts";
import { type Bench, drawn, type Scenario, spread } from "./scenario.ts";

const people = 1_000;
const dayMs = 86_400_000;
/** Stands for a person in the recorded statement. */
const someone = (bench: Bench) => bench.firstContactId + 7;
const drawnPerson = (bench: Bench) =>
  new Map<unknown, string>([[someone(bench), `${bench.firstContactId} + ${drawn(people, bench.contacts)}`]]);

const forPeople = (bench: Bench, path: (contactId: number) => string) =>
  spread(people, bench.contacts).map((number) => ({ method: "GET", path: path(bench.firstContactId + number) }));

/** The next month as somebody sees it who books. */
function month(): { from: string; to: string } {
  const from = Math.ceil(Date.now() / dayMs) * dayMs;
  return { from: new Date(from).toISOString(), to: new Date(from + 30 * dayMs).toISOString() };
}

function freeSlots({ serviceId, locationId }: Bench) {
  const { from, to } = month();
  const query = `service_id=${serviceId}&location_id=${locationId}&from=${from}&to=${to}`;
  return { method: "GET", path: `/v1/free-slots?${query}` };
}

function yearAfter(time: string): string {
  return new Date(Date.parse(time) + 365 * dayMs).toISOString();
}

/** What a clinic asks all day. */
export const visitReads: Scenario[] = [
  {
    name: "customer record",
    requests: (bench) => forPeople(bench, (id) => `/v1/contacts/${id}/record`),
    limit: (bench) => [{ read: (ctx) => getRecord(ctx, someone(bench)), drawn: drawnPerson(bench) }],
  },
  {
    name: "visits of a person",
    requests: (bench) => forPeople(bench, (id) => `/v1/appointments?contact_id=${id}&limit=20`),
  },
  {
    name: "free slots, 20 providers and 30 days",
    requests: (bench) => [freeSlots(bench)],
    // What a search asks as long as nothing has changed.
    limit: (bench) => [{ read: (ctx) => loadOffer(ctx, bench, {}) }],
  },
  {
    name: "free slots while providers change, one for ten searches",
    requests: (bench) => {
      const { from, to } = month();
      return Array.from({ length: 20 }, (_, index) => [
        ...Array.from({ length: 10 }, () => freeSlots(bench)),
        {
          method: "POST",
          path: `/v1/providers/${bench.firstProviderId + index}/time-off`,
          body: JSON.stringify({ starts_at: yearAfter(from), ends_at: yearAfter(to) }),
        },
      ]).flat();
    },
  },
  {
    name: "repeat customers",
    requests: () => [{ method: "GET", path: "/v1/customers/repeat?limit=20" }],
    limit: () => [{ read: (ctx) => listRepeatCustomers(ctx, { limit: 20 }) }],
  },
  {
    name: "customers who are due",
    requests: () => [{ method: "GET", path: "/v1/customers/due?limit=20&proposals=false" }],
    limit: () => [{ read: (ctx) => listDueCustomers(ctx, { limit: 20 }) }],
  },
  {
    name: "customers who are due, with proposals",
    requests: () => [{ method: "GET", path: "/v1/customers/due?limit=20" }],
  },
  {
    name: "salesperson analytics of a year",
    requests: () => {
      const [from, to] = [Date.now() - 365 * dayMs, Date.now()].map((at) => new Date(at).toISOString().slice(0, 10));
      return [{ method: "GET", path: `/crm/analytics/salesperson?startDate=${from}&endDate=${to}` }];
    },
  },
];
