import { sql } from "kysely";
import { expect, test } from "vitest";
import { prepared } from "../../../server/db/prepared.ts";
import { changeNotificationSettings } from "../../../server/domain/notifications/change-notification-settings.ts";
import { claimMails } from "../../../server/domain/notifications/claim-mails.ts";
import { listNotifications } from "../../../server/domain/notifications/list-notifications.ts";
import { markRead } from "../../../server/domain/notifications/mark-read.ts";
import type { MemberMail, MemberMailOutcome } from "../../../server/domain/notifications/member-mailer.ts";
import { notifyTeamOfMany } from "../../../server/domain/notifications/notify-team.ts";
import { dropOldNotifications } from "../../../server/domain/notifications/sweep-notifications.ts";
import { tellNotifications } from "../../../server/domain/notifications/tell-notifications.ts";
import { mailDue } from "../../../server/jobs/notification-worker.ts";
import { dyingDb, notificationsIn } from "../../factories/notifications.ts";
import { memberOf } from "../../factories/people.ts";
import { testDatabase } from "../../harness/test-database.ts";

const { db, ctx, createCompany } = await testDatabase();
const now = new Date("2026-11-21T12:00:00Z");
const tomorrow = new Date("2026-11-22T08:00:00Z");
const minutes = (count: number, from = now) => new Date(from.getTime() + count * 60_000);

async function member() {
  const companyId = await createCompany();
  const userId = await memberOf(db, companyId, "admin");
  const own = (at = now) => ctx(companyId, { kind: "user", userId, role: "admin" }, () => at);
  const notify = async (kind: "task.overdue" | "channel.problem" | "lead.created", ...titles: string[]) => {
    await ctx(companyId).transact((tx) =>
      notifyTeamOfMany(
        tx,
        titles.map((title) => ({ kind, title, dedupeKey: title })),
      ),
    );
    await expect(tellNotifications(dyingDb(db), now, 100)).rejects.toThrow("died");
    await Promise.all([tellNotifications(db, now, 100), tellNotifications(db, now, 100)]);
  };
  return { companyId, userId, own, notify };
}

function mailbox(answer: MemberMailOutcome = { kind: "sent" }) {
  const mails: MemberMail[] = [];
  const mailer = {
    async send(mail: MemberMail) {
      mails.push(mail);
      return answer;
    },
  };
  return { mails, mailer, publicUrl: "https://rapport.example" };
}

async function mailAt(at: Date, box: ReturnType<typeof mailbox>): Promise<void> {
  await expect(claimMails(dyingDb(db), at, 10)).rejects.toThrow("died");
  await Promise.all([mailDue(db, box, at), mailDue(db, box, at)]);
  await mailDue(db, box, at);
}

test("a digest comes once at its hour, with what is unread, and never again with the same", async () => {
  const { companyId, notify, own } = await member();
  const box = mailbox();
  await notify("task.overdue", "Overdue: Call <Ana>", "Overdue: Mail");
  await notify("lead.created", "Not for mails");
  const [newest] = (await listNotifications(own(), { limit: 10, unread: true })).items.filter(
    ({ title }) => title === "Overdue: Mail",
  );
  await markRead(own(), newest?.id ?? 0);
  await mailAt(minutes(60), box);
  expect(box.mails).toEqual([]);
  await mailAt(tomorrow, box);
  expect(box.mails).toHaveLength(1);
  const [mail] = box.mails;
  expect(mail).toMatchObject({ companyId, subject: expect.stringContaining("Overdue: Call <Ana>") });
  expect(mail?.html).toContain("Call &lt;Ana&gt;");
  expect(mail?.text).toContain("https://rapport.example/inbox");
  expect(mail?.text).not.toContain("Overdue: Mail");
  const marked = (await notificationsIn(db, companyId)).filter(({ mailId }) => mailId !== null);
  expect(marked.map(({ title }) => title)).toEqual(["Overdue: Call <Ana>"]);

  await notify("task.overdue", "Overdue: Third");
  await mailAt(minutes(48 * 60), box);
  expect(box.mails.map(({ subject }) => subject.split(" – ")[0])).toEqual(["Overdue: Call <Ana>", "Overdue: Third"]);
});

test("chosen kinds come within a minute, but not in quiet hours", async () => {
  const { notify, own } = await member();
  const box = mailbox();
  await notify("channel.problem", "Number is down", "And another");
  await mailAt(minutes(0.5), box);
  expect(box.mails).toEqual([]);
  await mailAt(minutes(1.5), box);
  expect(box.mails).toMatchObject([{ subject: expect.stringContaining("2 unread notifications") }]);

  await changeNotificationSettings(own(), { timeZone: "Europe/Berlin", quietFrom: 12 * 60, quietUntil: 14 * 60 });
  await notify("channel.problem", "At lunch");
  await mailAt(minutes(55), box);
  expect(box.mails).toHaveLength(1);
  await mailAt(minutes(60), box);
  expect(box.mails).toHaveLength(2);
});

test("what is switched off does not come, also where it waited already", async () => {
  const { notify, own } = await member();
  const box = mailbox();
  await notify("task.overdue", "Overdue");
  await changeNotificationSettings(own(), { kinds: [{ kind: "task.overdue", email: "off" }] });
  await notify("task.overdue", "Overdue too");
  await mailAt(tomorrow, box);
  expect(box.mails).toEqual([]);
  expect((await listNotifications(own(), { limit: 10 })).items).toHaveLength(2);
});

test("a mail whose sender died is not sent again; one that nobody took is", async () => {
  const { companyId, notify } = await member();
  await notify("channel.problem", "Down");
  expect(await claimMails(db, minutes(2), 10)).toHaveLength(1);
  const box = mailbox();
  await mailAt(minutes(60), box);
  expect(box.mails).toEqual([]);
  expect(await statesIn(companyId)).toEqual(["unknown"]);

  await notify("channel.problem", "Down again");
  const busy = mailbox({ kind: "later", why: "busy" });
  await mailAt(minutes(2), busy);
  await mailAt(minutes(3), busy);
  expect(busy.mails).toHaveLength(1);
  await mailAt(minutes(8), box);
  expect(box.mails).toHaveLength(1);
  expect(box.mails[0]?.messageKey).toBe(busy.mails[0]?.messageKey);
  expect(await statesIn(companyId)).toEqual(["unknown", "sent"]);
});

test("a company without an e-mail account skips its digests", async () => {
  const { companyId, notify } = await member();
  await notify("channel.problem", "Down");
  await mailAt(minutes(2), mailbox({ kind: "no_account" }));
  expect(await statesIn(companyId)).toEqual(["skipped"]);
});

test("what is old is dropped with its mails", async () => {
  const { companyId, notify } = await member();
  await notify("channel.problem", "Down");
  await mailAt(minutes(2), mailbox());
  await dropOldNotifications(db, new Date(Date.now() - 60_000), 100);
  expect(await notificationsIn(db, companyId)).toHaveLength(1);
  await dropOldNotifications(db, new Date(Date.now() + 400 * 86_400_000), 100);
  expect(await notificationsIn(db, companyId)).toEqual([]);
  expect(await statesIn(companyId)).toEqual([]);
});

async function statesIn(companyId: number): Promise<string[]> {
  return (await db.all(mailStates({ companyId }))).map(({ state }) => state);
}

const mailStates = prepared<{ companyId: number }>()(
  (_db, arg) => sql<{ state: string }>`
    select state from notification_mails where company_id = ${arg("companyId")}::bigint order by id`,
);
