import { expect, test } from "vitest";
import { createNote } from "../../server/domain/notes/write-note.ts";
import type { MemberMail } from "../../server/domain/notifications/member-mailer.ts";
import { notifyTeam } from "../../server/domain/notifications/notify-team.ts";
import type { PushMessage } from "../../server/domain/notifications/push-message.ts";
import { subscribePush } from "../../server/domain/notifications/push-subscriptions.ts";
import { startNotificationWorker } from "../../server/jobs/notification-worker.ts";
import { notificationsIn } from "../factories/notifications.ts";
import { memberOf, personIn } from "../factories/people.ts";
import { pushBrowser } from "../fakes/push-browser.ts";
import { testDatabase } from "../harness/test-database.ts";

const { db, ctx, createCompany } = await testDatabase();

test("two workers make of what happens one notification and one push, woken by the commit", async () => {
  const companyId = await createCompany();
  const userId = await memberOf(db, companyId, "manager");
  const contactId = await personIn(db, companyId);
  const own = ctx(companyId, { kind: "user", userId, role: "manager" });
  await subscribePush(own, { endpoint: "https://push.example/1", ...pushBrowser().keys }, () => undefined);
  const pushed: PushMessage[] = [];
  const mailed: MemberMail[] = [];
  const complaints: unknown[] = [];
  const options = {
    mailer: {
      async send(mail: MemberMail) {
        mailed.push(mail);
        return { kind: "sent" } as const;
      },
    },
    pusher: {
      async send(message: PushMessage) {
        pushed.push(message);
        return { kind: "sent" } as const;
      },
    },
    publicUrl: undefined,
    onError: (error: unknown) => complaints.push(error),
  };
  const workers = [startNotificationWorker(db, options), startNotificationWorker(db, options)];
  await createNote(ctx(companyId), { contactId, body: "Look", mentions: [userId] });
  await ctx(companyId).transact((tx) =>
    notifyTeam(tx, { kind: "channel.problem", title: "Down", dedupeKey: "down", userId }),
  );
  await expect.poll(() => pushed.length).toBe(2);
  for (const worker of workers) await worker.stop();
  expect(await notificationsIn(db, companyId)).toHaveLength(2);
  expect(new Set(pushed.map(({ topic }) => topic)).size).toBe(2);
  expect(mailed).toEqual([]);
  expect(complaints).toEqual([]);
});
