import { afterAll, describe, expect, test } from "vitest";
import { mailAddresses } from "../../../server/channels/email/mail-addresses.ts";
import { getEmail } from "../../../server/domain/email/get-email.ts";
import { type SendEmail, sendEmail } from "../../../server/domain/email/send-email.ts";
import { countVisits } from "../../../server/domain/email/tracking/count-visits.ts";
import { connectMailbox, mailSender, personWithMail } from "../../factories/email-account.ts";
import { eventTypes } from "../../factories/rows.ts";
import { smtpDouble } from "../../fakes/smtp-double.ts";
import { sendDue } from "../../harness/outbox.ts";
import { rows } from "../../harness/rows.ts";
import { testApp, testEncryptionKey } from "../../harness/test-app.ts";

const { app, db, ctx, createCompany } = await testApp();
const publicUrl = "https://app.example";
const sender = mailSender(db, { addresses: mailAddresses({ publicUrl, encryptionKey: testEncryptionKey }) });
afterAll(() => sender.close());

const person = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Safari/605.1.15";

async function sent(extra: Partial<SendEmail> = {}, tracking = { trackOpens: true, trackClicks: true }) {
  const c = ctx(await createCompany());
  const server = await smtpDouble();
  await connectMailbox(c, server.port, tracking);
  const { id, address } = await personWithMail(c);
  const html =
    '<p><a href="https://clinic.example/a?x=1&amp;y=2">One</a> <a href="https://clinic.example/b">Two</a></p>';
  const mail = await sendEmail(c, { contactId: id, subject: "Look", html, origin: "user", ...extra });
  await sendDue(db, sender, () => new Date("2030-06-12T12:00:00Z"));
  // As if it had left a while ago.
  await rows(db, `update messages set accepted_at = now() - interval '1 hour' where id = ${mail.messageId}`);
  // Lines of quoted-printable are joined again.
  const raw = (server.mails[0]?.raw ?? "").replace(/=\r\n/g, "").replaceAll("=3D", "=");
  const paths = (kind: string) => [
    ...new Set(
      [...raw.matchAll(new RegExp(`https://app\\.example(/${kind}/[\\w.-]+)`, "g"))].map(([, path = ""]) => path),
    ),
  ];
  const visits = async () => (await countVisits(c, [mail.messageId])).get(mail.messageId);
  return { c, raw, mail, paths, visits, contactId: id, address };
}

const visit = (url: string, userAgent = person, method: "GET" | "HEAD" | "POST" = "GET") =>
  app.inject({ method, url, headers: { "user-agent": userAgent } });

describe("a tracked link", () => {
  test("leads to the address that was stored, and counts a person once they come", async () => {
    const { c, mail, paths, visits } = await sent();
    const [one = ""] = paths("t");
    const answer = await visit(one);
    expect(answer.statusCode).toBe(302);
    expect(answer.headers.location).toBe("https://clinic.example/a?x=1&y=2");
    expect(answer.headers["cache-control"]).toContain("no-store");
    expect(await visits()).toEqual({ opens: 0, clicks: 1, byMachines: 0 });
    expect(await getEmail(c, mail.messageId)).toMatchObject({ status: "delivered" });
    expect(await eventTypes(db, c.companyId)).toContain("email.link_followed");
  });

  test("is not followed by a HEAD", async () => {
    const { paths, visits } = await sent();
    expect((await visit(paths("t")[0] ?? "", person, "HEAD")).statusCode).toBe(302);
    expect(await visits()).toBeUndefined();
  });

  test("that is guessed or changed leads nowhere", async () => {
    const { paths } = await sent();
    const [one = ""] = paths("t");
    for (const url of [one.replace(/.$/, (end) => (end === "A" ? "B" : "A")), "/t/x", "/t/1.1.AAAAAAAAAAAAAAAAAAAAAA"])
      expect((await visit(url)).statusCode).toBe(404);
  });

  test("knows who follows all of them at once for a machine", async () => {
    const { paths, visits } = await sent();
    for (const path of paths("t").slice(0, 2)) await visit(path);
    expect(await visits()).toEqual({ opens: 0, clicks: 0, byMachines: 2 });
  });
});

