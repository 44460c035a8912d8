import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import { DomainError } from "../domain-error.ts";
import { foldEmail } from "./email-address.ts";
import { type Instance, txOfCompany } from "./instance.ts";
import { hashPassword, needsRehash, verifyPassword } from "./password-hash.ts";
import { enterCompany, type SignedIn } from "./signed-in.ts";

export type Credentials = { email: string; password: string; companySlug?: string };

/**
 * Signs in by password: into the company named, otherwise into the one last used. Unknown people, wrong passwords and people
 * without access are answered alike, after the same work.
 */
export async function signIn(instance: Instance, credentials: Credentials): Promise<SignedIn> {
  const email = foldEmail(credentials.email);
  const account = await instance.db.first(accountFor({ email, slug: credentials.companySlug ?? null }));
  const matches = await verifyPassword(account?.passwordHash ?? null, credentials.password);
  if (!matches || !account?.passwordHash || account.companyId === null) throw wrongCredentials();
  const { userId, companyId, passwordHash, tokensValidFrom } = account;
  const newHash = needsRehash(passwordHash) ? await hashPassword(credentials.password) : passwordHash;
  const signedIn = await instance.db.transaction(async (queries) => {
    if (newHash !== passwordHash) await queries.run(replaceHash({ userId, passwordHash, newHash }));
    return enterCompany(txOfCompany(instance, queries, companyId), userId, "password");
  });
  // The state at which the password was right: a change in between must void what is issued now.
  return { ...signedIn, tokensValidFrom };
}

export function wrongCredentials(): DomainError {
  return new DomainError({ kind: "unauthenticated", message: "Invalid e-mail or password" });
}

type Candidate = { userId: number; passwordHash: string | null; tokensValidFrom: string; companyId: number | null };

const accountFor = prepared<{ email: string; slug: string | null }>()(
  (_db, arg) => sql<Candidate>`
    select u.id as "userId", u.password_hash as "passwordHash", u.tokens_valid_from as "tokensValidFrom", (
      select m.company_id from memberships m join companies c on c.id = m.company_id
      where m.user_id = u.id and (${arg("slug")}::text is null or c.slug = ${arg("slug")}::text)
      order by m.last_signed_in_at desc nulls last, m.company_id limit 1
    ) as "companyId"
    from users u where u.email = ${arg("email")} and u.disabled_at is null`,
);

const replaceHash = prepared<{ userId: number; passwordHash: string; newHash: string }>()(
  (_db, arg) => sql<never>`
    update users set password_hash = ${arg("newHash")}
    where id = ${arg("userId")}::bigint and password_hash = ${arg("passwordHash")}`,
);
