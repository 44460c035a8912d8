import type { Stage } from "../../shared/stages.ts";
import { followUpDue } from "../domain/intake/create-follow-ups.ts";
import { afterWork } from "../domain/tasks/working-time.ts";
import { type DemoPerson, day, fullName, hour, lastTouch, notAfter } from "./demo-person.ts";
import { type DemoPlan, ownerOf } from "./demo-plan.ts";
import { journalRow } from "./journal.ts";

export type DemoTask = {
  id: number;
  person: DemoPerson;
  title: string;
  description: string;
  taskType: string;
  priority: string;
  dueAt: Date;
  completedAt: Date | null;
  createdAt: Date;
  /** The follow-up that a new lead gets by itself. */
  ofIntake?: true;
};

/** Which share of the people of a stage has something done, and something still to do. */
const shares: Record<Stage, { done: number; open: number }> = {
  new: { done: 0, open: 0 },
  contacted: { done: 0.2, open: 0.5 },
  nurture: { done: 0.3, open: 0 },
  qualified: { done: 0.5, open: 0.5 },
  sales_qualified: { done: 0.7, open: 0.6 },
  opportunity: { done: 0.9, open: 0.6 },
  customer: { done: 0.6, open: 0 },
  lost: { done: 0.4, open: 0 },
  junk: { done: 0, open: 0 },
};

const kinds = [
  { taskType: "follow_up", title: "Follow up with", description: "Ask whether there are open questions." },
  { taskType: "document", title: "Send the offer to", description: "With the price list and the terms." },
  { taskType: "demo", title: "Prepare the demo for", description: "Show reminders and the follow-up list." },
  { taskType: "meeting", title: "Arrange a meeting with", description: "Half an hour, by phone or on site." },
  { taskType: "proposal", title: "Write the proposal for", description: "As discussed on WhatsApp." },
  { taskType: "support", title: "Answer the question of", description: "See the conversation." },
];

/** What was done, what is to do, and what should have been done; in the order of its making, the ids are given afterwards. */
export function inventTasks(plan: DemoPlan, people: DemoPerson[]): Omit<DemoTask, "id">[] {
  const { random } = plan;
  const tasks = people.flatMap((person) => {
    const { done, open } = shares[person.stage];
    return [
      ...(random.chance(done) ? [inventTask(plan, person, "done")] : []),
      ...(random.chance(open) ? [inventTask(plan, person, random.chance(0.38) ? "overdue" : "pending")] : []),
    ];
  });
  const followUps = people.filter(({ stage }) => stage === "new").map((person, place) => followUp(plan, person, place));
  return [...tasks, ...followUps].sort((one, other) => one.createdAt.getTime() - other.createdAt.getTime());
}

function inventTask(plan: DemoPlan, person: DemoPerson, state: "done" | "overdue" | "pending"): Omit<DemoTask, "id"> {
  const { random, now } = plan;
  const kind = random.pick(kinds);
  const createdAt = new Date((person.createdAt.getTime() + notAfter(now, lastTouch(person).getTime()).getTime()) / 2);
  const dueAt = dueTime(plan, createdAt, state);
  return {
    ...{ person, createdAt, dueAt, taskType: kind.taskType, description: kind.description },
    title: `${kind.title} ${fullName(person)}`,
    priority: random.pick(["urgent", "high", "high", "medium", "medium", "medium", "low"]),
    completedAt:
      state === "done"
        ? notAfter(now, Math.max(createdAt.getTime() + hour, dueAt.getTime() - random.between(0, 20) * hour))
        : null,
  };
}

const rest = 2 * day;

/** What the product makes for each new lead. Of those that lie there for days, some were done, some forgotten and some put off. */
function followUp({ now, working }: DemoPlan, person: DemoPerson, place: number): Omit<DemoTask, "id"> {
  const createdAt = person.messages[0]?.at ?? person.createdAt;
  const priority = place % 4 === 1 ? "high" : "medium";
  const due = followUpDue(createdAt, priority, working);
  const isOld = createdAt.getTime() < now.getTime() - rest;
  const isDone = isOld && place % 3 === 0;
  const isPutOff = isOld && place % 3 === 1;
  return {
    ...{ person, createdAt, priority, taskType: "follow_up", ofIntake: true },
    title: `Follow up with ${fullName(person)}`,
    description: person.messages.length === 0 ? "New lead." : "Wrote on WhatsApp for the first time.",
    dueAt: isPutOff ? afterWork(now, ((place % 10) + 1) * 4 * 60, working) : due,
    completedAt: isDone ? notAfter(now, Math.max(createdAt.getTime() + hour, due.getTime() - hour)) : null,
  };
}

function dueTime({ random, now }: DemoPlan, createdAt: Date, state: "done" | "overdue" | "pending"): Date {
  const onTheHour = (time: number) => new Date(Math.floor(time / hour) * hour);
  switch (state) {
    case "done":
      return onTheHour(createdAt.getTime() + random.between(1, 4) * day);
    case "overdue":
      return onTheHour(Math.max(createdAt.getTime() + hour, now.getTime() - random.between(2, 200) * hour));
    case "pending":
      return onTheHour(now.getTime() + random.between(3, 14 * 24) * hour);
  }
}

export function addTask(plan: DemoPlan, task: DemoTask): void {
  const { id, person, title, taskType, priority, dueAt, completedAt, createdAt, ofIntake } = task;
  const leadId = plan.leads.get(person.id)?.id ?? null;
  const user = ownerOf(plan, person);
  const status = completedAt ? "done" : "todo";
  const due = dueAt.toISOString();
  plan.rows.tasks.push({
    ...{
      id,
      contact_id: person.id,
      deal_id: plan.deals.get(person.id) ?? null,
      lead_id: leadId,
      origin_key: ofIntake ? `intake:lead:${leadId}` : null,
    },
    ...{
      title,
      description: task.description,
      task_type: taskType,
      priority,
      status,
      due_at: due,
      assignee_user_id: user,
    },
    ...{ completed_at: completedAt?.toISOString() ?? null, created_by: user, created_at: createdAt.toISOString() },
    // Announced already, so that the first start does not remind of everything at once.
    ...{ reminded_at: dueAt < plan.now ? due : null, updated_at: (completedAt ?? createdAt).toISOString() },
  });
  const about = { subject: ["task", id], contactId: person.id, actor: { user } } satisfies Partial<
    Parameters<typeof journalRow>[0]
  >;
  const after = { title, taskType, priority, status: "todo", dueAt: due };
  plan.rows.events.push(journalRow({ type: "task.created", at: createdAt, ...about, after }));
  if (!completedAt) return;
  const change = { before: { status: "todo" }, after: { status: "done" }, data: { title } };
  plan.rows.events.push(journalRow({ type: "task.completed", at: completedAt, ...about, ...change }));
}
