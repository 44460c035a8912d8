import { sql } from "kysely";
import type { Queries } from "../../db/connection.ts";
import { prepared } from "../../db/prepared.ts";
import { readEmail } from "./email-address.ts";
import { verifyPassword } from "./password-hash.ts";

/** Whether the admin whom the settings name can sign in with the password they give: otherwise these say something that does not hold. */
export async function isAdminOfSettings(
  db: Pick<Queries, "first">,
  companyId: number,
  admin: { email: string; password: string },
): Promise<boolean> {
  const found = await db.first(adminByEmail({ companyId, email: readEmail(admin.email) }));
  return found !== undefined && (await verifyPassword(found.passwordHash, admin.password));
}

const adminByEmail = prepared<{ companyId: number; email: string }>()(
  (_db, arg) => sql<{ passwordHash: string | null }>`
    select u.password_hash as "passwordHash" from memberships m join users u on u.id = m.user_id
    where m.company_id = ${arg("companyId")}::bigint and m.role = 'admin' and u.email = ${arg("email")}::text and u.disabled_at is null`,
);
