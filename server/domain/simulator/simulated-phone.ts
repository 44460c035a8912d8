import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { Ctx, TxCtx } from "../context.ts";
import { notFound } from "../domain-error.ts";
import { simulatedUserId } from "./simulated-user-id.ts";

/** A customer's phone. Without `waId` its owner hides the number. */
export type SimulatedPhone = {
  id: number;
  userId: string;
  waId: string | null;
  username: string | null;
  name: string;
  switchedOff: boolean;
  lastWroteAt: string | null;
  freeEntryUntil: string | null;
  typingUntil: string | null;
};

export type PhoneKeys = { waId?: string | undefined; userId?: string | undefined };

export type PhoneOwner = PhoneKeys & { name: string; username?: string | undefined };

/** The phone's keys as a path names it: a user id, or a number in any spelling. */
export function phoneKeysOf(word: string): PhoneKeys {
  return /^[A-Z]{2}\./.test(word) ? { userId: word } : { waId: word.replace(/\D/g, "") };
}

export function findPhone(ctx: Ctx, keys: PhoneKeys): Promise<SimulatedPhone | undefined> {
  return ctx.db.first(selectPhone({ companyId: ctx.companyId, ...nullable(keys) }));
}

export async function getPhone(ctx: Ctx, keys: PhoneKeys): Promise<SimulatedPhone> {
  const phone = await findPhone(ctx, keys);
  if (!phone) throw notFound("phone");
  return phone;
}

/** The person's phone, locked; made on the first word from or to it. */
export async function lockPhone(tx: TxCtx, owner: PhoneOwner): Promise<SimulatedPhone> {
  const keys = nullable(owner);
  const found = await tx.tx.first(lockFound({ companyId: tx.companyId, ...keys }));
  if (found) return found;
  const userId = owner.userId ?? simulatedUserId(owner.waId ?? owner.name);
  await tx.tx.run(
    insertPhone({
      companyId: tx.companyId,
      userId,
      waId: keys.waId,
      name: owner.name,
      username: owner.username ?? null,
    }),
  );
  const made = await tx.tx.first(lockFound({ companyId: tx.companyId, waId: keys.waId, userId }));
  if (!made) throw notFound("phone");
  return made;
}

/** The customer wrote: the window opens, and what is known of them is brought up to date. */
export async function notePhoneWrote(
  tx: TxCtx,
  id: number,
  wrote: { name: string; username?: string | undefined; at: Date; byAd: boolean },
): Promise<void> {
  const { name, username = null, at, byAd } = wrote;
  await tx.tx.run(updateWrote({ companyId: tx.companyId, id, name, username, at: at.toISOString(), byAd }));
}

export async function switchPhone(ctx: Ctx, keys: PhoneKeys, state: { off: boolean }): Promise<void> {
  await ctx.transact((tx) => tx.tx.run(updateSwitch({ companyId: tx.companyId, ...nullable(keys), off: state.off })));
}

/** A new SIM card: the same person, another number, another user id. */
export async function renumberPhone(tx: TxCtx, id: number, to: { waId: string; userId: string }): Promise<boolean> {
  return (await tx.tx.run(updateNumber({ companyId: tx.companyId, id, ...to }))) > 0;
}

export async function noteTyping(tx: TxCtx, id: number, until: Date | null): Promise<void> {
  await tx.tx.run(updateTyping({ companyId: tx.companyId, id, until: until?.toISOString() ?? null }));
}

function nullable({ waId, userId }: PhoneKeys): { waId: string | null; userId: string | null } {
  return { waId: waId ?? null, userId: userId ?? null };
}

type Keys = { companyId: number; waId: string | null; userId: string | null };

const columns = sql`
  id, user_id as "userId", wa_id as "waId", username, name, switched_off as "switchedOff", last_wrote_at as "lastWroteAt",
  free_entry_until as "freeEntryUntil", typing_until as "typingUntil"`;

const selectPhone = prepared<Keys>()(
  (_db, arg) => sql<SimulatedPhone>`
    select ${columns} from simulator_phones
    where company_id = ${arg("companyId")} and (user_id = ${arg("userId")}::text or wa_id = ${arg("waId")}::text)
    order by (wa_id = ${arg("waId")}::text) is true desc limit 1`,
);

const lockFound = prepared<Keys>()(
  (_db, arg) => sql<SimulatedPhone>`
    select ${columns} from simulator_phones
    where company_id = ${arg("companyId")} and (user_id = ${arg("userId")}::text or wa_id = ${arg("waId")}::text)
    order by (wa_id = ${arg("waId")}::text) is true desc limit 1 for update`,
);

const insertPhone = prepared<Keys & { name: string; username: string | null }>()(
  (_db, arg) => sql<never>`
    insert into simulator_phones (company_id, user_id, wa_id, name, username)
    values (${arg("companyId")}::bigint, ${arg("userId")}::text, ${arg("waId")}::text, ${arg("name")}::text, ${arg("username")}::text)
    on conflict do nothing`,
);

const updateWrote = prepared<{
  companyId: number;
  id: number;
  name: string;
  username: string | null;
  at: string;
  byAd: boolean;
}>()(
  (_db, arg) => sql<never>`
    update simulator_phones set name = ${arg("name")}::text, username = coalesce(${arg("username")}::text, username),
      last_wrote_at = greatest(last_wrote_at, ${arg("at")}::timestamptz),
      free_entry_until = case when ${arg("byAd")}::boolean then ${arg("at")}::timestamptz + interval '72 hours' else free_entry_until end
    where company_id = ${arg("companyId")} and id = ${arg("id")}`,
);

const updateSwitch = prepared<Keys & { off: boolean }>()(
  (_db, arg) => sql<never>`
    update simulator_phones set switched_off = ${arg("off")}::boolean
    where company_id = ${arg("companyId")} and (user_id = ${arg("userId")}::text or wa_id = ${arg("waId")}::text)`,
);

const updateNumber = prepared<{ companyId: number; id: number; waId: string; userId: string }>()(
  (_db, arg) => sql<never>`
    update simulator_phones set wa_id = ${arg("waId")}::text, user_id = ${arg("userId")}::text
    where company_id = ${arg("companyId")} and id = ${arg("id")} and not exists (
      select from simulator_phones o where o.company_id = ${arg("companyId")} and o.id <> ${arg("id")}
        and (o.wa_id = ${arg("waId")}::text or o.user_id = ${arg("userId")}::text))`,
);

const updateTyping = prepared<{ companyId: number; id: number; until: string | null }>()(
  (_db, arg) => sql<never>`
    update simulator_phones set typing_until = ${arg("until")}::timestamptz
    where company_id = ${arg("companyId")} and id = ${arg("id")}`,
);
