import type { Page } from "playwright-core";
import { beforeAll, describe, expect, test } from "vitest";
import { createUser } from "../../server/domain/accounts/create-user.ts";
import { startWorkers } from "../../server/jobs/start-workers.ts";
import { rows } from "../harness/rows.ts";
import { type TestApp, testApp, testAppSecret, testEncryptionKey } from "../harness/test-app.ts";
import { noChromium, type OpenedPage, openBrowser } from "./browser.ts";
import { buildWeb } from "./build-web.ts";
import { bubble, row, writeAsCustomer } from "./inbox-journey.ts";

const password = "four quiet green boats";
const phone = "+12125550177";

describe.skipIf(noChromium)(`answering in a browser${noChromium ? ` (skipped: ${noChromium})` : ""}`, () => {
  let app: TestApp;
  let url: string;
  let open: Awaited<ReturnType<typeof openBrowser>>;

  beforeAll(async () => {
    await buildWeb();
    app = await testApp();
    await createUser(app.ctx(app.companyId), { email: "owner@rapport.example", role: "admin", password });
    url = await app.listen();
    const workers = await startWorkers(app.db, {
      encryptionKey: testEncryptionKey,
      appSecret: testAppSecret,
      graphUrl: "http://127.0.0.1:1",
      whatsappApp: undefined,
      dataDir: app.dataDir,
      publicUrl: undefined,
      allowPrivateWebhooks: true,
      onError: (what, error) => {
        throw new Error(what, { cause: error });
      },
    });
    open = await openBrowser();
    return () => workers.stop();
  }, 60_000);

  async function inTheInbox(options?: Parameters<typeof open>[0]): Promise<OpenedPage> {
    const opened = await open(options);
    await opened.page.goto(`${url}/sign-in`);
    await opened.page.getByLabel("E-mail").fill("owner@rapport.example");
    await opened.page.getByLabel("Password", { exact: true }).fill(password);
    await opened.page.getByRole("button", { name: "Sign in" }).click();
    await opened.page.waitForURL("**/inbox");
    opened.complaints.length = 0;
    return opened;
  }

  const onPhone = (page: Page, text: string) => page.getByTestId("phone-message").filter({ hasText: text });

  test("an answer goes out, arrives on the phone and is marked read without a reload", async () => {
    const { page, complaints } = await inTheInbox();
    await page.getByRole("button", { name: "Phone simulator", exact: true }).click();
    await writeAsCustomer(page, "Ida Berg", phone, "Do you have time on Monday?");
    await row(page, "Ida Berg").click();
    await bubble(page, "Do you have time on Monday?").waitFor();
    await page
      .getByTestId("send-terms")
      .getByText(/Free|a message/)
      .waitFor();
    await page.keyboard.press("r");
    await page.keyboard.type("Yes, at nine.");
    await page.keyboard.press("Enter");
    await bubble(page, "Yes, at nine.").waitFor();
    await onPhone(page, "Yes, at nine.").waitFor();
    await bubble(page, "Yes, at nine.").getByLabel("read").waitFor();
    expect(await page.getByLabel("Your answer").inputValue()).toBe("");
    expect(await rows(app.db, "select id from messages where origin = 'user'")).toHaveLength(1);
    expect(complaints).toEqual([]);
  });

  test("outside of the window the reason stands there, and a template is chosen, filled in and sent", async () => {
    await app.db.transaction((tx) =>
      tx.run({
        name: "close_window",
        text: "update conversations set window_expires_at = now() - interval '1 hour', last_inbound_at = now() - interval '25 hours'",
        values: [],
      }),
    );
    const { page, complaints } = await inTheInbox();
    await row(page, "Ida Berg").click();
    await page.getByTestId("send-refused").waitFor();
    expect(await page.getByLabel("Your answer").count()).toBe(0);
    await page.getByRole("button", { name: "Choose a template" }).click();
    await page.getByLabel("Find a template").fill("appointment");
    await page
      .getByRole("dialog")
      .getByRole("button", { name: /appointment_reminder/ })
      .first()
      .click();
    await page.getByLabel("Value 1").fill("Ida");
    await page.getByLabel("Value 2").fill("Monday at nine");
    await page.getByRole("figure", { name: "Preview" }).getByText("Monday at nine").waitFor();
    await page.getByRole("dialog").getByRole("button", { name: "Send", exact: true }).click();
    await bubble(page, "Monday at nine").waitFor();
    expect(complaints).toEqual([]);
  });

  test("a failure says why in words and is sent again by one tap, on a small screen", async () => {
    const headers = await app.headers();
    const asked = { kind: "131026", count: 1 };
    const answer = await app.app.inject({ method: "POST", url: "/v1/simulator/failures", headers, payload: asked });
    expect(answer.statusCode).toBe(201);
    const { page, complaints } = await inTheInbox({
      viewport: { width: 390, height: 844 },
      isMobile: true,
      hasTouch: true,
      colorScheme: "dark",
    });
    await page.getByRole("button", { name: "Phone", exact: true }).tap();
    await writeAsCustomer(page, "Ida Berg", phone, "Hello again");
    await page.getByRole("button", { name: "Inbox", exact: true }).tap();
    await row(page, "Ida Berg").tap();
    await page.getByLabel("Your answer").fill("Welcome back");
    await page.getByLabel("Send", { exact: true }).tap();
    const fate = page.getByTestId("message-fate");
    await fate.getByText(/^Not delivered/).waitFor();
    await fate.getByRole("button", { name: "Send again" }).tap();
    await bubble(page, "Welcome back")
      .getByLabel(/delivered|read/)
      .waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    expect(complaints).toEqual([]);
  });
});
