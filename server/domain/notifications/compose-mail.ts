import { isNotificationKind, notificationKinds } from "../../../shared/notification-kinds.ts";
import type { ClaimedMail, MailEntry } from "./claim-mails.ts";
import { hidePhones } from "./hide-phones.ts";
import type { MemberMail } from "./member-mailer.ts";

const shown = 50;

/** The words of a mail: what its reader has not read, by group, newest first. */
export function composeMail(mail: ClaimedMail, publicUrl: string | undefined): MemberMail {
  const entries = mail.masksPhones ? mail.entries.map((one) => ({ ...one, ...hidePhones(one) })) : mail.entries;
  const groups = [...Map.groupBy(entries.slice(0, shown), groupOf)];
  const more = entries.length - shown;
  const link = publicUrl === undefined ? undefined : `${publicUrl.replace(/\/$/, "")}/inbox`;
  const clock = clockOf(mail);
  const rest = more > 0 ? `And ${more} more.` : "";
  const foot = `You are told because of your notification settings at ${mail.companyName}; change them at the bell.`;
  return {
    companyId: mail.companyId,
    to: mail.to,
    subject: subjectOf(entries, mail),
    text: textOf(groups, clock, [rest, link ?? "", foot]),
    html: htmlOf(groups, clock, [rest, foot], link),
    messageKey: `notifications-${mail.companyId}-${mail.id}`,
  };
}

type Groups = [group: string, entries: MailEntry[]][];
type Clock = (at: string) => string;

function groupOf({ kind }: MailEntry): string {
  return isNotificationKind(kind) ? notificationKinds[kind].group : "Other";
}

function subjectOf(entries: MailEntry[], { companyName }: ClaimedMail): string {
  const [first] = entries;
  const words = entries.length === 1 && first ? first.title : `${entries.length} unread notifications`;
  // A line break in a title must not become a header of its own.
  return `${words} – ${companyName}`.replace(/[\r\n]+/g, " ").slice(0, 200);
}

function clockOf({ locale, timeZone }: ClaimedMail): Clock {
  const options = {
    timeZone,
    weekday: "short",
    day: "numeric",
    month: "short",
    hour: "2-digit",
    minute: "2-digit",
  } as const;
  const known = Intl.DateTimeFormat.supportedLocalesOf([locale.replaceAll("_", "-")].filter(isLocale));
  const format = new Intl.DateTimeFormat([...known, "en"], options);
  return (at) => format.format(new Date(at));
}

function isLocale(name: string): boolean {
  return /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(name);
}

function linesOf({ title, body, happensAt }: MailEntry, clock: Clock): string[] {
  return [title, happensAt === null ? "" : clock(happensAt), body].filter((line) => line !== "");
}

function textOf(groups: Groups, clock: Clock, foot: string[]): string {
  const parts = groups.map(([group, entries]) =>
    [group, ...entries.map((entry) => `- ${linesOf(entry, clock).join("\n  ")}`)].join("\n"),
  );
  return [...parts, ...foot.filter((line) => line !== "")].join("\n\n");
}

function htmlOf(groups: Groups, clock: Clock, foot: string[], link: string | undefined): string {
  const item = (entry: MailEntry) => {
    const [title = "", ...rest] = linesOf(entry, clock).map(escapeHtml);
    return `<li style="margin:0 0 8px"><strong>${title}</strong>${rest.map((line) => `<br>${line}`).join("")}</li>`;
  };
  const parts = groups.map(
    ([group, entries]) => `<h2 style="font-size:16px">${escapeHtml(group)}</h2><ul>${entries.map(item).join("")}</ul>`,
  );
  const open = link === undefined ? "" : `<p><a href="${escapeHtml(link)}">Open Rapport</a></p>`;
  const feet = foot.filter((line) => line !== "").map((line) => `<p style="color:#666">${escapeHtml(line)}</p>`);
  return `<!doctype html><meta charset="utf-8"><div style="font-family:sans-serif">${parts.join("")}${open}${feet.join("")}</div>`;
}

function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
