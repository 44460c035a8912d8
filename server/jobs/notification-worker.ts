import type { Db } from "../db/connection.ts";
import { claimMails } from "../domain/notifications/claim-mails.ts";
import { claimPushes } from "../domain/notifications/claim-pushes.ts";
import { composeMail } from "../domain/notifications/compose-mail.ts";
import { followCauses } from "../domain/notifications/follow-causes.ts";
import type { MemberMailer } from "../domain/notifications/member-mailer.ts";
import { type PushSender, pushMessage } from "../domain/notifications/push-message.ts";
import { settleMail } from "../domain/notifications/settle-mail.ts";
import { settlePush } from "../domain/notifications/settle-push.ts";
import { tellNotifications } from "../domain/notifications/tell-notifications.ts";
import { startLoop } from "../domain/wakeful-loop.ts";

export type NotificationWorkerOptions = {
  mailer: MemberMailer;
  pusher: PushSender;
  publicUrl: string | undefined;
  onError: (error: unknown) => void;
  pollMs?: number;
};

const batch = 500;
const journalBatch = 2_000;
const pushesAtOnce = 50;
const mailsAtOnce = 5;
/** People read no faster, and ingestion at full speed must not wake us at every commit. */
const gapMs = 100;
/** Mails and pushes that wait have a due time, and nobody counts its seconds. */
const dueMs = 5_000;

/** Makes notifications of what happened, tells them, and sends what of them goes by mail and push. */
export function startNotificationWorker(db: Db, options: NotificationWorkerOptions): { stop: () => Promise<void> } {
  const { onError, pollMs = 1_000 } = options;
  const following = startLoop(() => follow(db, pollMs), { pollMs, gapMs, onError });
  const telling = startLoop(
    async () => {
      const told = await tellNotifications(db, new Date(), batch);
      if (told > 0) pushing.wake();
      return told === batch ? 0 : pollMs;
    },
    { pollMs, gapMs, onError },
  );
  const pushing = startLoop(async () => ((await pushDue(db, options, new Date())) > 0 ? 0 : dueMs), {
    pollMs: dueMs,
    onError,
  });
  const mailing = startLoop(async () => ((await mailDue(db, options, new Date())) > 0 ? 0 : dueMs), {
    pollMs: dueMs,
    onError,
  });
  const unsubscribe = [db.subscribe("events", following.wake), db.subscribe("notifications", telling.wake)];
  return {
    async stop() {
      for (const end of unsubscribe) end();
      await Promise.all([following, telling, pushing, mailing].map((loop) => loop.stop()));
    },
  };
}

/** Sends pushes that are due; how many it took. */
export async function pushDue(
  db: Db,
  { pusher }: Pick<NotificationWorkerOptions, "pusher">,
  now: Date,
): Promise<number> {
  const pushes = await claimPushes(db, now, pushesAtOnce);
  await Promise.all(pushes.map(async (push) => settlePush(db, push, await pusher.send(pushMessage(push)), now)));
  return pushes.length;
}

/** Sends mails that are due; how many it took. */
export async function mailDue(
  db: Db,
  { mailer, publicUrl }: Pick<NotificationWorkerOptions, "mailer" | "publicUrl">,
  now: Date,
): Promise<number> {
  const mails = await claimMails(db, now, mailsAtOnce);
  await Promise.all(
    mails.map(async (mail) => settleMail(db, mail, await mailer.send(composeMail(mail, publicUrl)), now)),
  );
  return mails.length;
}

async function follow(db: Db, pollMs: number): Promise<number> {
  const { isMore } = await followCauses(db, new Date(), journalBatch);
  return isMore ? 0 : pollMs;
}
