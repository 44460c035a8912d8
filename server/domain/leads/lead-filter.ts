import { type RawBuilder, sql } from "kysely";
import type { Stage } from "../../../shared/stages.ts";
import { inReachSql, type Reach, type ReachArgs, reachArgs } from "../reach/reach.ts";

export type LeadFilter = {
  stage?: Stage;
  /** Any of these; a surface's word may mean several. */
  stages?: readonly Stage[];
  contactId?: number;
  ownerUserId?: number;
  /** An owner who is no member. */
  ownerName?: string;
  source?: string;
};

export type LeadFilterArgs = ReachArgs & {
  companyId: number;
  stages: string[] | null;
  contactId: number | null;
  ownerUserId: number | null;
  ownerName: string | null;
  source: string | null;
};

/** The filter that leads an index of its own; the others are checked on the rows it gives. */
export type LeadShape = "all" | "contact" | "owner" | "ownerName" | "source" | "stages";

export function leadShapeOf(filter: LeadFilter): LeadShape {
  if (filter.contactId !== undefined) return "contact";
  if (filter.ownerUserId !== undefined) return "owner";
  if (filter.ownerName !== undefined) return "ownerName";
  if (filter.source !== undefined) return "source";
  return filter.stage === undefined && filter.stages === undefined ? "all" : "stages";
}

export function leadFilterArgs(ctx: { companyId: number; reach: Reach }, filter: LeadFilter): LeadFilterArgs {
  const { stage, contactId = null, ownerUserId = null, ownerName = null, source = null } = filter;
  const stages = filter.stages ?? (stage === undefined ? undefined : [stage]);
  return {
    companyId: ctx.companyId,
    stages: stages === undefined ? null : [...stages],
    ...{ contactId, ownerUserId, ownerName, source },
    ...reachArgs(ctx),
  };
}

type Argument = <Key extends keyof LeadFilterArgs>(key: Key) => LeadFilterArgs[Key];

/** What each shape's index begins with, after the company. */
export const leadRangeSql = {
  contact: (arg: Argument) => sql`l.contact_id = ${arg("contactId")}::bigint`,
  owner: (arg: Argument) => sql`l.owner_user_id = ${arg("ownerUserId")}::bigint`,
  ownerName: (arg: Argument) => sql`l.owner_name = ${arg("ownerName")}::text`,
  source: (arg: Argument) => sql`l.source = ${arg("source")}::text`,
};

/** All of them on the leads `l` and their people `c`. */
export function leadFilterSql(arg: Argument): RawBuilder<unknown> {
  return sql`l.company_id = ${arg("companyId")}::bigint and l.deleted_at is null and c.deleted_at is null
    and (${arg("stages")}::text[] is null or l.stage = any(${arg("stages")}::text[]))
    and (${arg("contactId")}::bigint is null or l.contact_id = ${arg("contactId")}::bigint)
    and (${arg("ownerUserId")}::bigint is null or l.owner_user_id = ${arg("ownerUserId")}::bigint)
    and (${arg("ownerName")}::text is null or l.owner_name = ${arg("ownerName")}::text)
    and (${arg("source")}::text is null or l.source = ${arg("source")}::text)
    and ${inReachSql(arg, sql`c.owner_user_id`)}`;
}
