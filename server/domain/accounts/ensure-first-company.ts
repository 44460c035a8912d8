import { sql } from "kysely";
import type { Db } from "../../db/connection.ts";
import { prepared } from "../../db/prepared.ts";
import type { TxCtx } from "../context.ts";
import { addMember, addNewUser, lockAccount } from "./add-member.ts";
import { companyBySlug } from "./company-by-slug.ts";
import { createCompany } from "./create-company.ts";
import { readEmail } from "./email-address.ts";
import { type Instance, txOfCompany } from "./instance.ts";
import { hashPassword } from "./password-hash.ts";
import { checkPasswordLength } from "./password-rules.ts";
import { createSignInLink } from "./sign-in-link.ts";

/** The admin that the settings name. */
export type FirstAdmin = { adminEmail?: string; adminPassword?: string };

export type FirstCompany = {
  companyId: number;
  /** For the link to print; only until an admin of the company has taken possession. */
  signInLinkToken?: string;
};

const slug = "main";
/** Of the placeholder whom the first link signs in; they give themselves a name, address and password. */
const ownerEmail = "owner@rapport.local";

/**
 * Sees to it that there is a company `main` with an admin. Each step looks at what is there, so that a start that broke off
 * half-way is completed by the next, and a setting that is still there changes nothing later.
 */
export async function ensureFirstCompany(db: Db, admin: FirstAdmin, now = () => new Date()): Promise<FirstCompany> {
  const instance: Instance = { db, now };
  const { adminEmail: email, adminPassword: password } = admin;
  return instance.db.transaction(async (queries) => {
    // Two processes that start together on an empty database come one after the other.
    await queries.first(lockFirstStart({}));
    const companyId =
      (await companyBySlug(queries, slug))?.id ?? (await createCompany(instance.db, { slug, name: "Main" })).id;
    const tx = txOfCompany(instance, queries, companyId);
    const first = await queries.first(firstAdmin({ companyId }));
    if (!first && email && password) {
      await addAdmin(tx, { email, password });
      return { companyId };
    }
    if (first?.isClaimed) return { companyId };
    const userId = first?.userId ?? (await addOwner(tx));
    return { companyId, signInLinkToken: await createSignInLink(tx, userId) };
  });
}

/** Makes an admin with a password the operator chose. Whoever has an account already keeps the password they have. */
export async function addAdmin(
  tx: TxCtx,
  admin: { email: string; password: string },
): Promise<{ hadAccount: boolean }> {
  const email = readEmail(admin.email);
  checkPasswordLength(admin.password);
  const account = await lockAccount(tx, email);
  if (account && account.memberships > 0) {
    await addMember(tx, account.id, { email, role: "admin" });
    return { hadAccount: true };
  }
  const passwordHash = await hashPassword(admin.password);
  await addNewUser(tx, { email, role: "admin", firstName: "", lastName: "", passwordHash });
  return { hadAccount: false };
}

async function addOwner(tx: TxCtx): Promise<number> {
  const account = await lockAccount(tx, ownerEmail);
  if (account && account.memberships > 0) {
    await addMember(tx, account.id, { email: ownerEmail, role: "admin" });
    return account.id;
  }
  return addNewUser(tx, { email: ownerEmail, role: "admin", firstName: "Owner", lastName: "", passwordHash: null });
}

const lockFirstStart = prepared<Record<string, never>>()(
  () => sql<{ locked: string }>`select pg_advisory_xact_lock(hashtext('rapport first start'))::text as locked`,
);

// The admin who came first, and whether any admin has a password or has been here.
const firstAdmin = prepared<{ companyId: number }>()(
  (_db, arg) => sql<{ userId: number; isClaimed: boolean }>`
    select m.user_id as "userId",
      bool_or(u.password_hash is not null or m.last_signed_in_at is not null) over () as "isClaimed"
    from memberships m join users u on u.id = m.user_id
    where m.company_id = ${arg("companyId")}::bigint and m.role = 'admin'
    order by m.user_id limit 1`,
);
