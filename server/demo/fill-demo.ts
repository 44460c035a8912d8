import { sql } from "kysely";
import type { DealStage } from "../../shared/deal-stages.ts";
import { prepared } from "../db/prepared.ts";
import { recountMessages } from "../domain/contacts/refresh-messaged.ts";
import type { TxCtx } from "../domain/context.ts";
import { scoreContacts } from "../domain/scoring/score-contacts.ts";
import { loadWorkingTime } from "../domain/tasks/load-working-time.ts";
import { addActivity, addNotes, inventActivities } from "./activity-rows.ts";
import { addConversation } from "./conversation-rows.ts";
import { addDeal, inventDeals } from "./deal-rows.ts";
import { type DemoPerson, lastTouch } from "./demo-person.ts";
import type { DemoPlan, PipelinePlace } from "./demo-plan.ts";
import { noRows, writeRows } from "./demo-rows.ts";
import { playVisits } from "./demo-visits.ts";
import { inventPeople } from "./invent-people.ts";
import { addLead } from "./lead-rows.ts";
import { addContact, addOrganizations, addTags } from "./people-rows.ts";
import {
  clara,
  john,
  printedActivities,
  printedContactTimes,
  printedDeals,
  printedIds,
  printedTasks,
  sarah,
} from "./printed-records.ts";
import { seededRandom } from "./random.ts";
import { reserveIds } from "./reserved-ids.ts";
import { addTask, inventTasks } from "./task-rows.ts";

/** Fills an empty company with ninety days of work up to now. */
export async function fillDemo(tx: TxCtx, users: DemoPlan["users"]): Promise<void> {
  const plan = await planOf(tx, users);
  const invented = numbered(inventPeople(plan.random, plan.now), john.id);
  const played = [...invented, clara(plan.now)];
  const people = [sarah, john, ...played];
  addOrganizations(plan, people);
  addTags(plan, people);
  for (const [index, person] of people.entries()) addLead(plan, person, index + 1);
  for (const person of people) addConversation(plan, person);
  addWork(plan, played);
  for (const [id, at] of printedContactTimes) plan.contacted.set(id, at);
  for (const person of people) addContact(plan, person);
  plan.rows.events.sort((one, other) => (one.occurred_at < other.occurred_at ? -1 : 1));
  plan.rows.company_counters.push({ name: "lead", last_value: people.length });
  await writeRows(tx.tx, tx.companyId, plan.rows);
  await recountMessages(
    tx,
    people.map(({ id }) => id),
  );
  // Before, so that the tasks of visits have numbers of their own, far below the printed ones.
  await playVisits(tx, plan, played);
  await goOnBehindPrintedIds(tx);
  await scorePeople(tx, people);
}

async function planOf(tx: TxCtx, users: DemoPlan["users"]): Promise<DemoPlan> {
  const stages = await tx.tx.all(selectPlaces({ companyId: tx.companyId }));
  const channel = await tx.tx.first(selectChannel({ companyId: tx.companyId }));
  return {
    ...{ rows: noRows(), take: await reserveIds(tx.tx), random: seededRandom(2_026), now: tx.now(), users },
    working: await loadWorkingTime(tx),
    channelAccountId: channel?.id ?? 0,
    places: new Map(stages.map(({ stage, ...place }) => [stage, place])),
    ...{ organizations: new Map(), leads: new Map(), deals: new Map(), contacted: new Map() },
  };
}

function addWork(plan: DemoPlan, people: DemoPerson[]): void {
  const deals = numbered(inventDeals(plan, people), 67_890);
  for (const deal of [...printedDeals, ...deals]) addDeal(plan, deal);
  const tasks = numbered(inventTasks(plan, people), 11_111);
  for (const task of [...printedTasks, ...tasks]) addTask(plan, task);
  const activities = numbered(inventActivities(plan, people), 22_222);
  for (const activity of [...printedActivities, ...activities]) addActivity(plan, activity);
  addNotes(plan, people, 22_222 - activities.length);
}

/** Counts up to just below the first printed id. */
function numbered<Item>(items: Item[], end: number): (Item & { id: number })[] {
  return items.map((item, index) => ({ ...item, id: end - items.length + index }));
}

/** What is made next gets the ids that the document prints for it. */
async function goOnBehindPrintedIds(tx: TxCtx): Promise<void> {
  for (const [table, id] of Object.entries(printedIds))
    await tx.tx.run(raiseSequence({ sequence: `${table}_id_seq`, id }));
}

/** As the product scores them, each at the time of the last word. */
async function scorePeople(tx: TxCtx, people: DemoPerson[]): Promise<void> {
  for (const person of people) {
    if (person.leadScore === undefined) await scoreContacts({ ...tx, now: () => lastTouch(person) }, [person.id]);
  }
}

const selectPlaces = prepared<{ companyId: number }>()(
  (_db, arg) => sql<PipelinePlace & { stage: DealStage }>`
    select stage, id as "stageId", pipeline_id as "pipelineId", probability from pipeline_stages
    where company_id = ${arg("companyId")}::bigint`,
);

const selectChannel = prepared<{ companyId: number }>()(
  (_db, arg) => sql<{ id: number }>`
    select id from channel_accounts where company_id = ${arg("companyId")}::bigint order by id limit 1`,
);

const raiseSequence = prepared<{ sequence: string; id: number }>()(
  (_db, arg) => sql<never>`
    select setval(${arg("sequence")}::text::regclass,
      greatest(${arg("id")}::bigint, (select coalesce(pg_sequence_last_value(${arg("sequence")}::text::regclass), 0))))`,
);
