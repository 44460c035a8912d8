import { beforeAll, describe, expect, test } from "vitest";
import { notifyTeamOfMany } from "../../server/domain/notifications/notify-team.ts";
import { tellNotifications } from "../../server/domain/notifications/tell-notifications.ts";
import { messagesOf } from "../factories/messages.ts";
import { personIn } from "../factories/people.ts";
import { noChromium } from "./browser.ts";
import { type OwnersBrowser, ownersBrowser } from "./owners-browser.ts";

describe.skipIf(noChromium)(`the bell in a browser${noChromium ? ` (skipped: ${noChromium})` : ""}`, () => {
  let app: OwnersBrowser["app"];
  let signedIn: OwnersBrowser["signedIn"];

  beforeAll(async () => {
    ({ app, signedIn } = await ownersBrowser());
  });

  async function notify(title: string, contactId: number | null = null): Promise<void> {
    await app.ctx(app.companyId).transact((tx) =>
      notifyTeamOfMany(tx, [
        {
          kind: "lead.assigned",
          title,
          body: "LEAD-001\nSource: website",
          contactId,
          dedupeKey: title,
          happensAt: "2026-11-21T10:00:00Z",
        },
      ]),
    );
    await tellNotifications(app.db, new Date(), 100);
  }

  test("counts at once what comes, opens what it speaks of, and reads one or all, by keyboard alone", async () => {
    const { page, complaints } = await signedIn();
    const contactId = await personIn(app.db, app.companyId, { name: "Jane Smith" });
    await messagesOf(app.db, app.companyId, contactId, [{ direction: "in", sentAt: "2026-11-20T10:00:00Z" }]);
    await notify("New lead for you: Jane Smith", contactId);
    await notify("Another");
    await page.getByRole("button", { name: "Notifications, 2 unread" }).waitFor();
    await page.getByRole("button", { name: "Notifications, 2 unread" }).focus();
    await page.keyboard.press("Enter");
    const item = page.getByRole("button", { name: /New lead for you: Jane Smith/ });
    await item.getByText("A lead was assigned to you").waitFor();
    await item.focus();
    await page.keyboard.press("Enter");
    await page.waitForURL("**/inbox/*");
    await page.getByRole("button", { name: "Notifications, 1 unread" }).click();
    await page.getByRole("button", { name: "Mark all read" }).click();
    await page.getByRole("button", { name: "Notifications", exact: true }).waitFor();
    await page.keyboard.press("Escape");
    expect(complaints).toEqual([]);
  });

  test.each(["light", "dark"] as const)(
    "fits a telephone in %s, where the settings keep what is chosen",
    async (colorScheme) => {
      const { page, complaints } = await signedIn({ viewport: { width: 390, height: 844 }, colorScheme });
      await page.getByRole("button", { name: /^Notifications/ }).click();
      await page.getByRole("button", { name: "Notification settings" }).click();
      const dialog = page.getByRole("dialog", { name: "How you are told" });
      await dialog.getByText("A task's time is over").waitFor();
      const mail = dialog.getByLabel("Mail: Somebody new wrote");
      const wanted = (await mail.inputValue()) === "digest" ? "off" : "digest";
      // Shown at once, and kept when the server says so.
      const kept = page.waitForResponse((answer) => answer.request().method() === "PATCH" && answer.ok());
      await mail.selectOption(wanted);
      await kept;
      const quiet = dialog.getByLabel("Quiet hours");
      // Not check(): that wants the new state within the click, and it comes with the next drawing.
      if (!(await quiet.isChecked())) await quiet.click();
      await dialog.getByLabel("From").waitFor();
      await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
      await page.reload();
      await page.getByRole("button", { name: /^Notifications/ }).click();
      await page.getByRole("button", { name: "Notification settings" }).click();
      await expect.poll(() => dialog.getByLabel("Mail: Somebody new wrote").inputValue()).toBe(wanted);
      expect(complaints).toEqual([]);
    },
  );
});
