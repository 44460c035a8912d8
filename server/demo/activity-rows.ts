import type { Stage } from "../../shared/stages.ts";
import { activityIntents } from "../domain/activities/activity-intents.ts";
import { type DemoPerson, day, hour, lastTouch, notAfter } from "./demo-person.ts";
import { type DemoPlan, ownerOf, touch } from "./demo-plan.ts";
import { journalRow } from "./journal.ts";

export type DemoActivity = {
  id: number;
  person: DemoPerson;
  activityType: string;
  title: string;
  description: string;
  minutes: number | null;
  outcome: string;
  at: Date;
};

/** How many a person of each stage has, least and most. */
const counts: Record<Stage, [number, number]> = {
  new: [0, 0],
  contacted: [0, 1],
  nurture: [1, 1],
  qualified: [1, 2],
  sales_qualified: [2, 4],
  opportunity: [3, 4],
  customer: [2, 3],
  lost: [1, 2],
  junk: [0, 0],
};

type Kind = Pick<DemoActivity, "activityType" | "title" | "description" | "outcome"> & {
  minutes: [number, number] | null;
};

const kinds: Kind[] = [
  {
    activityType: "call",
    title: "First call",
    description: "Talked about the team and how they work today.",
    outcome: "positive",
    minutes: [5, 25],
  },
  {
    activityType: "call",
    title: "No answer",
    description: "Left a message, will try again.",
    outcome: "neutral",
    minutes: [1, 2],
  },
  {
    activityType: "email",
    title: "Sent information",
    description: "Overview by e-mail, as asked.",
    outcome: "sent",
    minutes: null,
  },
  {
    activityType: "meeting",
    title: "Visit on site",
    description: "Met the team and saw the front desk.",
    outcome: "positive",
    minutes: [30, 90],
  },
  {
    activityType: "whatsapp",
    title: "Answered on WhatsApp",
    description: "Opening hours and parking.",
    outcome: "neutral",
    minutes: null,
  },
  {
    activityType: "proposal",
    title: "Sent the offer",
    description: "Valid for thirty days.",
    outcome: "sent",
    minutes: null,
  },
  {
    activityType: "meeting",
    title: "Next steps agreed",
    description: "They decide by the end of the month.",
    outcome: "scheduled",
    minutes: [15, 40],
  },
];

/** What happened with people, in the order in which it did; the ids are given afterwards. */
export function inventActivities(plan: DemoPlan, people: DemoPerson[]): Omit<DemoActivity, "id">[] {
  const { random } = plan;
  const activities = people.flatMap((person) => {
    const [least, most] = counts[person.stage];
    return Array.from({ length: random.between(least, most) }, () => inventActivity(plan, person));
  });
  return activities.sort((one, other) => one.at.getTime() - other.at.getTime());
}

function inventActivity({ random, now }: DemoPlan, person: DemoPerson): Omit<DemoActivity, "id"> {
  const { minutes, ...kind } = random.pick(kinds);
  const start = person.createdAt.getTime();
  const end = Math.max(lastTouch(person).getTime() + day, start + 2 * hour);
  const at = notAfter(now, start + ((end - start) * random.between(10, 100)) / 100);
  return { ...kind, person, at, minutes: minutes ? random.between(...minutes) : null };
}

export function addActivity(plan: DemoPlan, activity: DemoActivity): void {
  const { id, person, activityType, title, description, minutes, outcome } = activity;
  const user = ownerOf(plan, person);
  const at = activity.at.toISOString();
  touch(plan, person, activity.at);
  plan.rows.activities.push({
    ...{
      id,
      contact_id: person.id,
      deal_id: plan.deals.get(person.id) ?? null,
      lead_id: plan.leads.get(person.id)?.id ?? null,
    },
    ...{
      activity_type: activityType,
      title,
      description,
      duration_seconds: minutes === null ? null : minutes * 60,
      outcome,
      note_id: null,
    },
    ...{
      intents: activityIntents({ title, description }),
      user_id: user,
      occurred_at: at,
      created_at: at,
      updated_at: at,
    },
  });
  plan.rows.events.push(
    journalRow({
      ...{ type: "activity.logged", at: activity.at, subject: ["activity", id], contactId: person.id, actor: { user } },
      ...{ after: { activityType, title, outcome, durationMinutes: minutes } },
    }),
  );
}

const noteTexts = [
  "Asked about parking for patients.",
  "Very friendly on the phone, decides quickly.",
  "The partner has to agree as well.",
  "Wants everything by WhatsApp, no calls before ten.",
  "Found us through a neighbour.",
];

/** A few words that colleagues left; each is an activity too, with ids that count down from `end`. */
export function addNotes(plan: DemoPlan, people: DemoPerson[], end: number): void {
  const { random } = plan;
  for (const person of people) {
    if (person.stage === "new" || person.stage === "junk" || !random.chance(0.4)) continue;
    const id = plan.take("notes");
    const user = ownerOf(plan, person);
    const body = random.pick(noteTexts);
    const at = lastTouch(person);
    plan.rows.notes.push({
      ...{ id, contact_id: person.id, body, user_id: user, created_at: at.toISOString(), updated_at: at.toISOString() },
    });
    const about = { subject: ["note", id], contactId: person.id, actor: { user } } satisfies Partial<
      Parameters<typeof journalRow>[0]
    >;
    plan.rows.events.push(journalRow({ type: "note.created", at, ...about, after: { body } }));
    plan.rows.activities.push(
      activityOfNote(plan, { id: end - plan.rows.notes.length, noteId: id, person, user, body, at }),
    );
  }
}

type DemoNote = { id: number; noteId: number; person: DemoPerson; user: number; body: string; at: Date };

// Every row of a table names the same columns.
function activityOfNote(plan: DemoPlan, { id, noteId, person, user, body, at }: DemoNote) {
  const [deal_id, lead_id] = [plan.deals.get(person.id) ?? null, plan.leads.get(person.id)?.id ?? null];
  const time = at.toISOString();
  return {
    ...{ id, contact_id: person.id, deal_id, lead_id, activity_type: "note", title: body, description: null },
    ...{
      duration_seconds: null,
      outcome: null,
      note_id: noteId,
      intents: activityIntents({ title: body, description: null }),
    },
    ...{ user_id: user, occurred_at: time, created_at: time, updated_at: time },
  };
}
