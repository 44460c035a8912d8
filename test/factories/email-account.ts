import { createEmailSender, type EmailSenderOptions } from "../../server/channels/email/email-sender.ts";
import type { Db } from "../../server/db/connection.ts";
import { createContact } from "../../server/domain/contacts/create-contact.ts";
import type { Ctx } from "../../server/domain/context.ts";
import type { EmailAccount } from "../../server/domain/email/email-account.ts";
import { createEmailAccount, type EmailAccountInput } from "../../server/domain/email/save-email-account.ts";
import type { ChannelSender } from "../../server/domain/sends/channel-sender.ts";

export const emailTestKey = Buffer.alloc(32, 9).toString("base64url");

/** A mailbox that sends by a server on loopback. */
export function connectMailbox(ctx: Ctx, port: number, input: EmailAccountInput = {}): Promise<EmailAccount> {
  const smtp = { host: "127.0.0.1", port, secure: false, user: null };
  return createEmailAccount(
    ctx,
    { fromAddress: "desk@clinic.example", fromName: "The desk", smtp, ...input },
    { encryptionKey: emailTestKey, hostFault: () => undefined },
  );
}

/** The sender of the tests: loopback is allowed, and nobody waits long. */
export function mailSender(db: Db, options: Partial<EmailSenderOptions> = {}): ChannelSender & { close: () => void } {
  return createEmailSender({
    db,
    encryptionKey: emailTestKey,
    addresses: null,
    policy: { allowPrivate: true },
    readFiles: async () => [],
    times: { connectMs: 2_000, greetingMs: 2_000, idleMs: 2_000, wholeMs: 5_000 },
    ...options,
  });
}

let serial = 0;

export async function personWithMail(ctx: Ctx, email?: string) {
  serial += 1;
  const address = email ?? `ana${serial}@people.example`;
  const person = await createContact(ctx, { name: `Ana ${serial}`, email: address });
  return { id: person.id, address };
}
