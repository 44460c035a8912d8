import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import { memberNameSql } from "../accounts/user.ts";
import { requireContact } from "../contacts/require-contact.ts";
import type { Ctx } from "../context.ts";
import { notFound } from "../domain-error.ts";
import { inReachSql, type ReachArgs, reachArgs } from "../reach/reach.ts";
import type { ContactTag, Tag } from "./tag.ts";

/** All tags by name, with the number of living people who have each. */
export async function listTags(ctx: Ctx): Promise<(Tag & { people: number })[]> {
  return ctx.db.slow.all(allTags({ companyId: ctx.companyId, ...reachArgs(ctx) }));
}

export async function getTag(ctx: Ctx, tagId: number): Promise<Tag> {
  const tag = await ctx.db.first(tagById({ companyId: ctx.companyId, tagId }));
  if (!tag) throw notFound("tag", tagId);
  return tag;
}

/** A person's tags, in the order they were added. */
export async function listContactTags(ctx: Ctx, contactId: number): Promise<ContactTag[]> {
  await requireContact(ctx, contactId);
  return tagsOn(ctx, contactId);
}

/** The same for who has made sure of the person. */
export async function tagsOn(ctx: Ctx, contactId: number): Promise<ContactTag[]> {
  return ctx.db.all(tagsOfContact({ companyId: ctx.companyId, contactId }));
}

const allTags = prepared<{ companyId: number } & ReachArgs>()(
  (_db, arg) => sql<Tag & { people: number }>`
    select t.id, t.name, t.color, t.created_at as "createdAt", coalesce(n.people, 0) as people
    from tags t left join (
      select x.tag_id, count(*) as people from contact_tags x
      join contacts c on c.company_id = x.company_id and c.id = x.contact_id and c.deleted_at is null
        and ${inReachSql(arg, sql`c.owner_user_id`)}
      where x.company_id = ${arg("companyId")}::bigint group by x.tag_id
    ) n on n.tag_id = t.id
    where t.company_id = ${arg("companyId")}::bigint
    order by t.name_key limit 1000`,
);

const tagById = prepared<{ companyId: number; tagId: number }>()(
  (_db, arg) => sql<Tag>`
    select id, name, color, created_at as "createdAt" from tags
    where company_id = ${arg("companyId")}::bigint and id = ${arg("tagId")}::bigint`,
);

const tagsOfContact = prepared<{ companyId: number; contactId: number }>()(
  (_db, arg) => sql<ContactTag>`
    select x.id, x.tag_id as "tagId", t.name, t.color, x.notes, x.added_by as "addedBy",
      ${memberNameSql(sql`u`)} as "addedByName", x.added_at as "addedAt"
    from contact_tags x join tags t on t.company_id = x.company_id and t.id = x.tag_id left join users u on u.id = x.added_by
    where x.company_id = ${arg("companyId")}::bigint and x.contact_id = ${arg("contactId")}::bigint
    order by x.added_at, x.tag_id limit 1000`,
);
