import type { CtxOptions } from "../../domain/context.ts";
import type { StoredEmailAccount } from "../../domain/email/email-account.ts";
import { memberMailAccount } from "../../domain/email/member-mail-account.ts";
import type { MemberMail, MemberMailer, MemberMailOutcome } from "../../domain/notifications/member-mailer.ts";
import type { SocketPolicy } from "./connect-socket.ts";
import { demoHost, demoMailServer } from "./demo/demo-mail-server.ts";
import { serverOf } from "./email-sender.ts";
import { openSession, type SessionEnd, SessionRefused, type SmtpServer, type SmtpTimes } from "./smtp-session.ts";

export type MemberMailerOptions = {
  db: CtxOptions["db"];
  encryptionKey: string;
  policy: SocketPolicy;
  times?: SmtpTimes;
};

/** Mails to the company's own people, over its e-mail account. A few a day, so that each has a session of its own. */
export function createMemberMailer(options: MemberMailerOptions): MemberMailer {
  const { db, encryptionKey } = options;
  return {
    async send(mail) {
      const account = await memberMailAccount(db, mail.companyId);
      if (!account) return { kind: "no_account" };
      const server = serverOf(account, encryptionKey);
      // Whoever mends the account by then lets it go.
      if ("kind" in server) return { kind: "later", why: "The e-mail account cannot send just now." };
      return deliver(server, account, mail, options);
    },
  };
}

async function deliver(
  server: SmtpServer,
  account: StoredEmailAccount,
  mail: MemberMail,
  { policy, times }: MemberMailerOptions,
): Promise<MemberMailOutcome> {
  // The demo's own server listens on loopback, in this process.
  const isDemo = server.host === demoHost;
  const target = isDemo ? { ...server, ...demoMailServer() } : server;
  try {
    const raw = await build(account, mail);
    const session = await openSession(target, isDemo ? { allowPrivate: true } : policy, times);
    try {
      return outcomeOf(await session.send({ from: account.fromAddress, recipients: [mail.to], raw }));
    } finally {
      session.quit();
    }
  } catch (error) {
    // Nothing of the mail was said yet: no connection, or a session refused.
    const why = error instanceof SessionRefused ? error.refusal.text : messageOf(error);
    return { kind: "later", why };
  }
}

async function build({ fromAddress, fromName }: StoredEmailAccount, mail: MemberMail): Promise<Buffer> {
  const { default: MailComposer } = await import("nodemailer/lib/mail-composer");
  const domain = fromAddress.slice(fromAddress.lastIndexOf("@") + 1);
  const message = new MailComposer({
    from: { address: fromAddress, name: fromName },
    to: mail.to,
    subject: mail.subject,
    messageId: `<${mail.messageKey}@${domain}>`,
    text: mail.text,
    html: mail.html,
    // Nobody's holiday is to answer a digest, and our own inbox not to take it for a message.
    headers: { "Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All" },
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return message.compile().build();
}

function outcomeOf(end: SessionEnd): MemberMailOutcome {
  switch (end.kind) {
    case "taken":
      return { kind: "sent" };
    case "refused": {
      const { code, text } = end.refusal;
      return code !== null && code < 500 ? { kind: "later", why: text } : { kind: "refused", why: text };
    }
    case "silent":
      return { kind: end.bodyWasSent ? "unknown" : "later", why: end.why };
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
