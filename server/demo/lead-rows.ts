import { closedStages, type Stage } from "../../shared/stages.ts";
import { leadCode } from "../domain/leads/lead.ts";
import { type DemoPerson, day, hour, lastTouch, notAfter } from "./demo-person.ts";
import { type DemoPlan, organizationOf, ownerOf } from "./demo-plan.ts";
import { journalRow } from "./journal.ts";

/** The way through the funnel that leads to a stage. */
const paths: Record<Stage, Stage[]> = {
  new: [],
  contacted: ["contacted"],
  nurture: ["contacted", "nurture"],
  qualified: ["contacted", "qualified"],
  sales_qualified: ["contacted", "qualified", "sales_qualified"],
  opportunity: ["contacted", "qualified", "sales_qualified", "opportunity"],
  customer: ["contacted", "qualified", "opportunity", "customer"],
  lost: ["contacted", "qualified", "lost"],
  junk: ["junk"],
};

/** One lead a person, with its way through the stages. */
export function addLead(plan: DemoPlan, person: DemoPerson, number: number): void {
  const id = plan.take("leads");
  const steps = stepsOf(plan, person);
  const last = steps.at(-1)?.at ?? person.createdAt;
  const closedAt = closedStages.includes(person.stage) ? last : null;
  plan.leads.set(person.id, { id, closedAt });
  plan.rows.leads.push({
    ...{
      id,
      number,
      contact_id: person.id,
      organization_id: organizationOf(plan, person),
      owner_user_id: ownerOf(plan, person),
    },
    ...{ stage: person.stage, source: person.source, custom: {}, created_at: person.createdAt.toISOString() },
    ...{ updated_at: last.toISOString(), closed_at: closedAt?.toISOString() ?? null },
  });
  plan.rows.events.push(
    journalRow({
      ...{ type: "lead.created", at: person.createdAt, subject: ["lead", id], contactId: person.id, actor: "system" },
      ...{ after: { stage: "new", source: person.source }, data: { lead: leadCode(number) } },
    }),
  );
  addSteps(plan, person, id, steps);
}

type Step = { from: Stage | null; to: Stage; at: Date };

function stepsOf({ random, now }: DemoPlan, person: DemoPerson): Step[] {
  const start = person.createdAt.getTime();
  const pause = closedStages.includes(person.stage) ? random.between(20, 70) * hour : 0;
  const end = notAfter(now, Math.max(lastTouch(person).getTime(), start + hour) + pause).getTime();
  const path = paths[person.stage];
  return path.map((to, index) => {
    const at = new Date(start + ((end - start) * (index + 1)) / path.length);
    return { from: path[index - 1] ?? "new", to, at };
  });
}

function addSteps(plan: DemoPlan, person: DemoPerson, leadId: number, steps: Step[]): void {
  const user = ownerOf(plan, person);
  const first: Step = { from: null, to: "new", at: person.createdAt };
  for (const { from, to, at } of [first, ...steps]) {
    plan.rows.lead_stage_changes.push({
      ...{ lead_id: leadId, from_stage: from, to_stage: to, reason: null },
      ...{ changed_by: from === null ? null : user, changed_at: at.toISOString() },
    });
    if (from === null) continue;
    plan.rows.events.push(
      journalRow({
        ...{ type: "lead.stage_changed", at, subject: ["lead", leadId], contactId: person.id, actor: { user } },
        ...{ before: { stage: from }, after: { stage: to } },
      }),
    );
  }
}

/** When somebody became worth a deal: a day or three after they came. */
export function dealTime({ random, now, leads }: DemoPlan, person: DemoPerson): Date {
  const closed = leads.get(person.id)?.closedAt?.getTime() ?? now.getTime();
  return notAfter(now, Math.min(closed - hour, person.createdAt.getTime() + random.between(20, 80) * hour + day / 24));
}
