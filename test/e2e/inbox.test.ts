import { beforeAll, describe, expect, test } from "vitest";
import { createUser } from "../../server/domain/accounts/create-user.ts";
import { createSignInLink } from "../../server/domain/accounts/sign-in-link.ts";
import { noChromium } from "./browser.ts";
import { bubble, chooseStage, holdUndo, row, section, writeAsCustomer } from "./inbox-journey.ts";
import { type OwnersBrowser, ownersBrowser, password } from "./owners-browser.ts";

const lead =
  "Hi, I'm Nora Lindqvist, CTO at Northwind Logistics. What does the enterprise plan cost? Our budget is $25,000. nora@northwind.example";

describe.skipIf(noChromium)(`the inbox in a browser${noChromium ? ` (skipped: ${noChromium})` : ""}`, () => {
  let app: OwnersBrowser["app"];
  let url: string;
  let open: OwnersBrowser["open"];
  let signedIn: OwnersBrowser["signedIn"];

  beforeAll(async () => {
    ({ app, url, open, signedIn } = await ownersBrowser());
  });

  test("somebody new comes in by the link, sets a password, and the link is spent", async () => {
    const ctx = app.ctx(app.companyId);
    const { id } = await createUser(ctx, { email: "new@rapport.example", role: "manager" });
    const link = `${url}/sign-in/${await ctx.transact((tx) => createSignInLink(tx, id))}`;
    const { page, complaints } = await open();
    await page.goto(link);
    await page.getByLabel("New password").fill(password);
    await page.getByRole("button", { name: "Set password" }).click();
    await page.waitForURL("**/inbox");
    expect(complaints).toEqual([]);

    const second = await open();
    await second.page.goto(link);
    await second.page.getByText("This link does not work any more").waitFor();
    await second.page.getByRole("button", { name: "Sign in with a password" }).click();
    await second.page.waitForURL("**/sign-in");
  });

  test("a customer's message becomes a scored lead, a task and a deal before one's eyes", async () => {
    const { page, complaints } = await signedIn();
    await page.getByRole("button", { name: "Open the phone simulator" }).click();
    await writeAsCustomer(page, "Nora Lindqvist", "+12125550143", lead);
    await row(page, "Nora Lindqvist").click();
    await bubble(page, "enterprise plan").waitFor();
    await expect.poll(() => row(page, "Nora Lindqvist").getByText("unread").count()).toBe(0);
    await page
      .getByTestId("window")
      .getByText(/23 h|24 h/)
      .waitFor();

    await section(page, "Lead score").getByText("Asked about pricing").waitFor();
    await section(page, "Lead score").getByText("What is missing").click();
    await section(page, "Lead score").getByText("Offer a demo").waitFor();
    await section(page, "Tasks").getByRole("checkbox").first().waitFor();
    await section(page, "Deals").getByText("$25,000").waitFor();
    await section(page, "Timeline")
      .getByText(/^Deal opened/)
      .waitFor();
    await section(page, "Details").getByText("nora@northwind.example").waitFor();

    await page.getByLabel("Message as the customer").fill("Could we see a demo on Monday?");
    await page.keyboard.press("Enter");
    await bubble(page, "demo on Monday").waitFor();
    await section(page, "Lead score").getByText("Requested a demo").waitFor();
    expect(complaints).toEqual([]);
  });

  test("a task is ticked and taken back, a stage moved and taken back", async () => {
    const { page, complaints } = await signedIn();
    await row(page, "Nora Lindqvist").click();
    const task = section(page, "Tasks").getByRole("checkbox").first();
    await task.click();
    await page.getByText(/^Done: /).waitFor();
    await holdUndo(page);
    await section(page, "Timeline")
      .getByText(/^Task done/)
      .waitFor();
    await page.getByRole("button", { name: "Undo" }).click();
    await expect
      .poll(() => section(page, "Tasks").getByRole("checkbox", { checked: false }).count())
      .toBeGreaterThan(0);

    const before = await page.getByLabel("Stage").first().inputValue();
    await chooseStage(page, "Customer");
    await holdUndo(page);
    await section(page, "Timeline")
      .getByText(/to Customer$/)
      .waitFor();
    await page.getByRole("button", { name: "Undo" }).click();
    await section(page, "Timeline").getByText(`Moved from Customer to ${before}`).waitFor();
    await expect.poll(() => page.getByLabel("Stage").first().inputValue()).toBe(before);
    expect(complaints).toEqual([]);
  });

  test("the keyboard alone is enough", async () => {
    const { page, complaints } = await signedIn();
    await row(page, "Nora Lindqvist").waitFor();
    await page.keyboard.press("j");
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/inbox\/\d+/);
    await page.keyboard.press("Escape");
    await page.waitForURL("**/inbox");
    await expect.poll(() => row(page, "Nora").evaluate((link) => link === document.activeElement)).toBe(true);

    await page.keyboard.press("/");
    await page.keyboard.type("nobody of this name");
    await page.getByText("Nobody found").waitFor();
    await page.waitForURL((url) => url.searchParams.get("q") === "nobody of this name");
    await page.keyboard.press("Escape");
    await row(page, "Nora Lindqvist").waitFor();

    await page.keyboard.press("?");
    await page.getByRole("dialog", { name: "Keyboard shortcuts" }).waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    expect(complaints).toEqual([]);
  });

  test("on a phone it is list, thread and person, one after the other, and nothing is wider than the screen", async () => {
    const { page, complaints } = await signedIn({
      viewport: { width: 390, height: 844 },
      isMobile: true,
      hasTouch: true,
    });
    await row(page, "Nora Lindqvist").tap();
    await bubble(page, "enterprise plan").waitFor();
    expect(await row(page, "Nora Lindqvist").isVisible()).toBe(false);
    await page.getByRole("button", { name: "The person's card" }).tap();
    await section(page, "Lead score").getByText("Asked about pricing").waitFor();
    await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    await page.goBack();
    await bubble(page, "enterprise plan").waitFor();
    await page.getByRole("button", { name: "Back to the list" }).tap();
    await row(page, "Nora Lindqvist").waitFor();

    await page.getByRole("button", { name: "Phone", exact: true }).tap();
    await expect
      .poll(() => page.getByRole("navigation", { name: "Screens" }).locator("[aria-current]").allInnerTexts())
      .toEqual(["Phone"]);
    await page.getByLabel("Hides the phone number").check();
    await page.getByLabel("Name", { exact: true }).fill("Hidden Person");
    await page.getByRole("button", { name: "Picture" }).tap();
    await page.getByRole("link", { name: "Inbox", exact: true }).tap();
    await row(page, "Hidden Person").tap();
    await page.getByRole("heading", { name: "Hidden Person" }).first().waitFor();
    await bubble(page, "Picture").waitFor();
    expect(complaints).toEqual([]);
  });

  test("while the connection is gone it says so, keeps what was written, and goes on by itself", async () => {
    const { page } = await signedIn();
    await page.getByRole("button", { name: "Phone simulator", exact: true }).click();
    await page.context().setOffline(true);
    await page.getByText("The connection to the server is lost").waitFor();
    await writeAsCustomer(page, "Leo Moreau", "+13055550177", "Is anybody there?");
    await page.getByText(/^Not sent/).waitFor();
    expect(await row(page, "Nora Lindqvist").isVisible()).toBe(true);
    await page.context().setOffline(false);
    await page.getByText("The connection to the server is lost").waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Try again" }).click();
    await row(page, "Leo Moreau").waitFor();
  });

  test("after signing out the inbox asks who one is, and leads back to where one was", async () => {
    const { page } = await signedIn();
    await row(page, "Nora Lindqvist").click();
    await page.waitForURL(/\/inbox\/\d+/);
    const where = page.url();
    await page.getByRole("button", { name: "Your account" }).click();
    await page.getByRole("menuitem", { name: "Sign out" }).click();
    await page.waitForURL("**/sign-in");
    await page.goto(where);
    await page.waitForURL(/\/sign-in\?next=/);
    await page.getByLabel("E-mail").fill("owner@rapport.example");
    await page.getByLabel("Password", { exact: true }).fill("not this one");
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByText("E-mail and password don't match").waitFor();
    await page.getByLabel("Password", { exact: true }).fill(password);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.waitForURL(where);
  });
});
