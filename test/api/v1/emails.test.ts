import { generateKeyPairSync } from "node:crypto";
import { describe, expect, test } from "vitest";
import { mailSender, personWithMail } from "../../factories/email-account.ts";
import { smtpDouble, smtpRefusal } from "../../fakes/smtp-double.ts";
import { sendDue } from "../../harness/outbox.ts";
import { rows } from "../../harness/rows.ts";
import { testApp } from "../../harness/test-app.ts";

const t = await testApp({ allowPrivateWebhooks: true });
const { app, db, ctx, createCompany } = t;
const sender = mailSender(db);

async function desk() {
  const companyId = await createCompany();
  const headers = await t.headers("admin", companyId);
  const call = async (method: "GET" | "POST" | "PATCH" | "DELETE", url: string, payload?: object) => {
    const answer = await app.inject({ method, url, headers, ...(payload === undefined ? {} : { payload }) });
    return { status: answer.statusCode, body: answer.body === "" ? null : answer.json() };
  };
  return { companyId, call, c: ctx(companyId), headers };
}

const mailbox = (port: number) => ({
  from_address: "desk@clinic.example",
  from_name: "The desk",
  smtp: { host: "127.0.0.1", port },
});

describe("an e-mail account", () => {
  test("is connected, tried, changed and let go; its secrets never come back", async () => {
    const { call } = await desk();
    const server = await smtpDouble({ password: "right" });
    const smtp = { host: "127.0.0.1", port: server.port, user: "desk", password: "wrong" };
    const made = await call("POST", "/v1/email-accounts", { ...mailbox(server.port), smtp });
    expect(made).toMatchObject({
      status: 201,
      body: { status: "connected", smtp: { user: "desk", has_password: true, secure: false }, track_opens: false },
    });
    expect(JSON.stringify(made.body)).not.toContain("wrong");
    const path = `/v1/email-accounts/${made.body.id}`;
    expect(await call("POST", `${path}/test`)).toMatchObject({
      status: 200,
      body: { ok: false, message: expect.stringContaining("does not accept the account's user name or password") },
    });
    const changed = await call("PATCH", path, { smtp: { ...smtp, password: "right" }, signature: "Bye" });
    expect(changed).toMatchObject({ status: 200, body: { signature: "Bye", version: made.body.version + 1 } });
    expect(await call("POST", `${path}/test`)).toMatchObject({ body: { ok: true } });
    // The password stays where only the rest is given again.
    await call("PATCH", path, { smtp: { host: "127.0.0.1", port: server.port, user: "desk" } });
    expect(await call("POST", `${path}/test`)).toMatchObject({ body: { ok: true } });
    expect((await call("DELETE", path)).status).toBe(204);
    expect(await call("GET", path)).toMatchObject({ body: { status: "disconnected", smtp: null } });
  });

  test("takes the name that stands with its address, unless one is given apart", async () => {
    const { call } = await desk();
    const settings = { from_address: "Ana Ruiz <ana@clinic.example>", smtp: mailbox(25).smtp };
    const made = await call("POST", "/v1/email-accounts", settings);
    expect(made.body).toMatchObject({ from_address: "ana@clinic.example", from_name: "Ana Ruiz" });
    const path = `/v1/email-accounts/${made.body.id}`;
    const patched = async (payload: object) => (await call("PATCH", path, payload)).body.from_name;
    expect(await patched({ from_address: "Ana R. <ana@clinic.example>" })).toBe("Ana R.");
    expect(await patched({ from_address: "ana@clinic.example" })).toBe("Ana R.");
    expect(await patched({ from_address: "Ana <ana@clinic.example>", from_name: "The desk" })).toBe("The desk");
    expect(await patched({ from_name: "" })).toBe("");
  });

  test.each([
    [{ from_address: "nobody" }, 422],
    [{ ...mailbox(25), smtp: { host: "bad host", port: 25 } }, 422],
    [{ ...mailbox(25), smtp: { host: "mail.example", port: 99_999 } }, 422],
    [{ ...mailbox(25), smtp: { host: "mail.example", user: "me" } }, 422],
    [{ ...mailbox(25), dkim: { domain: "clinic.example", selector: "s", private_key: "no key" } }, 422],
    [{}, 422],
  ])("is refused in words, not with 500: %o", async (body, status) => {
    const { call } = await desk();
    const answer = await call("POST", "/v1/email-accounts", body);
    expect([400, status]).toContain(answer.status);
  });

  test("belongs to one company, and only admins change it", async () => {
    const [one, other] = [await desk(), await desk()];
    const { body } = await one.call("POST", "/v1/email-accounts", mailbox(25));
    expect((await other.call("GET", `/v1/email-accounts/${body.id}`)).status).toBe(404);
    expect((await other.call("PATCH", `/v1/email-accounts/${body.id}`, { name: "Mine" })).status).toBe(404);
    const headers = await t.headers("salesperson", one.companyId);
    const answer = await app.inject({ method: "POST", url: "/v1/email-accounts", headers, payload: mailbox(25) });
    expect(answer.statusCode).toBe(403);
  });
});

