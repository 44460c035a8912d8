import type { Config } from "../config.ts";
import type { Db } from "../db/connection.ts";
import { createPasswordReset } from "../domain/accounts/create-password-reset.ts";
import { findAccount } from "../domain/accounts/find-account.ts";
import { createCtx } from "../domain/context.ts";
import { DomainError } from "../domain/domain-error.ts";
import { readOptions } from "./read-options.ts";
import { signInAddress } from "./sign-in-address.ts";

type Where = Pick<Config, "publicUrl" | "host" | "port">;

/** `user password-reset`: a link that lets its holder in once and asks them for a new password. */
export async function resetPasswordCommand(db: Db, config: Where, argv: string[]): Promise<void> {
  const { email } = readOptions(argv, ["email"]);
  const account = await findAccount(db, email);
  if (!account || account.companyId === null) {
    throw new DomainError({ kind: "conflict", message: `Nobody has the address ${email}.` });
  }
  const ctx = createCtx({ db, companyId: account.companyId, actor: { kind: "system" } });
  const { token } = await createPasswordReset(ctx, account.userId);
  console.log(`With this link ${email} sets a new password, once and within the hour: ${signInAddress(config, token)}`);
}
