import { beforeAll, describe, expect, test } from "vitest";
import { createUser } from "../../server/domain/accounts/create-user.ts";
import { noChromium } from "./browser.ts";
import { holdUndo } from "./inbox-journey.ts";
import { type OwnersBrowser, ownersBrowser } from "./owners-browser.ts";

describe.skipIf(noChromium)(`many leads at once${noChromium ? ` (skipped: ${noChromium})` : ""}`, () => {
  let opened: OwnersBrowser;

  beforeAll(async () => {
    opened = await ownersBrowser();
    const { app, companyId, ctx, headers } = opened.app;
    await createUser(ctx(companyId), {
      email: "noor@rapport.example",
      firstName: "Noor",
      lastName: "V",
      role: "salesperson",
    });
    const open = async (payload: object) =>
      (await app.inject({ method: "POST", url: "/v1/leads", headers: await headers(), payload })).json();
    for (const name of ["Ana", "Bo", "Cid", "Dag"]) await open({ first_name: name, email: `${name}@example.com` });
    // Eve's first lead has ended and she has another: the ended one cannot be opened again.
    const ended = await open({ first_name: "Eve", email: "eve@example.com" });
    const url = `/v1/leads/${ended.id}/stage`;
    await app.inject({ method: "POST", url, headers: await headers(), payload: { stage: "lost" } });
    await open({ first_name: "Eve", email: "eve@example.com" });
  });

  test("are chosen by a range, given to somebody, and taken back", async () => {
    const { page, complaints } = await opened.signedIn();
    await page.goto(`${opened.url}/leads`);
    const tick = (name: string) => page.getByRole("checkbox", { name: `Choose ${name}`, exact: true });
    await tick("Dag").click();
    await tick("Bo").click({ modifiers: ["Shift"] });
    await page.getByText("3 chosen").waitFor();
    await page.getByRole("button", { name: "Assign" }).click();
    await page.getByRole("menuitem", { name: "Noor V" }).click();
    await page.getByText("3 leads given to Noor V.").waitFor();
    await holdUndo(page);
    const given = page.getByRole("list", { name: "Leads" }).getByRole("link").filter({ hasText: "Noor V" });
    await expect.poll(() => given.count()).toBe(3);
    await page.getByText("6 leads shown").waitFor();
    await page.getByRole("button", { name: "Undo" }).click();
    await page.getByText("Taken back for 3 leads.").waitFor();
    await expect.poll(() => given.count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  test("move by keys alone, and what cannot is named with its reason and stays chosen", async () => {
    const { page, complaints } = await opened.signedIn({ viewport: { width: 390, height: 844 }, colorScheme: "dark" });
    await page.goto(`${opened.url}/leads`);
    await page.getByRole("checkbox", { name: "6 leads shown: choose all" }).focus();
    await page.keyboard.press("Space");
    await page.getByText("6 chosen").waitFor();
    await page.getByRole("button", { name: "Move" }).focus();
    await page.keyboard.press("Enter");
    await page.getByRole("menuitem", { name: "Contacted" }).focus();
    await page.keyboard.press("Enter");
    await page.getByText("5 leads moved to Contacted. 1 not changed.").waitFor();
    await page.getByText("LEAD-005: It has ended, and its person has another lead since.").waitFor();
    await page.getByText("1 chosen").waitFor();
    await expect.poll(() => page.evaluate("document.documentElement.scrollWidth")).toBe(390);
    expect(complaints).toEqual([]);
  });

  test("are all that match, loaded or not, and are taken back together", async () => {
    const { app, headers } = opened.app;
    for (let lead = 0; lead < 56; lead += 1)
      await app.inject({
        ...{ method: "POST", url: "/v1/leads", headers: await headers() },
        payload: { first_name: `Fair ${lead}`, stage: "nurture" },
      });
    const { page, complaints } = await opened.signedIn();
    await page.goto(`${opened.url}/leads?stage=nurture`);
    await page.getByRole("checkbox", { name: "50 leads shown: choose all" }).click();
    await page.getByRole("button", { name: "Select all 56 matching" }).click();
    await page.getByText("All 56 matching leads are chosen.").waitFor();
    await page.getByRole("button", { name: "Assign" }).click();
    await page.getByRole("menuitem", { name: "Noor V" }).click();
    await page.getByText("56 leads given to Noor V.").waitFor();
    await holdUndo(page);
    await page.getByRole("button", { name: "Undo" }).click();
    await page.getByText("Taken back for 56 leads.").waitFor();
    expect(complaints).toEqual([]);
  });

  test("found by words are shown to the last one, and only those on the screen are chosen", async () => {
    const { page, complaints } = await opened.signedIn();
    await page.goto(`${opened.url}/leads?q=Fair`);
    await page.getByRole("checkbox", { name: "50 leads shown: choose all" }).click();
    await page.getByText("50 chosen").waitFor();
    expect(await page.getByRole("button", { name: /Select all/ }).count()).toBe(0);
    await page.getByRole("list", { name: "Leads" }).hover();
    const oldest = page.getByRole("link").filter({ hasText: "Fair 0" });
    const scrolled = async () => {
      await page.mouse.wheel(0, 5_000);
      return oldest.count();
    };
    await expect.poll(scrolled).toBe(1);
    expect(complaints).toEqual([]);
  });
});
