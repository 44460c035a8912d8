import { describe, expect, test } from "vitest";
import { rotateInboundSecret } from "../../../server/domain/email/received/rotate-inbound-secret.ts";
import { emailAccount, rawMail } from "../../factories/mail.ts";
import { mailbox } from "../../harness/mailbox.ts";
import { count, rows } from "../../harness/rows.ts";
import { testApp } from "../../harness/test-app.ts";

const { app, db, ctx, companyId, headers } = await testApp();
const account = await emailAccount(db, companyId);
const { drain } = await mailbox(db, companyId);
const secret = await rotateInboundSecret(ctx(companyId), account);

const mail = (id: string, more: Record<string, string> = {}, body = "Hello") =>
  rawMail(
    {
      From: `${id}@sol.example`,
      To: "office@clinic.example",
      Subject: "Hi",
      "Message-ID": `<${id}@sol.example>`,
      ...more,
    },
    body,
  );

const post = (payload: Buffer | string, type: string, key = secret) =>
  app.inject({ method: "POST", url: `/hooks/email/${key}`, payload, headers: { "content-type": type } });

const form = (field: string, raw: Buffer) =>
  Buffer.concat([
    Buffer.from(
      `--f\r\nContent-Disposition: form-data; name="to"\r\n\r\noffice@clinic.example\r\n--f\r\nContent-Disposition: form-data; name="${field}"\r\n\r\n`,
    ),
    raw,
    Buffer.from("\r\n--f--\r\n"),
  ]);

describe("a mail posted to the hook", () => {
  test.each([
    ["message/rfc822", (raw: Buffer) => raw],
    ["application/octet-stream", (raw: Buffer) => raw],
    ['multipart/form-data; boundary="f"', (raw: Buffer) => form("email", raw)],
    ["multipart/form-data; boundary=f", (raw: Buffer) => form("body-mime", raw)],
    [
      "application/x-www-form-urlencoded",
      (raw: Buffer) => new URLSearchParams({ "body-mime": raw.toString() }).toString(),
    ],
    ["application/json", (raw: Buffer) => JSON.stringify({ raw: raw.toString("base64") })],
  ])("as %s is stored, then read", async (type, wrap) => {
    const id = `hook-${type.replaceAll(/\W/g, "")}`.slice(0, 40);
    const answer = await post(wrap(mail(id, {}, "Grüße\n--f is no boundary")), type);
    expect([answer.statusCode, answer.json()]).toEqual([200, { status: "stored" }]);
    await drain();
    expect(await rows(db, `select text from messages where provider_id = '${id}@sol.example'`)).toEqual([
      { text: "Grüße\n--f is no boundary" },
    ]);
  });

  test("with a wrong secret is refused, and nothing is kept", async () => {
    const before = await count(db, "inbound_deliveries");
    expect((await post(mail("guess"), "message/rfc822", "mail_wrong")).statusCode).toBe(404);
    expect(await count(db, "inbound_deliveries")).toBe(before);
  });

  test("that is none, or too large, is refused", async () => {
    expect((await post("", "message/rfc822")).statusCode).toBe(400);
    expect((await post("{}", "application/json")).statusCode).toBe(400);
    expect((await post("{", "application/json")).statusCode).toBe(400);
    expect((await post(Buffer.alloc(26 * 1024 * 1024, 65), "message/rfc822")).statusCode).toBe(413);
    expect((await post(Buffer.alloc(40 * 1024 * 1024, 65), "message/rfc822")).statusCode).toBe(413);
  });
});

describe("the address to post to", () => {
  test("is made by an admin, and makes the one before void", async () => {
    const second = await emailAccount(db, companyId, "second@clinic.example");
    const url = `/v1/email-accounts/${second}/inbound-address`;
    const address = async () => (await app.inject({ method: "POST", url, headers: await headers() })).json();
    const [old, fresh] = [await address(), await address()];
    const to = (path: unknown) =>
      app.inject({
        method: "POST",
        url: String(path),
        payload: mail("addr"),
        headers: { "content-type": "message/rfc822" },
      });
    expect((await to(old.path)).statusCode).toBe(404);
    expect((await to(fresh.path)).statusCode).toBe(200);
    expect((await app.inject({ method: "POST", url, headers: await headers("salesperson") })).statusCode).toBe(403);
    expect(
      (await app.inject({ method: "POST", url: "/v1/email-accounts/999999/inbound-address", headers: await headers() }))
        .statusCode,
    ).toBe(404);
  });
});

describe("a mail's HTML given out", () => {
  test("is cleaned in the list and on its own page, which a browser boxes in", async () => {
    const html = '<p>Hi <script>alert(1)</script><img src="https://x.example/a.png" alt="Logo"></p>';
    await post(mail("html", { "Content-Type": "text/html" }, html), "message/rfc822");
    await drain();
    const [row] = await rows(db, "select id from messages where provider_id = 'html@sol.example'");
    const admin = await headers();
    const one = await app.inject({ url: `/v1/emails/${Number(row?.id)}`, headers: admin });
    expect(one.json()).toMatchObject({ html: "<p>Hi <span>[Logo]</span></p>" });
    const page = await app.inject({ url: `/v1/emails/${Number(row?.id)}/html`, headers: admin });
    expect(page.headers["content-type"]).toBe("text/html; charset=utf-8");
    expect(page.headers["content-security-policy"]).toContain("default-src 'none'; img-src data:;");
    expect(page.headers["content-security-policy"]).toContain("sandbox");
    expect(page.body).toContain("<p>Hi <span>[Logo]</span></p>");
    const shown = await app.inject({ url: `/v1/emails/${Number(row?.id)}/html?images=shown`, headers: admin });
    expect(shown.body).toContain('src="https://x.example/a.png"');
    expect((await app.inject({ url: `/v1/emails/${Number(row?.id)}/html` })).statusCode).toBe(401);
  });
});
