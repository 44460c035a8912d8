import { sql } from "kysely";
import type { JsonObject } from "../../../shared/json.ts";
import { prepared } from "../../db/prepared.ts";
import type { TxCtx } from "../context.ts";
import { moveSends } from "../sends/move-sends.ts";
import { emptyConversations, joinConversations } from "./join-conversations.ts";

export type MovedConversation = {
  id: number;
  /** The other person's own conversation on that number, which took the messages; null where the whole conversation moved. */
  joinedInto: number | null;
  messageIds: number[];
  /** As both stood before, and the one that took the messages as it stood after. */
  before: JsonObject;
  targetBefore: JsonObject | null;
  targetAfter: JsonObject | null;
};

/**
 * Gives the conversations of one person to another. There is one conversation a person and number: where both have one, the messages
 * move into the other's and the emptied one stays with its person, so that an undo finds it.
 */
export async function moveConversations(tx: TxCtx, people: { from: number; to: number }): Promise<MovedConversation[]> {
  const { companyId } = tx;
  const held = await tx.tx.all(lockOfBoth({ companyId, ...people }));
  const targets = new Map(held.filter(({ contactId }) => contactId === people.to).map((row) => [row.accountId, row]));
  const pairs = held
    .filter(({ contactId }) => contactId === people.from)
    .map((row) => ({ id: row.id, before: row.state, target: targets.get(row.accountId) ?? null }));
  const joined = pairs.flatMap(({ id, target }) => (target ? [{ from: id, into: target.id }] : []));
  const whole = pairs.flatMap(({ id, target }) => (target ? [] : [id]));
  await tx.tx.run(moveWhole({ companyId, contactId: people.to, ids: whole }));
  const messages = await tx.tx.all(moveMessages({ companyId, contactId: people.to, ...targetsOf(pairs) }));
  await joinConversations(tx, joined);
  const after = new Map((await tx.tx.all(lockOfBoth({ companyId, ...people }))).map(({ id, state }) => [id, state]));
  await emptyConversations(
    tx,
    joined.map(({ from }) => from),
  );
  await moveSends(
    tx,
    messages.map(({ id }) => id),
  );
  const byOrigin = Map.groupBy(messages, ({ origin }) => origin);
  return pairs.map(({ id, before, target }) => ({
    id,
    before,
    joinedInto: target?.id ?? null,
    targetBefore: target?.state ?? null,
    targetAfter: (target && after.get(target.id)) ?? null,
    messageIds: (byOrigin.get(id) ?? []).map((message) => message.id),
  }));
}

function targetsOf(pairs: { id: number; target: { id: number } | null }[]) {
  return { origins: pairs.map(({ id }) => id), targets: pairs.map(({ id, target }) => target?.id ?? id) };
}

type Held = { id: number; contactId: number; accountId: number; state: JsonObject };

const lockOfBoth = prepared<{ companyId: number; from: number; to: number }>()(
  (_db, arg) => sql<Held>`
    select id, contact_id as "contactId", channel_account_id as "accountId", to_jsonb(v) as state from conversations v
    where company_id = ${arg("companyId")}::bigint and contact_id in (${arg("from")}::bigint, ${arg("to")}::bigint)
    order by id for update`,
);

const moveWhole = prepared<{ companyId: number; contactId: number; ids: number[] }>()(
  (_db, arg) => sql<never>`
    update conversations set contact_id = ${arg("contactId")}::bigint, version = version + 1
    where company_id = ${arg("companyId")}::bigint and id = any(${arg("ids")}::bigint[])`,
);

const moveMessages = prepared<{ companyId: number; contactId: number; origins: number[]; targets: number[] }>()(
  (_db, arg) => sql<{ id: number; origin: number }>`
    update messages m set contact_id = ${arg("contactId")}::bigint, conversation_id = p.target
    from unnest(${arg("origins")}::bigint[], ${arg("targets")}::bigint[]) as p (origin, target)
    where m.company_id = ${arg("companyId")}::bigint and m.conversation_id = p.origin
    returning m.id, p.origin`,
);
