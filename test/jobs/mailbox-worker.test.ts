import { setTimeout as pause } from "node:timers/promises";
import { sql } from "kysely";
import { afterAll, afterEach, describe, expect, test } from "vitest";
import { prepared } from "../../server/db/prepared.ts";
import { sealSecret } from "../../server/domain/accounts/seal-secret.ts";
import { sealContext } from "../../server/domain/email/email-account.ts";
import type { WakefulLoop } from "../../server/domain/wakeful-loop.ts";
import { startMailboxWorker } from "../../server/jobs/mailbox-worker.ts";
import { emailAccount, rawMail } from "../factories/mail.ts";
import { hasDovecot, startDovecot } from "../fakes/dovecot.ts";
import { mailbox } from "../harness/mailbox.ts";
import { count, rows } from "../harness/rows.ts";
import { testDatabase } from "../harness/test-database.ts";

const encryptionKey = Buffer.alloc(32, 5).toString("base64url");
const { db, createCompany } = await testDatabase();
const companyId = await createCompany("main");
const { drain } = await mailbox(db, companyId);

const dovecot = hasDovecot ? await startDovecot() : undefined;
afterAll(() => dovecot?.stop());

const workers: WakefulLoop[] = [];
afterEach(async () => {
  for (const worker of workers.splice(0)) await worker.stop();
});

function startWorker(): WakefulLoop {
  const worker = startMailboxWorker(db, {
    encryptionKey,
    allowPrivate: true,
    onStored: () => {},
    pollMs: 100,
    renewMs: 200,
    firstPauseSeconds: 0.2,
    onError: () => {},
  });
  workers.push(worker);
  return worker;
}

async function account(name: string, settings: { password?: string; mailbox?: string } = {}): Promise<number> {
  const id = await emailAccount(db, companyId, `${name}@clinic.example`);
  const { port = 1, user = "office", password = "" } = dovecot ?? {};
  const imap = { host: "127.0.0.1", port, secure: false, user, mailbox: settings.mailbox ?? "INBOX" };
  const sealed = sealSecret(encryptionKey, settings.password ?? password, sealContext(companyId, id, "imap"));
  await db.run(connectImap({ companyId, id, imap: JSON.stringify(imap), sealed }));
  return id;
}

const connectImap = prepared<{ companyId: number; id: number; imap: string; sealed: string }>()(
  (_db, arg) => sql<never>`
    update email_accounts set imap = ${arg("imap")}::jsonb, imap_password_sealed = ${arg("sealed")}::text
    where company_id = ${arg("companyId")}::bigint and channel_account_id = ${arg("id")}::bigint`,
);

const disconnect = prepared<{ id: number }>()(
  (_db, arg) => sql<never>`update channel_accounts set status = 'disconnected' where id = ${arg("id")}::bigint`,
);

/** Until what was told to the server has arrived here. */
async function until(isThere: () => Promise<boolean>): Promise<void> {
  for (let left = 600; left > 0; left -= 1) {
    await drain();
    if (await isThere()) return;
    await pause(50);
  }
  throw new Error("it did not come");
}

const mail = (id: string) =>
  rawMail({ From: `${id}@sol.example`, To: "office@clinic.example", "Message-ID": `<${id}@sol.example>` });
const has =
  (...ids: string[]) =>
  async () =>
    (await count(db, `messages where provider_id in (${ids.map((id) => `'${id}@sol.example'`).join(", ")})`)) ===
    ids.length;

describe.skipIf(!hasDovecot)("a mailbox at a real server (skipped without dovecot-imapd, or not as root)", () => {
  test("is read from where it stands, then mail by mail as it comes, by IDLE", async () => {
    await dovecot?.deliver(mail("before"));
    const id = await account("one");
    startWorker();
    await until(has("before"));
    await dovecot?.deliver(mail("live-1"));
    await dovecot?.deliver(mail("live-2"));
    await until(has("live-1", "live-2"));
    const [row] = await rows(db, `select * from email_accounts where channel_account_id = ${id}`);
    expect(row).toMatchObject({ imap_last_uid: 3, imap_error: null });
    await db.run(disconnect({ id }));
  });

  test("misses nothing over a crash of the server, and of ours", async () => {
    const id = await account("two");
    const worker = startWorker();
    await until(
      async () =>
        (await count(db, `email_accounts where channel_account_id = ${id} and imap_uid_validity is not null`)) === 1,
    );
    await dovecot?.crash();
    await dovecot?.restart();
    await dovecot?.deliver(mail("after-crash"));
    await until(has("after-crash"));
    await worker.stop();
    await dovecot?.deliver(mail("nobody-home"));
    startWorker();
    await until(has("nobody-home"));
    await db.run(disconnect({ id }));
  });

  test("is read by one of several workers", async () => {
    const id = await account("three");
    for (let count = 0; count < 3; count += 1) startWorker();
    const ids = Array.from({ length: 20 }, (_, index) => `crowd-${index}`);
    await until(
      async () =>
        (await count(db, `email_accounts where channel_account_id = ${id} and imap_uid_validity is not null`)) === 1,
    );
    for (const each of ids) await dovecot?.deliver(mail(each));
    await until(has(...ids));
    expect(
      await count(
        db,
        `inbound_deliveries where channel_account_id = ${id} and position('crowd-' in encode(body, 'escape')) > 0`,
      ),
    ).toBe(20);
    await db.run(disconnect({ id }));
  });

  test("whose numbers were made anew is read again, and nothing comes twice", async () => {
    await dovecot?.use((client) => client.mailboxCreate("Clients"));
    await dovecot?.deliver(mail("first-life"), "Clients");
    const id = await account("four", { mailbox: "Clients" });
    startWorker();
    await until(has("first-life"));
    await dovecot?.use(async (client) => {
      await client.mailboxDelete("Clients");
      await client.mailboxCreate("Clients");
      await client.append("Clients", mail("first-life"));
      await client.append("Clients", mail("second-life"));
    });
    await dovecot?.crash();
    await dovecot?.restart();
    await until(has("second-life"));
    expect(await count(db, "messages where provider_id = 'first-life@sol.example'")).toBe(1);
    await db.run(disconnect({ id }));
  });

  test("that does not let us in says so on the account, and is asked again later", async () => {
    const id = await account("five", { password: "wrong" });
    startWorker();
    await until(
      async () => (await count(db, `email_accounts where channel_account_id = ${id} and imap_error is not null`)) === 1,
    );
    const [row] = await rows(
      db,
      `select e.imap_error, a.health from email_accounts e join channel_accounts a on a.id = e.channel_account_id
      where e.channel_account_id = ${id}`,
    );
    expect(row?.imap_error).toMatch(/^127\.0\.0\.1 does not accept the user office with this password\./);
    expect(row?.health).toMatchObject({ problems: { mail_unread: {} } });
    await db.run(disconnect({ id }));
  });
});
