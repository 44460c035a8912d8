import { listCommunications } from "../../server/domain/activities/list-communications.ts";
import { getCustomerFile } from "../../server/domain/customers/get-customer-file.ts";
import { listFollowUps } from "../../server/domain/customers/list-follow-ups.ts";
import { listRepeatCustomers } from "../../server/domain/customers/list-repeat-customers.ts";
import { getLeadByNumber } from "../../server/domain/leads/get-lead.ts";
import { leadCode } from "../../server/domain/leads/lead.ts";
import { leadStory } from "../../server/domain/leads/lead-story.ts";
import { listLeads } from "../../server/domain/leads/list-leads.ts";
import { listTasksByDueTime } from "../../server/domain/tasks/list-tasks-by-due-time.ts";
import { type Bench, drawn, type Scenario, spread } from "./scenario.ts";

const sample = 1_000;
const page = { limit: 20, offset: 0 };
/** Stands for a person or a lead in the recorded statement; leads are numbered from 1, as their ids are apart. */
const someone = (bench: Bench) => bench.firstContactId + 7;
const someLead = 8;
const drawnPerson = (bench: Bench) =>
  new Map<unknown, string>([[someone(bench), `${bench.firstContactId} + ${drawn(sample, bench.contacts)}`]]);

const get = (path: string) => [{ method: "GET", path }];
const forLeads = ({ contacts }: Bench, rest = "") =>
  spread(sample, contacts).flatMap((number) => get(`/leads-workspace/api/crm/leads/${leadCode(number + 1)}${rest}`));
const forCustomers = (bench: Bench, rest: string) =>
  spread(sample, bench.contacts).flatMap((number) => get(`/crm/customers/${bench.firstContactId + number}${rest}`));

/** Lists and details of the leads workspace. */
export const leadsWorkspaceReads: Scenario[] = [
  {
    name: "leads-workspace list",
    requests: () => get("/leads-workspace/api/crm/leads?limit=20"),
    limit: () => [{ read: (ctx) => listLeads(ctx, page) }],
  },
  {
    name: "leads-workspace list in a status",
    requests: () => get("/leads-workspace/api/crm/leads?limit=20&status=Qualified"),
    limit: () => [{ read: (ctx) => listLeads(ctx, { ...page, stages: ["qualified"] }) }],
  },
  {
    name: "leads-workspace lead and its story",
    requests: (bench) => forLeads(bench),
    limit: (bench) => [
      {
        read: async (ctx) => leadStory(ctx, await getLeadByNumber(ctx, someLead), { limit: 100 }),
        drawn: new Map<unknown, string>([[someLead, `1 + ${drawn(sample, bench.contacts)}`]]),
      },
    ],
  },
  { name: "leads-workspace tasks of a lead", requests: (bench) => forLeads(bench, "/tasks") },
  { name: "leads-workspace calls of a lead", requests: (bench) => forLeads(bench, "/calls") },
];

/** Lists and details of the salesperson's surface. */
export const salespersonReads: Scenario[] = [
  {
    name: "salesperson full customer record",
    requests: (bench) => forCustomers(bench, "/record"),
    limit: (bench) => [{ read: (ctx) => getCustomerFile(ctx, someone(bench)), drawn: drawnPerson(bench) }],
  },
  {
    name: "salesperson leads",
    requests: () => get("/crm/leads?limit=20"),
    limit: () => [{ read: (ctx) => listLeads(ctx, page) }],
  },
  {
    name: "salesperson repeat customers",
    requests: () => get("/crm/customers/repeat?limit=20"),
    limit: () => [{ read: (ctx) => listRepeatCustomers(ctx, page) }],
  },
  {
    name: "salesperson follow-ups",
    requests: () => get("/crm/customers/follow-up?limit=20&daysThreshold=30"),
    limit: () => [{ read: (ctx) => listFollowUps(ctx, { ...page, daysThreshold: 30 }) }],
  },
  {
    name: "salesperson pending actions",
    requests: () => get("/crm/actions/pending?limit=20"),
    limit: () => [{ read: (ctx) => listTasksByDueTime(ctx, { ...page, status: "open" }) }],
  },
  {
    name: "salesperson communications of a customer",
    requests: (bench) => forCustomers(bench, "/communications?limit=20"),
    limit: (bench) => [
      {
        read: (ctx) => listCommunications(ctx, { ...page, contactId: someone(bench) }),
        drawn: drawnPerson(bench),
      },
    ],
  },
];
