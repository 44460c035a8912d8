import { beforeAll, describe, expect, test } from "vitest";
import { emailAccount, rawMail } from "../factories/mail.ts";
import { mailbox } from "../harness/mailbox.ts";
import { noChromium } from "./browser.ts";
import { bubble, row } from "./inbox-journey.ts";
import { type OwnersBrowser, ownersBrowser } from "./owners-browser.ts";

const pixel = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

describe.skipIf(noChromium)(`a mail's pictures${noChromium ? ` (skipped: ${noChromium})` : ""}`, () => {
  let opened: OwnersBrowser;

  beforeAll(async () => {
    opened = await ownersBrowser();
    const { db, companyId } = opened.app;
    const account = await emailAccount(db, companyId);
    const { receive } = await mailbox(db, companyId);
    const head = { From: "Rosa Ibarra <rosa@sol.example>", To: "office@clinic.example", Subject: "Our brochure" };
    const type = { "Content-Type": "text/html; charset=utf-8", "Message-ID": "<brochure@sol.example>" };
    const html =
      '<h1>What we offer</h1><img src="https://pictures.example/cat.png" alt="A cat" width="40" height="40">';
    await receive(account, rawMail({ ...head, ...type }, html));
  });

  test("and other files that came with it stand below its words, in the inbox too", async () => {
    const { db, companyId } = opened.app;
    const account = await emailAccount(db, companyId, "files@clinic.example");
    const { receive } = await mailbox(db, companyId);
    const head = { From: "Bo Files <bo@sol.example>", To: "files@clinic.example", Subject: "The plan" };
    const part =
      'Content-Type: text/plain; name="plan.txt"\nContent-Disposition: attachment; filename="plan.txt"\n\nA plan';
    const type = { "Content-Type": 'multipart/mixed; boundary="b"', "Message-ID": "<plan@sol.example>" };
    await receive(account, rawMail({ ...head, ...type }, `--b\n\nSee the plan.\n--b\n${part}\n--b--\n`));
    const { page, complaints } = await opened.signedIn();
    await row(page, "Bo Files").click();
    await bubble(page, "See the plan.").getByRole("link", { name: "plan.txt" }).waitFor();
    expect(complaints).toEqual([]);
  });

  test("stay away until they are asked for, mail by mail", async () => {
    const { page, complaints } = await opened.signedIn({ viewport: { width: 390, height: 844 } });
    const asked: string[] = [];
    await page.route("https://pictures.example/**", (route) => {
      asked.push(route.request().url());
      return route.fulfill({ contentType: "image/png", body: pixel });
    });
    await row(page, "Rosa Ibarra").click();
    await bubble(page, "Our brochure").getByRole("button", { name: "Show as it was sent" }).click();
    const mail = page.frameLocator('iframe[title="Our brochure"]');
    await mail.getByText("[A cat]").waitFor();
    expect(asked).toEqual([]);
    await page.getByRole("switch", { name: "Show pictures" }).press("Space");
    await mail.getByRole("img", { name: "A cat" }).waitFor();
    expect(asked).toEqual(["https://pictures.example/cat.png"]);
    await expect.poll(() => page.evaluate("document.documentElement.scrollWidth")).toBe(390);
    await page.getByRole("button", { name: "Show the words" }).click();
    await bubble(page, "WHAT WE OFFER").waitFor();
    expect(complaints).toEqual([]);
  });
});
