import { beforeAll, describe, expect, test } from "vitest";
import { noChromium } from "./browser.ts";
import { section } from "./inbox-journey.ts";
import { type OwnersBrowser, ownersBrowser } from "./owners-browser.ts";

describe.skipIf(noChromium)(`leads in a browser${noChromium ? ` (skipped: ${noChromium})` : ""}`, () => {
  let signedIn: OwnersBrowser["signedIn"];
  let url: string;

  beforeAll(async () => {
    ({ signedIn, url } = await ownersBrowser());
  }, 120_000);

  test("are written down, worked on in five tabs, and become a deal once", async () => {
    const { page, complaints } = await signedIn();
    await page.getByRole("link", { name: "Leads" }).first().click();
    await page.getByRole("button", { name: "New lead" }).first().click();
    const dialog = page.getByRole("dialog");
    await dialog.locator(":focus").waitFor();
    await page.keyboard.type("Mira");
    expect(await dialog.getByLabel("First name").inputValue()).toBe("Mira");
    await dialog.getByLabel("Last name").fill("Solberg");
    await dialog.getByLabel("E-mail").fill("mira@example.com");
    await dialog.getByLabel("Organization").fill("Fjord Supplies");
    await dialog.getByLabel("What they need").fill("A quote for twelve offices");
    await dialog.getByRole("button", { name: "Create lead" }).click();
    await page.getByRole("heading", { name: "Mira Solberg" }).waitFor();
    await page.getByRole("paragraph").filter({ hasText: "LEAD-001 · Fjord Supplies" }).waitFor();

    await page.getByRole("tab", { name: "Calls" }).click();
    await page.getByRole("button", { name: "Log a call" }).click();
    await page.getByLabel("Minutes").fill("3.5");
    await page.getByLabel("Outcome").fill("interested");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("3 min 30 s").waitFor();

    await page.getByRole("tab", { name: "Tasks" }).click();
    await page.getByLabel("New task").last().fill("Send the quote");
    await page.getByRole("button", { name: "Add task" }).click();
    await section(page, "Tasks").getByText("Send the quote").waitFor();

    await page.getByRole("tab", { name: "Notes" }).click();
    await page.getByLabel("Title of the note").fill("Budget");
    await page.getByLabel("Note", { exact: true }).fill("About 20 thousand, @Olga please check");
    await page.getByRole("button", { name: "Add note" }).click();
    await page.getByText("About 20 thousand").waitFor();

    await page.getByRole("tab", { name: "Emails" }).click();
    await page.getByRole("button", { name: "New e-mail" }).click();
    expect(await page.getByLabel("To", { exact: true }).inputValue()).toBe("mira@example.com");
    await page.getByLabel("Subject").fill("Your quote");
    await page.getByLabel("Text", { exact: true }).fill("Dear Mira, here it is.");
    await page.getByRole("button", { name: "Send", exact: true }).click();
    await page.getByRole("listitem").filter({ hasText: "Your quote" }).getByText("queued").waitFor();

    await page.getByLabel("Stage", { exact: true }).first().click();
    await page.getByRole("option", { name: "Contacted" }).click();
    await page.getByText("LEAD-001 moved to Contacted.").waitFor();

    await page.getByRole("button", { name: "Convert to deal" }).click();
    await page.getByRole("dialog").getByLabel("Value").fill("20000");
    await page.getByRole("dialog").getByRole("button", { name: "Convert" }).click();
    await page.getByText(/Converted to deal \d+/).waitFor();
    await page.getByRole("tab", { name: "Activity" }).click();
    await section(page, "Timeline")
      .getByText(/^Deal opened/)
      .waitFor();
    expect(complaints).toEqual([]);
  });

  test("are refused with the reason where the person has an open one", async () => {
    const { page } = await signedIn();
    await page.goto(`${url}/leads`);
    await page.getByRole("button", { name: "New lead" }).first().click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("First name").fill("Mira");
    await dialog.getByLabel("E-mail").fill("mira@example.com");
    await dialog.getByRole("button", { name: "Create lead" }).click();
    await dialog
      .getByRole("alert")
      .getByText(/LEAD-001/)
      .waitFor();
  });

  test("are found by words and stage, and the address keeps both", async () => {
    const { page, complaints } = await signedIn({ viewport: { width: 390, height: 844 }, colorScheme: "dark" });
    await page.goto(`${url}/leads`);
    await page.getByLabel("Search leads").fill("solb");
    await page.waitForURL(/q=solb/);
    await page
      .getByRole("list", { name: "Leads" })
      .getByRole("link", { name: /Mira Solberg/ })
      .click();
    await page.getByRole("heading", { name: "Mira Solberg" }).waitFor();
    expect(page.url()).toContain("q=solb");
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(390);
    await page.getByRole("button", { name: "Back to the list" }).click();
    await page.getByLabel("Search leads").fill("nobody at all");
    await page.getByText("No lead found").waitFor();
    expect(complaints).toEqual([]);
  });
});