describe("POST /v1/emails", () => {
  test("queues, sends, and shows the mail in the person's list, its thread and the inbox", async () => {
    const { call, c } = await desk();
    const server = await smtpDouble();
    await call("POST", "/v1/email-accounts", mailbox(server.port));
    const person = await personWithMail(c);
    const queued = await call("POST", "/v1/emails", { contact_id: person.id, subject: "Prices", body: "As asked." });
    expect(queued).toMatchObject({ status: 201, body: { status: "queued", to: [{ address: person.address }] } });
    await sendDue(db, sender);
    expect(await call("GET", `/v1/emails/${queued.body.id}`)).toMatchObject({ body: { status: "sent", opens: 0 } });
    expect(await call("GET", `/v1/contacts/${person.id}/emails`)).toMatchObject({
      body: { data: [{ subject: "Prices" }] },
    });
    const options = await call("GET", `/v1/conversations/${queued.body.conversation_id}/send-options`);
    expect(options.body).toMatchObject({ free_text: { outcome: "allowed" }, templates: [] });
    const answer = await call("POST", `/v1/conversations/${queued.body.conversation_id}/messages`, {
      type: "text",
      text: { body: "One more word." },
    });
    expect(answer).toMatchObject({
      status: 201,
      body: { message: { type: "email", payload: { details: { subject: "Re: Prices" } } } },
    });
    const thread = await call("GET", `/v1/emails/${queued.body.id}/thread`);
    expect(thread.body.data.map(({ subject }: { subject: string }) => subject)).toEqual(["Prices", "Re: Prices"]);
    const inbox = await call("GET", "/v1/conversations");
    expect(inbox.body.data[0]).toMatchObject({ channel: { provider: "email" }, last_message_type: "email" });
    expect(await call("GET", `/v1/messages/${queued.body.id}`)).toMatchObject({
      body: { send: { state: "accepted", decision: { outcome: "allowed" } } },
    });
  });

  test("names the files that went with it, of a second mail too, and their list names the first", async () => {
    const { call, c, headers } = await desk();
    const person = await personWithMail(c);
    const upload = await app.inject({
      method: "POST",
      url: `/v1/attachments?contact_id=${person.id}&filename=prices.txt`,
      headers: { ...headers, "content-type": "text/plain" },
      payload: "a price",
    });
    const file = upload.json();
    const mail = { contact_id: person.id, subject: "Prices", body: "Here.", attachment_ids: [file.id] };
    const first = await call("POST", "/v1/emails", mail);
    expect(first.body.attachments).toMatchObject([{ filename: "prices.txt", url: file.url, email_id: first.body.id }]);
    const second = await call("POST", "/v1/emails", mail);
    await call("POST", "/v1/emails", { ...mail, attachment_ids: [] });
    const { body } = await call("GET", `/v1/contacts/${person.id}/emails`);
    const names = body.data.map((each: { attachments: { filename: string }[] }) =>
      each.attachments.map(({ filename }) => filename),
    );
    expect(names).toEqual([[], ["prices.txt"], ["prices.txt"]]);
    expect((await call("GET", `/v1/emails/${second.body.id}`)).body.attachments).toMatchObject([{ id: file.id }]);
    expect((await call("GET", `/v1/attachments?contact_id=${person.id}`)).body.data).toMatchObject([
      { email_id: first.body.id },
    ]);
    const thread = await call("GET", `/v1/conversations/${first.body.conversation_id}/messages`);
    expect(thread.body.data.map((each: typeof first.body) => each.attachments)).toEqual([
      [],
      second.body.attachments,
      first.body.attachments,
    ]);
    const one = await call("GET", `/v1/messages/${second.body.id}`);
    expect(one.body.message.attachments).toEqual(second.body.attachments);
    await call("DELETE", `/v1/attachments/${file.id}`);
    const without = await call("GET", `/v1/conversations/${first.body.conversation_id}/messages`);
    expect(without.body.data).toMatchObject([{ attachments: [] }, { attachments: [] }, { attachments: [] }]);
  });

  test("shows its file in the thread however many files the person has got since", async () => {
    const { companyId, call, c, headers } = await desk();
    const person = await personWithMail(c);
    const upload = await app.inject({
      method: "POST",
      url: `/v1/attachments?contact_id=${person.id}&filename=old.txt`,
      headers: { ...headers, "content-type": "text/plain" },
      payload: "an old one",
    });
    const mail = { contact_id: person.id, subject: "Old", body: "Here.", attachment_ids: [upload.json().id] };
    const { body } = await call("POST", "/v1/emails", mail);
    await rows(
      db,
      `insert into attachments (company_id, contact_id, filename, mime_type, size_bytes, sha256, storage_key)
       select ${companyId}, ${person.id}, 'newer.txt', 'text/plain', 1, sha256, storage_key
       from attachments, generate_series(1, 101) where id = ${upload.json().id} returning id`,
    );
    const thread = await call("GET", `/v1/conversations/${body.conversation_id}/messages`);
    expect(thread.body.data).toMatchObject([{ attachments: [{ filename: "old.txt" }] }]);
  });

  test("says no as a problem, with what could be done instead", async () => {
    const { call, c } = await desk();
    const server = await smtpDouble({ recipient: () => smtpRefusal(550, "5.1.1 Nobody") });
    await call("POST", "/v1/email-accounts", mailbox(server.port));
    const person = await personWithMail(c);
    const mail = { contact_id: person.id, subject: "Hello", body: "A word." };
    await call("POST", "/v1/emails", mail);
    await sendDue(db, sender);
    expect(await call("POST", "/v1/emails", mail)).toMatchObject({
      status: 409,
      body: { obstacle: "address_suppressed" },
    });
    const list = await call("GET", "/v1/email-suppressions");
    expect(list).toMatchObject({ body: { data: [{ address: person.address, reason: "hard_bounce" }] } });
    expect((await call("DELETE", `/v1/email-suppressions/${person.address}`)).status).toBe(204);
    expect((await call("POST", "/v1/emails", mail)).status).toBe(201);
    expect((await call("POST", "/v1/email-suppressions", { address: "x@y.example" })).body).toMatchObject({
      reason: "manual",
    });
  });

  test("the same Idempotency-Key sends one mail", async () => {
    const { c, headers } = await desk();
    const person = await personWithMail(c);
    const payload = { contact_id: person.id, subject: "Once", body: "A word." };
    const once = () =>
      app.inject({ method: "POST", url: "/v1/emails", headers: { ...headers, "idempotency-key": "k-1" }, payload });
    const [first, second] = [await once(), await once()];
    expect(second.json().id).toBe(first.json().id);
  });

  test("keeps a mail of another company, or of nobody, out of sight", async () => {
    const [one, other] = [await desk(), await desk()];
    const person = await personWithMail(one.c);
    const { body } = await one.call("POST", "/v1/emails", { contact_id: person.id, subject: "Mine", body: "x" });
    for (const path of [`/v1/emails/${body.id}`, `/v1/emails/${body.id}/thread`, `/v1/contacts/${person.id}/emails`])
      expect((await other.call("GET", path)).status).toBe(404);
    expect((await other.call("POST", "/v1/emails", { contact_id: person.id, subject: "x", body: "x" })).status).toBe(
      404,
    );
  });

  test("signs where the account has a key, the way out of marketing included", async () => {
    const { call, c } = await desk();
    const server = await smtpDouble();
    const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const private_key = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
    const dkim = { domain: "clinic.example", selector: "s1", private_key };
    const made = await call("POST", "/v1/email-accounts", { ...mailbox(server.port), dkim });
    expect(made.body.dkim).toEqual({ domain: "clinic.example", selector: "s1", has_key: true });
    const person = await personWithMail(c);
    await call("POST", "/v1/emails", { contact_id: person.id, subject: "Signed", body: "x" });
    await sendDue(db, sender);
    const head = server.mails[0]?.raw.split("\r\n\r\n")[0]?.replace(/\r\n\s+/g, "") ?? "";
    expect(head).toMatch(/DKIM-Signature: v=1;\s*a=rsa-sha256;.*d=clinic\.example;.*s=s1;/);
    expect(head).toMatch(/h=[^;]*message-id/i);
  });
});
