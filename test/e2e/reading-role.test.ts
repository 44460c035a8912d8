import type { Page } from "playwright-core";
import { beforeAll, describe, expect, test } from "vitest";
import { createUser } from "../../server/domain/accounts/create-user.ts";
import { createLead } from "../../server/domain/leads/create-lead.ts";
import type { Lead } from "../../server/domain/leads/lead.ts";
import { createNote } from "../../server/domain/notes/write-note.ts";
import { addContactTag } from "../../server/domain/tags/contact-tag.ts";
import { createTask } from "../../server/domain/tasks/create-task.ts";
import { messagesOf } from "../factories/messages.ts";
import { noChromium } from "./browser.ts";
import { section } from "./inbox-journey.ts";
import { type OwnersBrowser, ownersBrowser, password } from "./owners-browser.ts";

/** Tabs and radios only choose what is shown. */
const controls = "button:not([role=tab]):enabled, input:not([type=radio]):enabled, textarea:enabled";

describe.skipIf(noChromium)(`a role that reads in a browser${noChromium ? ` (skipped: ${noChromium})` : ""}`, () => {
  let owner: OwnersBrowser;
  let lead: Lead;

  beforeAll(async () => {
    owner = await ownersBrowser();
    const own = owner.app.ctx(owner.app.companyId);
    await createUser(own, { email: "sol@rapport.example", firstName: "Sol", role: "secretariat", password });
    lead = await createLead(own, { firstName: "Mira", lastName: "Solberg", organization: "Fjord Supplies" });
    const { id: leadId, contactId } = lead;
    await createNote(own, { leadId, contactId, title: "Budget", body: "About 20 thousand" });
    await createTask(own, { leadId, contactId, title: "Send the quote" });
    await addContactTag(own, contactId, { name: "VIP" });
    const sentAt = new Date().toISOString();
    await messagesOf(owner.app.db, owner.app.companyId, contactId, [{ direction: "in", sentAt }]);
  });

  const signedInAsReader = () => owner.signedInAs("sol@rapport.example");

  const offered = (page: Page, region: string) =>
    page
      .getByRole("region", { name: region, exact: true })
      .locator(controls)
      .evaluateAll((found) => found.map((control) => control.getAttribute("aria-label") ?? control.textContent));

  test("sees a lead with all that was said and done, and nothing to change it by", async () => {
    const { page, complaints } = await signedInAsReader();
    await page.goto(`${owner.url}/leads`);
    await page.getByText("Enter opens.").waitFor();
    expect(await page.getByRole("button", { name: "Create Lead" }).count()).toBe(0);
    expect(await page.getByRole("checkbox", { name: /^Choose/ }).count()).toBe(0);
    await page.keyboard.press("n");
    await page.getByRole("link", { name: /Mira Solberg/ }).click();
    await page.getByRole("heading", { name: "Mira Solberg" }).waitFor();
    for (const { tab, shown } of [
      { tab: "Notes", shown: "About 20 thousand" },
      { tab: "Tasks", shown: "Send the quote" },
      { tab: "Calls", shown: "No call yet." },
      { tab: "Emails", shown: "No e-mail yet." },
    ]) {
      await page.getByRole("tab", { name: tab }).click();
      await page.getByRole("region", { name: "Lead", exact: true }).getByText(shown).first().waitFor();
      await section(page, "Files").getByText("No file yet.").waitFor();
      expect(await offered(page, "Lead")).toEqual(["Back to the list", "Open the conversation"]);
    }
    expect(complaints).toEqual([]);
  });

  test("sees a customer's record and a conversation, and answers neither", async () => {
    const { page, complaints } = await signedInAsReader();
    await page.goto(`${owner.url}/customers/${lead.contactId}`);
    await section(page, "Tags").getByText("VIP").waitFor();
    await section(page, "Visits").getByText("No visit yet.").waitFor();
    await section(page, "Notes of the record").getByText("Nothing noted.").waitFor();
    await section(page, "Files").getByText("No file yet.").waitFor();
    expect(await offered(page, "Customer")).toEqual(["Back to the list", "Open the conversation"]);
    await page.getByRole("button", { name: "Open the conversation" }).click();
    await page.getByText("Your role reads conversations and does not answer them.").waitFor();
    const card = page.getByRole("complementary", { name: "Person" });
    const task = card.getByRole("checkbox", { name: /Send the quote/ });
    await task.waitFor();
    expect(await task.isDisabled()).toBe(true);
    expect(await card.getByLabel("Stage").count()).toBe(0);
    expect(await page.getByRole("button", { name: /Phone simulator|Add a file|More about this/ }).count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  test("is told of the keys that do something for it, and of no others", async () => {
    const { page, complaints } = await signedInAsReader();
    await page.getByRole("button", { name: "Keyboard shortcuts" }).click();
    const help = page.getByRole("dialog", { name: "Keyboard shortcuts" });
    await help.getByText("Search").waitFor();
    expect(await help.locator("kbd").allTextContents()).toEqual(["j", "k", "Enter", "Esc", "/", "i", "?"]);
    expect(complaints).toEqual([]);
  });
});
