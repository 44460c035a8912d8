import { sql } from "kysely";
import { roles } from "../../../shared/roles.ts";
import { prepared } from "../../db/prepared.ts";
import { requireRole } from "../accounts/permissions.ts";
import { forgetPrincipals } from "../accounts/principal-generation.ts";
import type { Ctx, Role, TxCtx } from "../context.ts";
import { DomainError } from "../domain-error.ts";
import { changedFields } from "../events/changed-fields.ts";
import { recordEvent } from "../events/record-event.ts";
import { requireVersion } from "../require-version.ts";
import type { PeopleReach } from "./reach-of-caller.ts";

/** What a role sees. `version` 0: as it always was, nobody changed it. */
export type RoleReach = {
  role: Role;
  people: PeopleReach;
  seesUnowned: boolean;
  phones: "full" | "masked";
  version: number;
};

export async function listRoleReaches(ctx: Ctx): Promise<RoleReach[]> {
  const rows = await ctx.db.all(reachesOf({ companyId: ctx.companyId }));
  return roles.map((role) => rows.find((row) => row.role === role) ?? asAlways(role));
}

export type RoleReachPatch = Partial<Pick<RoleReach, "people" | "seesUnowned" | "phones">>;

/** Narrows or widens what a role sees; its callers notice at once in this process, within five seconds in others. */
export async function changeRoleReach(
  ctx: Ctx,
  role: Role,
  patch: RoleReachPatch,
  options: { ifVersion?: number } = {},
): Promise<RoleReach> {
  requireRole(ctx, "admin");
  const reach = await ctx.transact(async (tx) => {
    const before = await lockReach(tx, role);
    requireVersion("role", before.version, options.ifVersion);
    const after = { ...before, ...patch };
    const change = changedFields(before, after);
    if (!change) return before;
    if (role === "admin")
      throw new DomainError({ kind: "conflict", message: "Admins see everybody and every number." });
    await tx.tx.run(writeReach({ companyId: tx.companyId, ...after, now: tx.now().toISOString() }));
    const subject = { kind: "company", id: tx.companyId } as const;
    await recordEvent(tx, { type: "role.reach_changed", subject, ...change, data: { role } });
    return { ...after, version: before.version + 1 };
  });
  forgetPrincipals();
  return reach;
}

// There may be no row to lock; the company's is always there.
async function lockReach(tx: TxCtx, role: Role): Promise<RoleReach> {
  await tx.tx.first(lockCompany({ companyId: tx.companyId }));
  return (await listRoleReaches(tx)).find((reach) => reach.role === role) ?? asAlways(role);
}

function asAlways(role: Role): RoleReach {
  return { role, people: "all", seesUnowned: false, phones: "full", version: 0 };
}

const reachesOf = prepared<{ companyId: number }>()(
  (_db, arg) => sql<RoleReach>`
    select role, people, sees_unowned as "seesUnowned", phones, version from role_reaches
    where company_id = ${arg("companyId")}::bigint`,
);

const lockCompany = prepared<{ companyId: number }>()(
  (_db, arg) => sql<{ id: number }>`
    select company_id as id from company_settings where company_id = ${arg("companyId")}::bigint for update`,
);

const writeReach = prepared<Omit<RoleReach, "version"> & { companyId: number; now: string }>()(
  (_db, arg) => sql<never>`
    insert into role_reaches (company_id, role, people, sees_unowned, phones, updated_at)
    values (${arg("companyId")}::bigint, ${arg("role")}::text, ${arg("people")}::text, ${arg("seesUnowned")}::boolean,
      ${arg("phones")}::text, ${arg("now")}::timestamptz)
    on conflict (company_id, role) do update set people = excluded.people, sees_unowned = excluded.sees_unowned,
      phones = excluded.phones, version = role_reaches.version + 1, updated_at = excluded.updated_at`,
);
