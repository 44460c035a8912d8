import { type RawBuilder, sql } from "kysely";
import type { Stage, Temperature } from "../../../shared/stages.ts";

export type ContactFilter = {
  temperature?: Temperature;
  stage?: Stage;
  organizationId?: number;
  tagId?: number;
  ownerUserId?: number;
};

/** The filter that leads an index of its own; the others are checked on the rows it gives. */
export type FilterShape = "all" | "temperature" | "organization" | "tag" | "owner";

export type FilterArgs = {
  companyId: number;
  temperature: Temperature | null;
  stage: Stage | null;
  organizationId: number | null;
  tagId: number | null;
  ownerUserId: number | null;
};

type FilterArgument = <Key extends keyof FilterArgs>(key: Key) => FilterArgs[Key];

export function shapeOf(filter: ContactFilter): FilterShape {
  if (filter.organizationId !== undefined) return "organization";
  if (filter.tagId !== undefined) return "tag";
  if (filter.ownerUserId !== undefined) return "owner";
  return filter.temperature === undefined && filter.stage === undefined ? "all" : "temperature";
}

export function filterArgs(companyId: number, filter: ContactFilter): FilterArgs {
  const { stage = null, organizationId = null, tagId = null, ownerUserId = null } = filter;
  // A stage has no index, but the word it belongs to has.
  const temperature = filter.temperature ?? (stage === null ? null : temperatureOf[stage]);
  return { companyId, temperature, stage, organizationId, tagId, ownerUserId };
}

export function filterSql(shape: FilterShape, arg: FilterArgument): RawBuilder<unknown> {
  const hard = hardFilters[shape];
  return sql`c.company_id = ${arg("companyId")}::bigint and c.deleted_at is null ${hard(arg)}
    and (${arg("temperature")}::text is null or c.temperature = ${arg("temperature")}::text)
    and (${arg("stage")}::text is null or c.stage = ${arg("stage")}::text)
    and (${arg("organizationId")}::bigint is null or c.organization_id = ${arg("organizationId")}::bigint)
    and (${arg("ownerUserId")}::bigint is null or c.owner_user_id = ${arg("ownerUserId")}::bigint)
    and (${arg("tagId")}::bigint is null or exists (select from contact_tags t
      where t.company_id = c.company_id and t.contact_id = c.id and t.tag_id = ${arg("tagId")}::bigint))`;
}

const hardFilters: Record<FilterShape, (arg: FilterArgument) => RawBuilder<unknown>> = {
  all: () => sql``,
  temperature: (arg) => sql`and c.temperature = ${arg("temperature")}::text`,
  organization: (arg) => sql`and c.organization_id = ${arg("organizationId")}::bigint`,
  owner: (arg) => sql`and c.owner_user_id = ${arg("ownerUserId")}::bigint`,
  tag: (arg) => sql`and c.id in (select contact_id from contact_tags
    where company_id = ${arg("companyId")}::bigint and tag_id = ${arg("tagId")}::bigint)`,
};

/** The same as the generated column contacts.temperature. */
export const temperatureOf: Record<Stage, Temperature> = {
  new: "new",
  contacted: "new",
  nurture: "cold",
  qualified: "qualified",
  sales_qualified: "hot",
  opportunity: "hot",
  customer: "customer",
  lost: "cold",
  junk: "cold",
};
