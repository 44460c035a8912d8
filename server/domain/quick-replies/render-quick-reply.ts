import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import { displayName, getUser } from "../accounts/user.ts";
import { getContact } from "../contacts/get-contact.ts";
import { actingUserId, type Ctx } from "../context.ts";
import { getConversation } from "../conversations/list-conversations.ts";
import { type Filled, fillPlaceholders, type PlaceholderValues } from "./fill-placeholders.ts";
import { getQuickReply } from "./quick-reply.ts";
import { countUse } from "./write-quick-reply.ts";

/** The text as this person in this conversation would get it. Asking for it counts as a use. */
export async function renderQuickReply(ctx: Ctx, id: number, conversationId: number): Promise<Filled> {
  return ctx.transact(async (tx) => {
    const { text } = await getQuickReply(tx, id);
    const { contactId } = await getConversation(tx, conversationId);
    const filled = fillPlaceholders(text, await valuesFor(tx, contactId));
    await countUse(tx, id);
    return filled;
  });
}

async function valuesFor(ctx: Ctx, contactId: number): Promise<PlaceholderValues> {
  const person = await getContact(ctx, contactId);
  const userId = actingUserId(ctx);
  const agent = userId === null ? null : await getUser(ctx, userId);
  return {
    name: person.name,
    first_name: person.firstName || (person.name.split(/\s+/)[0] ?? null),
    last_name: person.lastName,
    phone: person.phone,
    email: person.email,
    company: person.company,
    position: person.position,
    agent_name: agent && displayName(agent),
    agent_first_name: agent?.firstName ?? null,
    our_company: (await ctx.db.first(companyName({ companyId: ctx.companyId })))?.name ?? null,
  };
}

const companyName = prepared<{ companyId: number }>()(
  (_db, arg) => sql<{ name: string }>`select name from companies where id = ${arg("companyId")}::bigint`,
);