describe("an opening", () => {
  test.each([
    ["a person's", person, { opens: 1, clicks: 0, byMachines: 0 }],
    ["Apple's proxy's", "Mozilla/5.0", { opens: 0, clicks: 0, byMachines: 1 }],
    [
      "Gmail's proxy's",
      "Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)",
      { opens: 0, clicks: 0, byMachines: 1 },
    ],
  ])("is %s", async (_whose, userAgent, expected) => {
    const { paths, visits } = await sent();
    const answer = await visit(paths("t").at(-1) ?? "", userAgent);
    expect(answer.headers["content-type"]).toBe("image/gif");
    expect(await visits()).toEqual(expected);
  });

  test("is none by a HEAD", async () => {
    const { c, mail, paths, visits } = await sent();
    const answer = await visit(paths("t").at(-1) ?? "", person, "HEAD");
    expect([answer.statusCode, answer.headers["content-type"], answer.body]).toEqual([200, "image/gif", ""]);
    expect(await visits()).toBeUndefined();
    expect(await getEmail(c, mail.messageId)).not.toMatchObject({ status: "delivered" });
  });

  test("is nobody's business where the account does not ask", async () => {
    const { raw, paths } = await sent({}, { trackOpens: false, trackClicks: false });
    expect(paths("t")).toEqual([]);
    expect(raw).toContain('href="https://clinic.example/b"');
  });
});

describe("the way out of marketing", () => {
  test("stands in the head and in the words of a marketing mail, and in no other", async () => {
    const { raw } = await sent({ purpose: "marketing" });
    expect(raw).toMatch(/List-Unsubscribe: <https:\/\/app\.example\/u\/[\w.-]+>/);
    expect(raw).toContain("List-Unsubscribe-Post: List-Unsubscribe=One-Click");
    expect(raw).toContain("Unsubscribe: https://app.example/u/");
    expect((await sent()).raw).not.toContain("List-Unsubscribe");
  });

  test("asks on GET, acts on POST, and is kept as the person's word", async () => {
    const { c, paths, contactId, address } = await sent({ purpose: "marketing" });
    const [path = ""] = paths("u");
    const page = await visit(path);
    expect(page.body).toContain("<button>Unsubscribe</button>");
    expect(
      await rows(db, `select 1 from contact_consents where contact_id = ${contactId} and channel = 'email'`),
    ).toEqual([]);
    for (const payload of ["List-Unsubscribe=One-Click", "List-Unsubscribe=One-Click"]) {
      const headers = { "content-type": "application/x-www-form-urlencoded" };
      const answer = await app.inject({ method: "POST", url: path, payload, headers });
      expect(answer.statusCode).toBe(200);
      expect(answer.body).toContain("You are unsubscribed");
    }
    expect(
      await rows(
        db,
        `select purpose, state, source from contact_consents where contact_id = ${contactId} and channel = 'email'`,
      ),
    ).toEqual([{ purpose: "marketing", state: "withdrawn", source: "unsubscribe_link" }]);
    expect(await rows(db, `select reason from email_suppressions where address = '${address}'`)).toEqual([
      { reason: "unsubscribed" },
    ]);
    const again = { contactId, subject: "Offer", body: "Buy", origin: "user" } as const;
    await expect(sendEmail(c, { ...again, purpose: "marketing" })).rejects.toMatchObject({
      refusal: { kind: "send_refused" },
    });
    expect(await sendEmail(c, again)).toMatchObject({ status: "queued" });
  });

  test.each([
    ["de-DE", "<button>Abmelden</button>", "Sie sind abgemeldet"],
    ["pt_BR", "<button>Cancelar a inscrição</button>", "A sua inscrição foi cancelada"],
    ["fi", "<button>Unsubscribe</button>", "You are unsubscribed"],
  ])("speaks the company's language: %s", async (locale, button, done) => {
    const { c, paths } = await sent({ purpose: "marketing" });
    await rows(db, `update company_settings set locale = '${locale}' where company_id = ${c.companyId}`);
    const [path = ""] = paths("u");
    expect((await visit(path)).body).toContain(button);
    expect((await visit(path, person, "POST")).body).toContain(done);
  });

  test("takes a form in parts too, and no guess", async () => {
    const { paths } = await sent({ purpose: "marketing" });
    const multipart = { "content-type": "multipart/form-data; boundary=x" };
    const payload = '--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--\r\n';
    expect(
      (await app.inject({ method: "POST", url: paths("u")[0] ?? "", payload, headers: multipart })).statusCode,
    ).toBe(200);
    expect((await visit("/u/1.1.AAAAAAAAAAAAAAAAAAAAAA", person, "POST")).statusCode).toBe(404);
  });
});
