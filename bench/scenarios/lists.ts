import { listActivities } from "../../server/domain/activities/list-activities.ts";
import { listDeals } from "../../server/domain/deals/list-deals.ts";
import { listTasks } from "../../server/domain/tasks/list-tasks.ts";
import type { LoadRequest } from "../load/plan.ts";
import { type Bench, drawn, type Scenario, spread } from "./scenario.ts";

const limit = 20;
const pool = 5_000;

/** A page that is always the same. */
function fixed(path: string): () => LoadRequest[] {
  return () => [{ method: "GET", path }];
}

/** A page for each of many people; `every` and `first` are the generator's, for those who have such rows. */
function ofPeople(path: (contactId: string) => string, { every, first }: { every: number; first: number }) {
  return (bench: Bench): LoadRequest[] =>
    spread(pool, Math.floor(bench.contacts / every) - 1).map((index) => ({
      method: "GET",
      path: path(`contact_${bench.firstContactId - 1 + first + index * every}`),
    }));
}

/** One of those people, and the pgbench expression for all of them. */
function drawnPerson(
  bench: Bench,
  { every, first }: { every: number; first: number },
): [contactId: number, expressions: Map<unknown, string>] {
  const start = bench.firstContactId - 1 + first;
  return [start, new Map([[start, `${start} + ${every} * (${drawn(pool, Math.floor(bench.contacts / every) - 1)})`]])];
}

const withDeals = { every: 10, first: 1 };
const withTasks = { every: 2, first: 1 };
const withActivities = { every: 10, first: 10 };

export const dealLists: Scenario[] = [
  {
    name: "list deals",
    requests: fixed("/api/crm/deals?limit=20"),
    limit: () => [{ read: (ctx) => listDeals(ctx, { limit }) }],
  },
  {
    name: "list deals in a stage",
    requests: fixed("/api/crm/deals?stage=proposal&limit=20"),
    limit: () => [{ read: (ctx) => listDeals(ctx, { limit, stage: "proposal" }) }],
  },
  {
    name: "list deals of a contact",
    requests: ofPeople((id) => `/api/crm/deals?contact_id=${id}&limit=20`, withDeals),
    limit: (bench) => {
      const [contactId, person] = drawnPerson(bench, withDeals);
      return [{ read: (ctx) => listDeals(ctx, { limit, contactId }), drawn: person }];
    },
  },
];

export const taskLists: Scenario[] = [
  {
    name: "list tasks",
    requests: fixed("/api/crm/tasks?limit=20"),
    limit: () => [{ read: (ctx) => listTasks(ctx, { limit }) }],
  },
  {
    name: "list pending tasks",
    requests: fixed("/api/crm/tasks?status=pending&limit=20"),
    limit: () => [{ read: (ctx) => listTasks(ctx, { limit, status: "open" }) }],
  },
  {
    name: "list overdue tasks",
    requests: fixed("/api/crm/tasks?status=overdue&limit=20"),
    limit: () => [{ read: (ctx) => listTasks(ctx, { limit, status: "overdue" }) }],
  },
  {
    name: "list completed tasks",
    requests: fixed("/api/crm/tasks?status=completed&limit=20"),
    limit: () => [{ read: (ctx) => listTasks(ctx, { limit, status: "done" }) }],
  },
  {
    name: "list tasks of a contact",
    requests: ofPeople((id) => `/api/crm/tasks?contact_id=${id}&limit=20`, withTasks),
    limit: (bench) => {
      const [contactId, person] = drawnPerson(bench, withTasks);
      return [{ read: (ctx) => listTasks(ctx, { limit, contactId }), drawn: person }];
    },
  },
];

export const activityLists: Scenario[] = [
  {
    name: "list activities of a contact",
    requests: ofPeople((id) => `/api/crm/contact/${id}/activities?limit=20`, withActivities),
    limit: (bench) => {
      const [contactId, person] = drawnPerson(bench, withActivities);
      return [{ read: (ctx) => listActivities(ctx, { limit, contactId }), drawn: person }];
    },
  },
];
