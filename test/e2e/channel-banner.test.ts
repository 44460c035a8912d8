import { afterEach, beforeAll, describe, expect, test } from "vitest";
import { channelProblems } from "../../server/domain/channels/channel-problem.ts";
import { clearChannelProblem, markChannelProblem } from "../../server/domain/channels/mark-channel-problem.ts";
import { rows } from "../harness/rows.ts";
import { noChromium } from "./browser.ts";
import { type OwnersBrowser, ownersBrowser } from "./owners-browser.ts";

describe.skipIf(noChromium)(`a number in trouble in a browser${noChromium ? ` (skipped: ${noChromium})` : ""}`, () => {
  let app: OwnersBrowser["app"];
  let url: OwnersBrowser["url"];
  let signedIn: OwnersBrowser["signedIn"];

  beforeAll(async () => {
    ({ app, url, signedIn } = await ownersBrowser());
  });

  const look = { width: 390, height: 844 };
  const trouble = "WhatsApp has shut this account";

  async function mark(): Promise<void> {
    const channelAccountId = await ownNumber();
    await app
      .ctx(app.companyId)
      .transact((tx) => markChannelProblem(tx, { channelAccountId, problem: "blocked", details: "131031" }));
  }

  async function clear(): Promise<void> {
    const channelAccountId = await ownNumber();
    for (const problem of channelProblems)
      await app.ctx(app.companyId).transact((tx) => clearChannelProblem(tx, { channelAccountId, problem }));
  }

  async function ownNumber(): Promise<number> {
    const [number] = await rows<{ id: number }>(app.db, "select id from channel_accounts limit 1");
    return number?.id ?? 0;
  }

  afterEach(clear);

  test.each(["light", "dark"] as const)(
    "is said on a small %s screen while it lasts, and not before",
    async (colorScheme) => {
      const { page, complaints } = await signedIn({ viewport: look, colorScheme });
      const banner = page.getByText(trouble);
      await page.getByRole("main").waitFor();
      expect(await banner.count()).toBe(0);
      await mark();
      await banner.waitFor();
      await page.getByText("let everything work again").waitFor();
      await expect.poll(() => page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(look.width);
      await clear();
      await banner.waitFor({ state: "detached" });
      expect(complaints).toEqual([]);
    },
  );

  test("is said although it began after the page had asked and before the stream was open", async () => {
    const { page } = await signedIn();
    await page.goto("about:blank");
    const held = Promise.withResolvers<void>();
    await page.route("**/v1/live", (route) => held.promise.then(() => route.continue()));
    const asked = page.waitForResponse("**/v1/channel-accounts*");
    const [listening] = await Promise.all([page.waitForRequest("**/v1/live"), page.goto(url)]);
    await asked;
    await mark();
    held.resolve();
    // Besides the banner, because polling would find it too, half a minute later.
    expect(await listening.headerValue("last-event-id")).toMatch(/^\d+\.0$/);
    await page.getByText(trouble).waitFor();
  });
});
