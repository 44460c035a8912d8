import type { Page } from "playwright-core";
import { beforeAll, describe, expect, test } from "vitest";
import { startWorkers } from "../../server/jobs/start-workers.ts";
import { rows } from "../harness/rows.ts";
import { testAppSecret, testEncryptionKey } from "../harness/test-app.ts";
import { noChromium } from "./browser.ts";
import { bubble, row, writeAsCustomer } from "./inbox-journey.ts";
import { type OwnersBrowser, ownersBrowser } from "./owners-browser.ts";

const phone = "+12125550177";

describe.skipIf(noChromium)(`answering in a browser${noChromium ? ` (skipped: ${noChromium})` : ""}`, () => {
  let app: OwnersBrowser["app"];
  let signedIn: OwnersBrowser["signedIn"];

  beforeAll(async () => {
    ({ app, signedIn } = await ownersBrowser());
    const workers = await startWorkers(app.db, {
      encryptionKey: testEncryptionKey,
      appSecret: testAppSecret,
      graphUrl: "http://127.0.0.1:1",
      whatsappApp: undefined,
      filesBucket: undefined,
      smtp: undefined,
      dataDir: app.dataDir,
      publicUrl: undefined,
      allowPrivateWebhooks: true,
      onError: (what, error) => {
        throw new Error(what, { cause: error });
      },
    });
    return () => workers.stop();
  });

  const onPhone = (page: Page, text: string) => page.getByTestId("phone-message").filter({ hasText: text });

  test("an answer goes out, arrives on the phone and is marked read without a reload", async () => {
    const { page, complaints } = await signedIn();
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
    await expect.poll(() => page.getByLabel("Your answer").inputValue()).toBe("");
    expect(await rows(app.db, "select id from messages where origin = 'user'")).toHaveLength(1);
    expect(complaints).toEqual([]);
  });

  test("an answer whose acceptance was not heard of is not called unsent, and goes out once, after a reload too", async () => {
    const { page } = await signedIn();
    await row(page, "Ida Berg").click();
    const answers = "**/v1/conversations/*/messages";
    await page.route(answers, async (route) => {
      if (route.request().method() !== "POST") return route.continue();
      await route.fetch();
      await route.abort("connectionreset");
    });
    const send = async () => {
      await page.getByLabel("Your answer").fill("Bring the papers.");
      await page.getByLabel("Your answer").press("Enter");
    };
    await send();
    await page.getByText("Perhaps not sent", { exact: true }).waitFor();
    expect(await page.getByText("Not sent", { exact: true }).count()).toBe(0);
    await bubble(page, "Bring the papers.").waitFor();
    await page.unroute(answers);

    await page.reload();
    await expect.poll(() => page.getByLabel("Your answer").inputValue()).toBe("Bring the papers.");
    await page.getByLabel("Your answer").press("Enter");
    await expect.poll(() => page.getByLabel("Your answer").inputValue()).toBe("");
    const stored = () => rows(app.db, "select id from messages where text = 'Bring the papers.'");
    await page.waitForResponse((response) => response.url().includes("/send-options"));
    expect(await stored()).toHaveLength(1);

    await send();
    await expect.poll(stored).toHaveLength(2);
  });

  test("text of a script from right to left runs from right to left, whatever it is mixed with", async () => {
    const { page, complaints } = await signedIn();
    await page.getByRole("button", { name: "Phone simulator", exact: true }).click();
    await writeAsCustomer(page, "Ida Berg", phone, "مرحبا بكم Rapport");
    await row(page, "Ida Berg").click();
    const words = bubble(page, "مرحبا بكم Rapport").getByText("مرحبا بكم Rapport");
    const [first, last] = await words.evaluate((element) => {
      const text = element.firstChild;
      const leftOf = (from: number, to: number) => {
        const range = document.createRange();
        if (text) {
          range.setStart(text, from);
          range.setEnd(text, to);
        }
        return range.getBoundingClientRect().left;
      };
      return [leftOf(0, 5), leftOf(10, 17)];
    });
    expect(last).toBeLessThan(first ?? 0);
    expect(complaints).toEqual([]);
  });

  test("a prepared answer is found by its shortcut and filled in for this person", async () => {
    const headers = await app.headers();
    const reply = { shortcut: "hours", title: "Opening hours", text: "Dear {{first_name}}, we open at nine." };
    const made = await app.app.inject({ method: "POST", url: "/v1/quick-replies", headers, payload: reply });
    expect(made.statusCode).toBe(201);
    const { page, complaints } = await signedIn();
    await row(page, "Ida Berg").click();
    await page.getByLabel("Your answer").fill("/ho");
    await page.getByRole("option", { name: /hours/ }).waitFor();
    await page.keyboard.press("Enter");
    await expect.poll(() => page.getByLabel("Your answer").inputValue()).toBe("Dear Ida, we open at nine.");
    await page.getByLabel("Your answer").fill("");
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
    const { page, complaints } = await signedIn();
    await row(page, "Ida Berg").click();
    await page.getByTestId("send-refused").waitFor();
    await expect.poll(() => page.getByLabel("Your answer").count()).toBe(0);
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
    const { page, complaints } = await signedIn({
      viewport: { width: 390, height: 844 },
      isMobile: true,
      hasTouch: true,
      colorScheme: "dark",
    });
    await page.getByRole("button", { name: "Phone", exact: true }).tap();
    await writeAsCustomer(page, "Ida Berg", phone, "Hello again");
    await page.getByRole("link", { name: "Inbox", exact: true }).tap();
    await row(page, "Ida Berg").tap();
    await page.getByLabel("Your answer").fill("Welcome back");
    await page.getByLabel("Send", { exact: true }).tap();
    const fate = page.getByTestId("message-fate");
    await fate.getByText(/^Not delivered/).waitFor();
    await fate.getByRole("button", { name: "Send again" }).tap();
    await bubble(page, "Welcome back")
      .getByLabel(/delivered|read/)
      .waitFor();
    await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    expect(complaints).toEqual([]);
  });
});
