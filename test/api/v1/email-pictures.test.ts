import { expect, test } from "vitest";
import { emailAccount, rawMail } from "../../factories/mail.ts";
import { mailbox } from "../../harness/mailbox.ts";
import { rows } from "../../harness/rows.ts";
import { testApp } from "../../harness/test-app.ts";

const t = await testApp();
const account = await emailAccount(t.db, t.companyId);
const { receive } = await mailbox(t.db, t.companyId, t.dataDir);

/** One pixel. */
const png = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==";

let mails = 0;

async function received(
  html: string,
  part = `Content-Type: image/png\nContent-ID: <logo@sol.example>\n`,
): Promise<number> {
  mails += 1;
  const body = `--r\nContent-Type: text/html\n\n${html}\n--r\n${part}Content-Transfer-Encoding: base64\nContent-Disposition: inline; filename="logo.png"\n\n${png}\n--r--\n`;
  const head = { From: "ana@sol.example", To: "office@clinic.example", "Message-ID": `<p${mails}@sol.example>` };
  await receive(account, rawMail({ ...head, "Content-Type": 'multipart/related; boundary="r"' }, body));
  const [row] = await rows<{ message_id: number }>(t.db, `select max(message_id) as message_id from emails`);
  return row?.message_id ?? 0;
}

async function shown(id: number, images: "blocked" | "shown"): Promise<string> {
  const headers = await t.headers();
  return (await t.app.inject({ url: `/v1/emails/${id}/html?images=${images}`, headers })).body;
}

test("pictures that came with a mail are in its page when pictures are shown", async () => {
  const id = await received('<p>Hi</p><img src="cid:logo@sol.example" alt="Logo" onerror="alert(1)">');
  const page = await shown(id, "shown");
  expect(page).toContain(`<img src="data:image/png;base64,${png}" alt="Logo"`);
  expect(page).not.toContain("onerror");
  expect(await shown(id, "blocked")).not.toContain("data:image");
});

test("a picture that did not come, or is none, is not there", async () => {
  const missing = await received('<img src="cid:other@sol.example" alt="Other">');
  expect(await shown(missing, "shown")).toContain('<img src="" alt="Other"');
  // Judged by its bytes: a name and a type prove nothing.
  const words = Buffer.from("<script>alert(1)</script>").toString("base64");
  const id = await received(
    '<img src="cid:logo@sol.example">',
    "Content-Type: image/png\nContent-ID: <logo@sol.example>\n",
  );
  await rows(t.db, `update attachments set mime_type = 'text/html' where message_id = ${id}`);
  const page = await shown(id, "shown");
  expect(page).not.toContain(words);
  expect(page).toContain('<img src=""');
});

test("another company's mail is not there", async () => {
  const id = await received('<img src="cid:logo@sol.example">');
  const headers = await t.headers("admin", await t.createCompany());
  expect((await t.app.inject({ url: `/v1/emails/${id}/html?images=shown`, headers })).statusCode).toBe(404);
});
