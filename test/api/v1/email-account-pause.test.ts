import { describe, expect, test } from "vitest";
import { leaseMailboxes } from "../../../server/domain/email/mailbox/lease-mailboxes.ts";
import { connectMailbox, mailSender, personWithMail } from "../../factories/email-account.ts";
import { smtpDouble } from "../../fakes/smtp-double.ts";
import { sendDue } from "../../harness/outbox.ts";
import { rows } from "../../harness/rows.ts";
import { testApp } from "../../harness/test-app.ts";

const t = await testApp({ allowPrivateWebhooks: true });
const { app, db } = t;
const sender = mailSender(db);

async function desk() {
  const companyId = await t.createCompany();
  const headers = await t.headers("admin", companyId);
  const ctx = t.ctx(companyId);
  const server = await smtpDouble();
  const imap = { host: "imap.example", port: 993, secure: true, user: "desk", mailbox: "INBOX" };
  const account = await connectMailbox(ctx, server.port, { imap, imapPassword: "secret" });
  const call = async (method: "GET" | "POST" | "PATCH" | "DELETE", url: string, payload?: object) => {
    const answer = await app.inject({ method, url, headers, ...(payload === undefined ? {} : { payload }) });
    return { status: answer.statusCode, body: answer.body === "" ? null : answer.json() };
  };
  const path = `/v1/email-accounts/${account.id}`;
  const write = async () => {
    const { id } = await personWithMail(ctx);
    return (await call("POST", "/v1/emails", { contact_id: id, subject: "Hello", body: "Words" })).body;
  };
  const leased = async () =>
    (await leaseMailboxes(db, { leaseBy: "test", limit: 100 })).some(
      ({ channelAccountId }) => channelAccountId === account.id,
    );
  return { companyId, call, path, server, write, leased };
}

describe("a paused e-mail account", () => {
  test("keeps what is written until it goes on, and says so", async () => {
    const { companyId, call, path, server, write } = await desk();
    expect(await call("POST", `${path}/pause`)).toMatchObject({ status: 200, body: { status: "paused" } });
    const mail = await write();
    await sendDue(db, sender);
    expect(server.mails).toEqual([]);
    expect((await call("GET", `/v1/emails/${mail.id}`)).body).toMatchObject({
      status: "queued",
      status_reason: expect.stringContaining("is paused"),
    });
    expect(await call("POST", `${path}/resume`)).toMatchObject({ body: { status: "connected" } });
    await sendDue(db, sender);
    expect(server.mails).toHaveLength(1);
    const types = `select type from events where company_id = ${companyId} and type in ('channel.paused', 'channel.resumed') order by id`;
    expect(await rows(db, types)).toEqual([{ type: "channel.paused" }, { type: "channel.resumed" }]);
  });

  test("is not read, not even by who was reading it, and stays paused when it is edited", async () => {
    const { call, path, leased } = await desk();
    const before = (await call("GET", path)).body.version;
    const paused = (await call("POST", `${path}/pause`)).body;
    expect(paused.version).toBeGreaterThan(before);
    expect(await leased()).toBe(false);
    expect((await call("PATCH", path, { signature: "Bye" })).body).toMatchObject({
      status: "paused",
      signature: "Bye",
    });
    expect((await call("POST", `${path}/test`)).body).toMatchObject({ ok: true });
    expect((await call("GET", path)).body.status).toBe("paused");
    await call("POST", `${path}/resume`);
    expect(await leased()).toBe(true);
  });

  test("twice is paused once; one that is gone or never paused has nothing to resume", async () => {
    const { call, path } = await desk();
    const { version } = (await call("POST", `${path}/resume`)).body;
    expect((await call("GET", path)).body.version).toBe(version);
    await call("POST", `${path}/pause`);
    const once = (await call("GET", path)).body.version;
    expect((await call("POST", `${path}/pause`)).body.version).toBe(once);
    await call("DELETE", path);
    expect((await call("POST", `${path}/pause`)).status).toBe(409);
    const other = await desk();
    expect((await other.call("POST", `${path}/pause`)).status).toBe(404);
    const manager = await t.headers("manager");
    expect((await app.inject({ method: "POST", url: `${path}/pause`, headers: manager })).statusCode).toBe(403);
  });
});
