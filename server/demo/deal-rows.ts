import type { DealStage } from "../../shared/deal-stages.ts";
import { isClosed } from "../domain/deals/deal-stage.ts";
import { type DemoPerson, day } from "./demo-person.ts";
import { type DemoPlan, organizationOf, ownerOf } from "./demo-plan.ts";
import { journalRow } from "./journal.ts";
import { dealTime } from "./lead-rows.ts";

export type DemoDeal = {
  id: number;
  person: DemoPerson;
  stage: DealStage;
  title: string;
  description: string;
  value: number;
  probability: number;
  expectedCloseOn: string;
  createdAt: Date;
  closedAt: Date | null;
};

const titles = {
  clinic: ["Dental implant, two teeth", "Aligner treatment", "Family check-up plan", "Whitening and cleaning package"],
  software: [
    "Clinic software, yearly licence",
    "Appointments and reminders",
    "Front desk package",
    "Patient list import and training",
  ],
};

/** A deal for most who got far enough, in the order of their making; the ids are given afterwards. */
export function inventDeals(plan: DemoPlan, people: DemoPerson[]): Omit<DemoDeal, "id">[] {
  const deals = people.flatMap((person, place) => {
    const stage = dealStage(plan, person, place);
    return stage === undefined ? [] : [inventDeal(plan, person, stage)];
  });
  return deals.sort((one, other) => one.createdAt.getTime() - other.createdAt.getTime());
}

function dealStage({ random }: DemoPlan, { stage }: DemoPerson, place: number): DealStage | undefined {
  switch (stage) {
    case "opportunity":
      return place % 2 === 0 ? "proposal" : "negotiation";
    case "sales_qualified":
      return random.chance(0.75) ? random.pick(["qualification", "proposal"] as const) : undefined;
    case "qualified":
      return random.chance(0.25) ? random.pick(["prospecting", "prospecting", "qualification"] as const) : undefined;
    case "customer":
      return random.chance(0.7) ? "closed_won" : undefined;
    case "lost":
      return random.chance(0.75) ? "closed_lost" : undefined;
    case "new":
    case "contacted":
    case "nurture":
    case "junk":
      return undefined;
  }
}

function inventDeal(plan: DemoPlan, person: DemoPerson, stage: DealStage): Omit<DemoDeal, "id"> {
  const { random, now } = plan;
  const createdAt = dealTime(plan, person);
  const closedAt = isClosed(stage) ? (plan.leads.get(person.id)?.closedAt ?? null) : null;
  const expected = closedAt ?? new Date(now.getTime() + random.between(-6, 45) * day);
  return {
    ...{ person, stage, createdAt, closedAt, title: random.pick(titles[person.kind]) },
    description: "As agreed in the conversation; details are in the notes.",
    value: dealValue(plan, person),
    probability: plan.places.get(stage)?.probability ?? 0,
    expectedCloseOn: expected.toISOString().slice(0, 10),
  };
}

function dealValue({ random }: DemoPlan, { kind, currency }: DemoPerson): number {
  const base = kind === "clinic" ? random.between(6, 48) * 50 : random.between(12, 120) * 100;
  const rates: Record<string, number> = { INR: 40, BRL: 3 };
  return base * (rates[currency] ?? 1);
}

export function addDeal(plan: DemoPlan, deal: DemoDeal): void {
  const { id, person, stage, title, value, createdAt, closedAt } = deal;
  const place = plan.places.get(stage);
  const user = ownerOf(plan, person);
  const at = createdAt.toISOString();
  plan.deals.set(person.id, id);
  plan.rows.deals.push({
    ...{
      id,
      contact_id: person.id,
      organization_id: organizationOf(plan, person),
      lead_id: plan.leads.get(person.id)?.id ?? null,
    },
    ...{
      pipeline_id: place?.pipelineId ?? null,
      stage_id: place?.stageId ?? null,
      stage,
      title,
      description: deal.description,
    },
    ...{ value, currency: person.currency, probability: deal.probability, expected_close_on: deal.expectedCloseOn },
    ...{ owner_user_id: user, custom: {}, lost_reason: stage === "closed_lost" ? "Chose another offer" : null },
    ...{ closed_at: closedAt?.toISOString() ?? null, created_at: at, updated_at: closedAt?.toISOString() ?? at },
  });
  const about = { subject: ["deal", id], contactId: person.id, actor: { user } } satisfies Partial<
    Parameters<typeof journalRow>[0]
  >;
  const after = { title, value: String(value), currency: person.currency, stage: closedAt ? "prospecting" : stage };
  plan.rows.events.push(journalRow({ type: "deal.created", at: createdAt, ...about, after }));
  if (!closedAt) return;
  const data = { value: String(value), currency: person.currency };
  plan.rows.events.push(
    journalRow({ type: stage === "closed_won" ? "deal.won" : "deal.lost", at: closedAt, ...about, data }),
  );
}
