import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import { DomainError } from "../domain-error.ts";
import { recordEvent } from "../events/record-event.ts";
import { type Instance, txOfCompany } from "./instance.ts";
import { hashPassword } from "./password-hash.ts";
import { checkPassword } from "./password-rules.ts";
import { forgetPrincipals } from "./principal-generation.ts";
import { hashToken } from "./secret-token.ts";
import { spendLink } from "./sign-in-link.ts";
import { writePassword } from "./write-password.ts";

/** Sets a new password by the token an admin handed over. A password that is refused does not spend the token. */
export async function resetPassword(instance: Instance, input: { token: string; newPassword: string }): Promise<void> {
  const { token, newPassword } = input;
  const known = await instance.db.first(resetFor({ tokenHash: hashToken(token), now: instance.now().toISOString() }));
  if (!known) throw new DomainError({ kind: "unauthenticated", message: "This link was used already or is too old." });
  checkPassword(newPassword, known.email, "newPassword");
  const passwordHash = await hashPassword(newPassword);
  await instance.db.transaction(async (queries) => {
    const { userId, companyId } = await spendLink(instance, queries, token, "password_reset");
    await writePassword(queries, { userId, passwordHash, now: instance.now().toISOString(), keepSession: null });
    const tx = txOfCompany(instance, queries, companyId);
    await recordEvent(tx, { type: "user.password_reset", subject: { kind: "user", id: userId } });
  });
  forgetPrincipals();
}

const resetFor = prepared<{ tokenHash: Buffer; now: string }>()(
  (_db, arg) => sql<{ email: string }>`
    select u.email from sign_in_tokens t join users u on u.id = t.user_id
    where t.token_hash = ${arg("tokenHash")} and t.purpose = 'password_reset' and t.used_at is null
      and t.expires_at > ${arg("now")}::timestamptz`,
);
