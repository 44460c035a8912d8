import type { EmailAccount } from "../../../shared/v1/email.ts";
import type { Tone } from "../../ui/tone.ts";

/** How an account stands, in a word and a tone. */
export function accountState(account: EmailAccount): { word: string; tone: Tone } {
  const { status, problems, imap_error } = account;
  if (status === "disconnected") return { word: "removed", tone: "quiet" };
  if (status === "paused") return { word: "paused", tone: "warn" };
  if (status === "token_expired") return { word: "password refused", tone: "bad" };
  if (problems.length > 0 || imap_error) return { word: "in trouble", tone: "bad" };
  if (!account.smtp) return { word: "only receives", tone: "warn" };
  return { word: "connected", tone: "good" };
}

/** What is wrong and what follows, a sentence each. */
export function troubleWords({ status, problems, imap_error }: EmailAccount): string[] {
  const lines = problems.map(({ title, details }) => (details ? `${title}: ${details}` : `${title}.`));
  if (status === "token_expired" && lines.length === 0)
    lines.push("The mail server takes the password no more. What waits, waits: give the new password.");
  if (imap_error && !problems.some(({ problem }) => problem === "mail_unread"))
    lines.push(`Mails cannot be fetched: ${imap_error}`);
  return lines;
}

/** "Sends by smtp.example.com:587, receives from imap.example.com:993". */
export function waysWords({ smtp, imap }: EmailAccount): string {
  const sends = smtp ? `sends by ${smtp.host}:${smtp.port}` : "sends nothing";
  return `${sends}, ${imap ? `receives from ${imap.host}:${imap.port}` : "fetches nothing"}`;
}
