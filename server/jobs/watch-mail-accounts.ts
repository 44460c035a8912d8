import { type TestDeps, testEmailAccount } from "../channels/email/test-email-account.ts";
import type { Db } from "../db/connection.ts";
import { createCtx } from "../domain/context.ts";
import { troubledAccounts } from "../domain/email/troubled-accounts.ts";

/** Asks the mail servers that would not let an account send; where one does again, what waits goes out. */
export async function watchMailAccounts(db: Db, deps: TestDeps): Promise<void> {
  for (const { companyId, id } of await troubledAccounts(db)) {
    await testEmailAccount(createCtx({ db, companyId, actor: { kind: "system" } }), id, deps);
  }
}
