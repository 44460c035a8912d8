import type { DealStage } from "../../shared/deal-stages.ts";
import type { WorkingTime } from "../domain/tasks/working-time.ts";
import type { DemoPerson } from "./demo-person.ts";
import type { DemoRows } from "./demo-rows.ts";
import type { Random } from "./random.ts";
import type { TakeId } from "./reserved-ids.ts";

export type PipelinePlace = { pipelineId: number; stageId: number; probability: number };

/** What the makers of rows share. */
export type DemoPlan = {
  rows: DemoRows;
  take: TakeId;
  random: Random;
  now: Date;
  working: WorkingTime;
  /** Admin, manager, salesperson. */
  users: [number, number, number];
  channelAccountId: number;
  places: Map<DealStage, PipelinePlace>;
  organizations: Map<string, number>;
  leads: Map<number, { id: number; closedAt: Date | null }>;
  /** The deal that tasks and activities of a person are about. */
  deals: Map<number, number>;
  /** When we last wrote, called or met. */
  contacted: Map<number, Date>;
};

export function ownerOf(plan: DemoPlan, person: DemoPerson): number {
  return plan.users[person.owner];
}

export function organizationOf(plan: DemoPlan, person: DemoPerson): number | null {
  return person.company === null ? null : (plan.organizations.get(person.company) ?? null);
}

export function touch(plan: DemoPlan, person: DemoPerson, at: Date): void {
  const before = plan.contacted.get(person.id);
  if (!before || before < at) plan.contacted.set(person.id, at);
}
