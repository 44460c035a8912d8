import type { Page } from "playwright-core";
import { beforeAll, describe, expect, test } from "vitest";
import { listActivities } from "../../server/domain/activities/list-activities.ts";
import { filesOfMails } from "../../server/domain/attachments/files-of-mails.ts";
import { createContact } from "../../server/domain/contacts/create-contact.ts";
import { getDeal } from "../../server/domain/deals/get-deal.ts";
import { emailsOfContact } from "../../server/domain/email/list-emails.ts";
import { createLead } from "../../server/domain/leads/create-lead.ts";
import { getLead } from "../../server/domain/leads/get-lead.ts";
import { leadCode } from "../../server/domain/leads/lead.ts";
import { createOrganization } from "../../server/domain/organizations/create-organization.ts";
import { getOrganization } from "../../server/domain/organizations/get-organization.ts";
import { noChromium } from "./browser.ts";
import { section } from "./inbox-journey.ts";
import { type OwnersBrowser, ownersBrowser } from "./owners-browser.ts";

describe.skipIf(noChromium)(`leads in a browser${noChromium ? ` (skipped: ${noChromium})` : ""}`, () => {
  let signedIn: OwnersBrowser["signedIn"];
  let app: OwnersBrowser["app"];
  let url: string;
  const own = () => app.ctx(app.companyId);

  beforeAll(async () => {
    ({ app, signedIn, url } = await ownersBrowser());
  });

  test("are written down, worked on in five tabs, and become a deal once", async () => {
    const { page, complaints } = await signedIn();
    await page.getByRole("link", { name: "Leads" }).first().click();
    await page.getByRole("button", { name: "Create Lead" }).first().click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("First name").and(page.locator(":focus")).waitFor();
    await page.keyboard.type("Mira");
    await expect.poll(() => dialog.getByLabel("First name").inputValue()).toBe("Mira");
    await dialog.getByLabel("Last name").fill("Solberg");
    await dialog.getByLabel("E-mail").fill("mira@example.com");
    await dialog.getByLabel("Organization").fill("Fjord Supplies");
    await dialog.getByLabel("What they need").fill("A quote for twelve offices");
    await dialog.getByRole("button", { name: "Create Lead" }).click();
    await page.getByRole("heading", { name: "Mira Solberg" }).waitFor();
    await page.getByRole("paragraph").filter({ hasText: "LEAD-001 · Fjord Supplies" }).waitFor();

    await page.getByRole("tab", { name: "Calls" }).click();
    await page.getByRole("button", { name: "Log a call" }).click();
    await page.getByLabel("Minutes").fill("3.5");
    await page.getByLabel("Outcome").fill("interested");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("3 min 30 s").waitFor();

    await page.getByRole("tab", { name: "Tasks" }).click();
    await page.getByRole("button", { name: "New Task" }).click();
    await page.getByRole("form", { name: "New task" }).getByLabel("Title").fill("Send the quote");
    await page.getByRole("button", { name: "Add task" }).click();
    await section(page, "Tasks").getByText("Send the quote").waitFor();

    await page.getByRole("tab", { name: "Notes" }).click();
    await page.getByRole("button", { name: "New Note" }).click();
    await page.getByLabel("Title of the note").fill("Budget");
    await page.getByLabel("Note", { exact: true }).fill("About 20 thousand, @Olga please check");
    await page.getByRole("button", { name: "Add note" }).click();
    const note = page.getByRole("listitem").filter({ hasText: "About 20 thousand" }).first();
    await note.locator('input[type="file"]').setInputFiles({
      ...{ name: "budget.csv", mimeType: "text/csv" },
      buffer: Buffer.from("Year;Budget\n2027;20000\n"),
    });
    await note.getByRole("link", { name: "budget.csv" }).waitFor();

    await page.getByRole("tab", { name: "Emails" }).click();
    await page.getByRole("button", { name: "New Email" }).click();
    await expect.poll(() => page.getByLabel("To", { exact: true }).inputValue()).toBe("mira@example.com");
    await page.getByLabel("Cc", { exact: true }).fill("bo@example.com");
    await page.getByLabel("Subject").fill("Your quote");
    await page.getByLabel("Text", { exact: true }).fill("Dear Mira, here it is.");
    await page
      .getByLabel("New e-mail")
      .locator('input[type="file"]')
      .setInputFiles({
        ...{ name: "quote.txt", mimeType: "text/plain" },
        buffer: Buffer.from("Twelve offices: 20,000"),
      });
    await page.getByRole("link", { name: "quote.txt" }).first().waitFor();
    await page.getByRole("button", { name: "Leave out quote.txt" }).waitFor();
    await page.getByRole("button", { name: "Send", exact: true }).click();
    const mail = page.getByRole("listitem").filter({ hasText: "Your quote" });
    await mail.getByText("queued").waitFor();
    await mail.getByText("to mira@example.com, copied to bo@example.com").waitFor();
    await mail.getByRole("link", { name: "quote.txt" }).waitFor();

    await page.getByLabel("Stage", { exact: true }).first().click();
    await page.getByRole("option", { name: "Contacted" }).click();
    await page.getByText("LEAD-001 moved to Contacted.").waitFor();

    await page.getByRole("button", { name: "Convert to Deal" }).click();
    const organization = page.getByRole("combobox", { name: "Which organization" });
    await expect.poll(() => organization.inputValue()).toBe("Fjord Supplies");
    await page.getByRole("dialog").getByLabel("Value").fill("20000");
    await page.getByRole("dialog").getByRole("button", { name: "Convert", exact: true }).click();
    await page.getByText(/Converted to deal \d+/).waitFor();
    await page.getByRole("tab", { name: "Activity" }).click();
    await section(page, "Timeline")
      .getByText(/^Deal opened/)
      .waitFor();
    expect(complaints).toEqual([]);
  });

  test("are sent no mail while its file is still on the way", async () => {
    const lead = await createLead(own(), { firstName: "Lone", email: "lone@example.com" });
    const { page, complaints } = await signedIn();
    await page.goto(`${url}/leads/${lead.id}?tab=emails`);
    await page.getByRole("button", { name: "New Email" }).click();
    const form = page.getByRole("form", { name: "New e-mail" });
    await form.getByLabel("Text", { exact: true }).fill("Here is the plan.");
    const send = form.getByRole("button", { name: "Send", exact: true });
    await expect.poll(() => send.isEnabled()).toBe(true);
    const held = Promise.withResolvers<void>();
    await page.route("**/v1/attachments?*filename=plan.txt*", (route) => held.promise.then(() => route.continue()));
    const asked = page.waitForRequest("**/v1/attachments?*filename=plan.txt*");
    await form.locator('input[type="file"]').setInputFiles({
      ...{ name: "plan.txt", mimeType: "text/plain" },
      buffer: Buffer.from("The plan"),
    });
    await asked;
    await expect.poll(() => send.isDisabled()).toBe(true);
    held.resolve();
    await form.getByRole("link", { name: "plan.txt" }).waitFor();
    await send.click();
    await page.getByRole("listitem").filter({ hasText: "Here is the plan." }).getByText("queued").waitFor();
    const { items } = await emailsOfContact(own(), { contactId: lead.contactId, limit: 5 });
    const files = await filesOfMails(own(), [items[0]?.messageId ?? 0]);
    expect([...files.values()].flat()).toMatchObject([{ filename: "plan.txt" }]);
    expect(complaints).toEqual([]);
  });

  test("are not written down twice: the one that is there is a link, on a low screen too", async () => {
    const { number } = await createLead(own(), { firstName: "Nia", email: "nia@example.com" });
    const { page } = await signedIn({ viewport: { width: 1280, height: 700 } });
    await page.goto(`${url}/leads`);
    await page.getByRole("button", { name: "Create Lead" }).first().click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("First name").fill("Nia");
    await dialog.getByLabel("E-mail").fill("nia@example.com");
    const create = dialog.getByRole("button", { name: "Create Lead" });
    await create.click();
    const existing = dialog.getByRole("alert").getByRole("link", { name: leadCode(number) });
    await existing.waitFor();
    const { y = 0, height = 0 } = (await create.boundingBox()) ?? {};
    expect(y + height).toBeLessThanOrEqual(700);
    await existing.click();
    await page.getByRole("heading", { name: "Nia" }).waitFor();
    await expect.poll(() => dialog.count()).toBe(0);
  });

  test("are called with a clock that outlasts the page, and the call is logged with its length", async () => {
    const lead = await createLead(own(), { firstName: "Cato", phone: "+4791234567" });
    const { page, complaints } = await signedIn();
    await page.goto(`${url}/leads/${lead.id}?tab=calls`);
    const make = page.getByRole("link", { name: "Make a Call" });
    expect(await make.getAttribute("href")).toBe("tel:+4791234567");
    // No telephone here to answer the link.
    await make.evaluate((link) => link.removeAttribute("href"));
    await page.getByText("Make a Call").click();
    await expect.poll(() => lengthOfCall(page)).toBeGreaterThanOrEqual(4);
    await page.getByRole("link", { name: "Customers" }).first().click();
    await page.goto(`${url}/leads/${lead.id}?tab=calls`);
    // Not begun anew; a second less where the machine's clock has stepped back.
    expect(await lengthOfCall(page)).toBeGreaterThanOrEqual(3);
    await page.getByRole("button", { name: "End Call" }).click();
    const save = page.getByRole("form", { name: "Log a call" }).getByRole("button", { name: "Save" });
    await save.and(page.locator(":focus")).waitFor();
    await page.keyboard.press("Enter");
    await page
      .getByRole("listitem")
      .filter({ hasText: /We called · .* · [\d mins]+ · \+4791234567/ })
      .waitFor();
    const { items } = await listActivities(own(), { contactId: lead.contactId, limit: 5 });
    const call = items.find(({ activityType }) => activityType === "call");
    expect(call).toMatchObject({ leadId: lead.id, direction: "outgoing", status: "completed" });
    expect(call?.durationSeconds).toBeGreaterThanOrEqual(3);
    await make.waitFor();
    expect(complaints).toEqual([]);
  });

  test("become a deal of an organization and a contact that are there already, or of a new organization", async () => {
    const existing = await createOrganization(own(), { name: "Havn Gruppen" });
    const buyer = await createContact(own(), { name: "Ida Buyer", email: "ida@example.com" });
    const [one, other] = [
      await createLead(own(), { firstName: "Dag", organization: "Dags Verksted" }),
      await createLead(own(), { firstName: "Eva" }),
    ];
    const { page, complaints } = await signedIn();
    const dialog = page.getByRole("dialog");
    const choose = async (label: string, words: string) => {
      await dialog.getByRole("combobox", { name: label }).fill(words);
      await page.getByRole("option", { name: new RegExp(words) }).click();
    };
    const converted = async (leadId: number) => {
      await dialog.getByRole("button", { name: "Convert", exact: true }).click();
      await page.getByText(/Converted to deal \d+/).waitFor();
      const { dealId } = await getLead(own(), leadId);
      return getDeal(own(), dealId ?? 0);
    };

    await page.goto(`${url}/leads/${one.id}`);
    await page.getByRole("button", { name: "Convert to Deal" }).click();
    await choose("Which organization", "Havn");
    await dialog.getByText("Existing contact").click();
    await choose("Which contact", "Ida");
    expect(await converted(one.id)).toMatchObject({ organizationId: existing.id, contactId: buyer.id });

    await page.goto(`${url}/leads/${other.id}`);
    await page.getByRole("button", { name: "Convert to Deal" }).click();
    await dialog.getByText("New organization").click();
    await expect.poll(() => dialog.getByRole("button", { name: "Convert", exact: true }).isDisabled()).toBe(true);
    await dialog.getByLabel("Name of the new organization").fill("Evas Bakeri");
    const { organizationId, contactId } = await converted(other.id);
    expect(contactId).toBe(other.contactId);
    expect(await getOrganization(own(), organizationId ?? 0)).toMatchObject({ name: "Evas Bakeri" });
    expect(complaints).toEqual([]);
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
    await expect.poll(() => page.evaluate("document.documentElement.scrollWidth")).toBe(390);
    await page.getByRole("button", { name: "Back to the list" }).click();
    await page.getByLabel("Search leads").fill("nobody at all");
    await page.getByText("No lead found").waitFor();
    expect(complaints).toEqual([]);
  });
});

/** In seconds, as its clock says. */
async function lengthOfCall(page: Page): Promise<number> {
  const [minutes = 0, seconds = 0] = ((await page.getByRole("timer").textContent()) ?? "").split(":").map(Number);
  return minutes * 60 + seconds;
}
