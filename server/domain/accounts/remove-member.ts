import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { Ctx } from "../context.ts";
import { recordEvent } from "../events/record-event.ts";
import { lockMember, requireAnotherAdmin } from "./lock-members.ts";
import { requireRole } from "./permissions.ts";
import { forgetPrincipals } from "./principal-generation.ts";

/** Takes a person out of the company: their records stay and belong to nobody, their sessions and tokens for it end. */
export async function removeMember(ctx: Ctx, userId: number): Promise<void> {
  requireRole(ctx, "admin");
  await ctx.transact(async (tx) => {
    const { role, email } = await lockMember(tx, userId);
    if (role === "admin") await requireAnotherAdmin(tx, userId);
    await tx.tx.run(deleteMember({ companyId: tx.companyId, userId }));
    await recordEvent(tx, { type: "user.removed", subject: { kind: "user", id: userId }, before: { email, role } });
  });
  forgetPrincipals();
}

const deleteMember = prepared<{ companyId: number; userId: number }>()(
  (_db, arg) => sql<never>`
    with one as (select ${arg("companyId")}::bigint as company_id, ${arg("userId")}::bigint as user_id),
      no_sessions as (delete from sessions s using one where s.company_id = one.company_id and s.user_id = one.user_id),
      no_tokens as (delete from refresh_tokens r using one where r.company_id = one.company_id and r.user_id = one.user_id),
      no_links as (delete from sign_in_tokens t using one where t.company_id = one.company_id and t.user_id = one.user_id)
    delete from memberships m using one where m.company_id = one.company_id and m.user_id = one.user_id`,
);
