import type { Ctx } from "../context.ts";
import { listEmailAccounts } from "./list-email-accounts.ts";
import { createEmailAccount, type EmailAccountInput, updateEmailAccount } from "./save-email-account.ts";

export type OperatorAccount = Required<Pick<EmailAccountInput, "fromAddress" | "smtp">> &
  Pick<EmailAccountInput, "fromName" | "smtpPassword">;

/** The account of the operator's settings: connected at the first start, and brought up to date where they changed. Nothing else of it is touched. */
export async function ensureEmailAccount(ctx: Ctx, account: OperatorAccount, encryptionKey: string): Promise<void> {
  // Whoever sets the environment may call any server.
  const deps = { encryptionKey, hostFault: () => undefined };
  const known = (await listEmailAccounts(ctx)).find(({ fromAddress }) => fromAddress === account.fromAddress);
  if (known?.smtp) await updateEmailAccount(ctx, known.id, account, deps);
  else await createEmailAccount(ctx, account, deps);
}
