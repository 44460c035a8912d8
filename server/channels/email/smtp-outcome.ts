import type { MailToSend } from "../../domain/email/mail-to-send.ts";
import { leftOutInWords } from "../../domain/policy/left-out-in-words.ts";
import type { LeftOut } from "../../domain/policy/send-decision.ts";
import type { ErrorClass, SendOutcome, VendorError } from "../../domain/sends/channel-sender.ts";
import type { SessionEnd, SmtpRefusal } from "./smtp-session.ts";

/** What the end of a session means for the outbox; a mail goes by its own Message-ID. */
export function outcomeOf(
  end: SessionEnd,
  { internetMessageId, leftOut }: Pick<MailToSend, "internetMessageId" | "leftOut">,
): SendOutcome {
  switch (end.kind) {
    case "taken":
      return { kind: "accepted", providerId: internetMessageId, ...partly(end.refused, leftOut) };
    case "refused":
      return refused(end.refusal, end.refused);
    case "silent":
      return end.bodyWasSent
        ? { kind: "unknown", why: `the connection ended after the whole mail was sent: ${end.why}` }
        : { kind: "not_sent", why: end.why };
  }
}

/** Some recipients were refused while the mail was taken for the others: they are named, and get it by no later attempt. */
function partly(refusals: SmtpRefusal[], leftOut: LeftOut[]) {
  const said = refusals.map(({ recipient, text }) => `${recipient ?? "One recipient"} was refused: “${text}”.`);
  const words = [...(said.length === 0 ? [] : [...said, "The others got it."]), leftOutInWords(leftOut) ?? ""];
  const note = words.join(" ").trim();
  return note === "" ? {} : { note, ...closing(refusals) };
}

function closing(refusals: SmtpRefusal[]) {
  const closed = refusals.flatMap(({ recipient, status, text, code }) =>
    recipient !== null && isGone(code, status) ? [{ address: recipient.toLowerCase(), diagnostic: text }] : [],
  );
  return closed.length === 0 ? {} : { closedAddresses: closed };
}

/** Nobody is there: unknown mailbox, unknown domain, mailbox shut for good. */
function isGone(code: number | null, status: string | null): boolean {
  if (code === null || code < 500) return false;
  return status !== null && ["5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1"].includes(status);
}

export function refused(refusal: SmtpRefusal, refusals: SmtpRefusal[] = []): SendOutcome {
  const named = refusals.length > 0 ? refusals : [refusal];
  // Greylisted for one of several: nobody has got it yet, so all wait.
  const deciding = named.find(({ code }) => code !== null && code < 500) ?? named[0] ?? refusal;
  const errorClass = classOf(deciding);
  return { kind: "refused", error: errorOf(errorClass, deciding, named), ...closing(refusals) };
}

function errorOf(errorClass: ErrorClass, refusal: SmtpRefusal, named: SmtpRefusal[]): VendorError {
  return {
    class: errorClass,
    code: refusal.code,
    title: refusal.text,
    details: inWords(errorClass, refusal, named),
    isOurs: true,
  };
}

function classOf({ code, status, stage, text }: SmtpRefusal): ErrorClass {
  if (stage.startsWith("AUTH") || code === 530 || code === 535) {
    // 454 and 4.7.0: the server cannot judge passwords just now.
    return code !== null && code < 500 ? "retry_backoff" : "account_auth";
  }
  if (stage === "CONN" || stage === "STARTTLS") return code !== null && code < 500 ? "retry_backoff" : "account_setup";
  if (code === null) return "never";
  if (stage === "MAIL FROM" && code >= 500 && code !== 552) return "account_setup";
  if (code >= 500 && code !== 503) return "never";
  if (code === 421 || code === 503) return "retry_backoff";
  // 452 and x.2.2 are a full mailbox; others of this class are mostly greylisting.
  return code === 452 || status === "4.2.2" || /quota|mailbox (is )?full/i.test(text) ? "wait_1h" : "wait_10min";
}

function inWords(errorClass: ErrorClass, { text, stage, recipient }: SmtpRefusal, named: SmtpRefusal[]): string {
  const said = `It said: “${text}”`;
  switch (errorClass) {
    case "account_auth":
      return `The mail server does not accept the account's user name or password. ${said}`;
    case "account_setup":
      return `${setupTrouble(stage)} ${said}`;
    case "retry_backoff":
      return `The mail server is too busy just now. ${said}`;
    case "wait_1h":
      return `The mailbox of ${recipient ?? "the recipient"} is full; it is tried again. ${said}`;
    case "wait_10min":
      return `The mail server asks to come back later. ${said}`;
    default:
      return named.length > 1
        ? `The mail server took none of the recipients. ${named.map((each) => `${each.recipient}: “${each.text}”`).join("; ")}`
        : `The mail server did not take the mail${recipient === null ? "" : ` for ${recipient}`}. ${said}`;
  }
}

function setupTrouble(stage: string): string {
  if (stage === "STARTTLS")
    return "The connection to the mail server cannot be encrypted safely, so neither password nor mail was given to it.";
  if (stage === "CONN") return "The mail server does not let us in.";
  return "The mail server does not let this account send in this name.";
}
