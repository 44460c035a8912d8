import { beforeAll, describe, expect, test } from "vitest";
import { channelProblems } from "../../server/domain/channels/channel-problem.ts";
import { clearChannelProblem, markChannelProblem } from "../../server/domain/channels/mark-channel-problem.ts";
import { rows } from "../harness/rows.ts";
import { noChromium } from "./browser.ts";
import { type OwnersBrowser, ownersBrowser } from "./owners-browser.ts";

describe.skipIf(noChromium)(`a number in trouble in a browser${noChromium ? ` (skipped: ${noChromium})` : ""}`, () => {
  let app: OwnersBrowser["app"];
  let signedIn: OwnersBrowser["signedIn"];

  beforeAll(async () => {
    ({ app, signedIn } = await ownersBrowser());
  }, 120_000);

  const look = { width: 390, height: 844 };

  test.each(["light", "dark"] as const)(
    "is said on a small %s screen while it lasts, and not before",
    async (colorScheme) => {
      const { page, complaints } = await signedIn({ viewport: look, colorScheme });
      const banner = page.getByText("WhatsApp has shut this account");
      await page.getByRole("main").waitFor();
      expect(await banner.count()).toBe(0);
      const [number] = await rows<{ id: number }>(app.db, "select id from channel_accounts limit 1");
      const key = { channelAccountId: number?.id ?? 0, problem: "blocked" } as const;
      const ctx = app.ctx(app.companyId);
      await ctx.transact((tx) => markChannelProblem(tx, { ...key, details: "131031" }));
      await banner.waitFor();
      await page.getByText("let everything work again").waitFor();
      expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(look.width);
      for (const problem of channelProblems) await ctx.transact((tx) => clearChannelProblem(tx, { ...key, problem }));
      await banner.waitFor({ state: "detached" });
      expect(complaints).toEqual([]);
    },
  );
});
