import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { Ctx, Role } from "../context.ts";
import { recordEvent } from "../events/record-event.ts";
import { lockMember, requireAnotherAdmin } from "./lock-members.ts";
import { requireRole } from "./permissions.ts";
import { forgetPrincipals } from "./principal-generation.ts";
import { getUser, type User } from "./user.ts";

export async function changeRole(ctx: Ctx, userId: number, role: Role): Promise<User> {
  requireRole(ctx, "admin");
  const user = await ctx.transact(async (tx) => {
    const member = await lockMember(tx, userId);
    if (member.role !== role) {
      if (member.role === "admin") await requireAnotherAdmin(tx, userId);
      await tx.tx.run(writeRole({ companyId: tx.companyId, userId, role }));
      const subject = { kind: "user", id: userId } as const;
      await recordEvent(tx, { type: "user.role_changed", subject, before: { role: member.role }, after: { role } });
    }
    return getUser(tx, userId);
  });
  forgetPrincipals();
  return user;
}

const writeRole = prepared<{ companyId: number; userId: number; role: Role }>()(
  (_db, arg) => sql<never>`
    update memberships set role = ${arg("role")}
    where company_id = ${arg("companyId")}::bigint and user_id = ${arg("userId")}::bigint`,
);
