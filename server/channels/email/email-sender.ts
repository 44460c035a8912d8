import { openSecret, SealError } from "../../domain/accounts/seal-secret.ts";
import { mayBeReadLater } from "../../domain/attachments/attachment-files.ts";
import type { CtxOptions } from "../../domain/context.ts";
import { type StoredEmailAccount, sealContext } from "../../domain/email/email-account.ts";
import { type MailToSend, mailToSend } from "../../domain/email/mail-to-send.ts";
import type { ChannelSender, SendOutcome } from "../../domain/sends/channel-sender.ts";
import { type BuiltMail, buildMail, type MailFile } from "./build-mail.ts";
import type { SocketPolicy } from "./connect-socket.ts";
import type { MailAddresses } from "./mail-body.ts";
import { outcomeOf, refused } from "./smtp-outcome.ts";
import { type SmtpPool, smtpPool } from "./smtp-pool.ts";
import { type SessionEnd, SessionRefused, type SmtpServer, type SmtpTimes } from "./smtp-session.ts";

export type EmailSenderOptions = {
  db: CtxOptions["db"];
  encryptionKey: string;
  addresses: MailAddresses;
  policy: SocketPolicy;
  /** The files of a mail, whole; throws in words where one is not there. */
  readFiles: (companyId: number, attachmentIds: number[]) => Promise<MailFile[]>;
  times?: SmtpTimes;
};

export type EmailSender = ChannelSender & { close: () => void };

/** Sends mails by SMTP. A mail is the same at each attempt; whatever the server does not answer is never sent again by itself. */
export function createEmailSender(options: EmailSenderOptions): EmailSender {
  const { db, policy, times } = options;
  const pool = smtpPool({ policy, ...(times === undefined ? {} : { times }) });
  return {
    mostCallsOfAccount: 4,
    async send({ account, callbackId }) {
      const mail = await mailToSend(db, { companyId: account.companyId, callbackId });
      if (!mail) return ours("never", "The mail is not there any more.");
      const server = serverOf(mail.account, options.encryptionKey);
      if ("kind" in server) return server;
      const built = await build(mail, options);
      if ("kind" in built) return built;
      return deliver(pool, server, built, mail);
    },
    async markRead() {
      return { kind: "done" };
    },
    close: () => pool.close(),
  };
}

async function build(mail: MailToSend, options: EmailSenderOptions): Promise<BuiltMail | SendOutcome> {
  const { addresses, encryptionKey, readFiles } = options;
  try {
    const dkimKey = opened(mail.account, "dkim", mail.account.dkimKeySealed, encryptionKey);
    const files = await readFiles(mail.companyId, mail.attachmentIds);
    return await buildMail(mail, { addresses, files, dkimKey });
  } catch (error) {
    if (mayBeReadLater(error))
      return ours("retry_backoff", `A file of this mail cannot be fetched just now: ${messageOf(error)}`);
    // Before anybody was called: a file that is gone, a key that does not sign.
    return ours("never", `The mail could not be put together: ${messageOf(error)}`);
  }
}

async function deliver(
  pool: SmtpPool,
  server: SmtpServer,
  built: BuiltMail,
  mail: Pick<MailToSend, "internetMessageId" | "leftOut">,
): Promise<SendOutcome> {
  try {
    for (;;) {
      const { end, isReused } = await pool.use(server, async (session, isReused) => ({
        end: await sendByEither(session.send, built),
        isReused,
      }));
      // A kept connection that had ended meanwhile says nothing of the mail; a fresh one is asked.
      if (end.kind === "silent" && !end.bodyWasSent && isReused) continue;
      return outcomeOf(end, mail);
    }
  } catch (error) {
    if (error instanceof SessionRefused) return refused(error.refusal);
    return { kind: "not_sent", why: messageOf(error) };
  }
}

type Send = (mail: { from: string; recipients: string[]; raw: Buffer }) => Promise<SessionEnd>;

/** Some servers take only the mailbox itself as sender: refused at MAIL FROM, nothing of the mail was said yet. */
async function sendByEither(send: Send, { raw, recipients, envelopeFrom, plainFrom }: BuiltMail): Promise<SessionEnd> {
  const end = await send({ from: envelopeFrom, recipients, raw });
  const isRefusedName = end.kind === "refused" && end.refusal.stage === "MAIL FROM" && (end.refusal.code ?? 0) >= 500;
  return isRefusedName && plainFrom !== envelopeFrom ? send({ from: plainFrom, recipients, raw }) : end;
}

/** Where to and as whom; or why this account cannot send. */
export function serverOf(account: StoredEmailAccount, encryptionKey: string): SmtpServer | SendOutcome {
  const { smtp, smtpPasswordSealed } = account;
  if (smtp === null) return ours("account_setup", "The e-mail account has no mail server to send by.");
  try {
    return { ...smtp, password: opened(account, "smtp", smtpPasswordSealed, encryptionKey) };
  } catch (error) {
    if (!(error instanceof SealError)) throw error;
    return ours("account_auth", "The mail server's password was stored with another key. Enter it again.");
  }
}

function opened(
  { companyId, id }: StoredEmailAccount,
  what: "smtp" | "dkim",
  sealed: string | null,
  encryptionKey: string,
): string | null {
  return sealed === null ? null : openSecret(encryptionKey, sealed, sealContext(companyId, id, what));
}

function ours(errorClass: "never" | "retry_backoff" | "account_setup" | "account_auth", details: string): SendOutcome {
  return { kind: "refused", error: { class: errorClass, code: null, title: details, details, isOurs: true } };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
