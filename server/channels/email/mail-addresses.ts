import { mailTokens } from "../../domain/email/tracking/mail-token.ts";
import type { MailAddresses } from "./mail-body.ts";

/** The addresses of ours that stand in mails, below the installation's public one. */
export function mailAddresses({
  publicUrl,
  encryptionKey,
}: {
  publicUrl: string | undefined;
  encryptionKey: string;
}): MailAddresses {
  if (publicUrl === undefined) return null;
  const links = mailTokens(encryptionKey, "link");
  const exits = mailTokens(encryptionKey, "unsubscribe");
  return {
    link: (companyId, id) => `${publicUrl}/t/${links.write({ companyId, id })}`,
    unsubscribe: (companyId, id) => `${publicUrl}/u/${exits.write({ companyId, id })}`,
  };
}
