import type { Ctx } from "../../server/domain/context.ts";
import type { LoadRequest } from "../load/plan.ts";

/** The filled company as the scenarios see it. */
export type Bench = {
  companyId: number;
  contacts: number;
  firstContactId: number;
  firstConversationId: number;
  phoneNumberId: string;
  /** From here on no number belongs to anybody: a kept folder holds the people of earlier runs. */
  firstNewNumber: number;
  /** WhatsApp numbers of people it was filled with. */
  knownNumbers: string[];
  /** Of the first clinic, what is given there, and the first of the twenty who give it. */
  locationId: number;
  serviceId: number;
  firstProviderId: number;
  appSecret: string;
};

export type Scenario = {
  name: string;
  /** The requests of one round; `round` keeps rounds that create things apart. */
  requests: (bench: Bench, round: number) => LoadRequest[];
  /** Each request only once: what it creates exists afterwards. */
  once?: boolean;
  /** The same reads without HTTP, for pgbench; values that stand in `drawn` are drawn anew for each request. */
  limit?: (bench: Bench) => { read: (ctx: Ctx) => Promise<unknown>; drawn?: Map<unknown, string> }[];
};

/** Numbers spread evenly over a range in a scattered order, the same in each run. */
export function spread(count: number, below: number): number[] {
  return Array.from({ length: count }, (_, index) => Math.floor((((index * 617) % count) * below) / count));
}

/** One of these numbers, drawn by pgbench: it may read no other rows than the requests do, or it measures the disk. */
export function drawn(count: number, below: number): string {
  return `random(0, ${count - 1}) * ${below} / ${count}`;
}
