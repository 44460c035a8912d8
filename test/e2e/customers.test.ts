import type { Page } from "playwright-core";
import { beforeAll, describe, expect, test } from "vitest";
import { bookAppointment } from "../../server/domain/appointments/book-appointment.ts";
import { replaceProviderHours } from "../../server/domain/booking/provider-hours.ts";
import { createLocation } from "../../server/domain/booking/write-location.ts";
import { createProvider } from "../../server/domain/booking/write-provider.ts";
import { createService } from "../../server/domain/booking/write-service.ts";
import { createContact } from "../../server/domain/contacts/create-contact.ts";
import { insertSampleTemplates } from "../../server/domain/simulator/sample-templates.ts";
import { rows } from "../harness/rows.ts";
import { noChromium } from "./browser.ts";
import { holdUndo, section } from "./inbox-journey.ts";
import { type OwnersBrowser, ownersBrowser } from "./owners-browser.ts";

const dayMs = 86_400_000;

describe.skipIf(noChromium)(`customers in a browser${noChromium ? ` (skipped: ${noChromium})` : ""}`, () => {
  let signedIn: OwnersBrowser["signedIn"];
  /** Who is booked comes now. */
  let beginVisits: () => Promise<unknown>;
  let bookNext: () => Promise<unknown>;

  beforeAll(async () => {
    const opened = await ownersBrowser();
    signedIn = opened.signedIn;
    const ctx = opened.app.ctx(opened.app.companyId);
    beginVisits = () =>
      rows(
        opened.app.db,
        `update appointments set starts_at = now() - interval '1 hour', ends_at = now(), busy_until = now()
         where company_id = ${opened.app.companyId} and status = 'booked'`,
      );
    await ctx.transact(insertSampleTemplates);
    const { id: serviceId } = await createService(ctx, { name: "Whitening", durationMinutes: 60, price: "220" });
    const { id: locationId } = await createLocation(ctx, { name: "Centre", timeZone: "Europe/Madrid" });
    const offer = { serviceIds: [serviceId], locationIds: [locationId] };
    const { id: providerId } = await createProvider(ctx, { name: "Dr. Pascual", ...offer });
    const week = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, fromMinute: 540, toMinute: 1080, locationId }));
    await replaceProviderHours(ctx, providerId, week);
    const visited = async (name: string, phone: string, daysAgo: number[]) => {
      const { id: contactId } = await createContact(ctx, { name, phone, stage: "customer" });
      for (const days of daysAgo) {
        const startsAt = new Date(Date.now() - days * dayMs).toISOString();
        const where = { contactId, serviceId, providerId, locationId, startsAt, hours: "any" as const };
        await bookAppointment(ctx, { ...where, status: "completed" });
      }
      return contactId;
    };
    const contactId = await visited("Rosa Marín", "+34911000111", [60, 40, 20]);
    await visited("Berta Puig", "+34911000222", [61, 41, 21]);
    bookNext = () => {
      const startsAt = new Date(Date.now() + 9 * dayMs).toISOString();
      return bookAppointment(ctx, { contactId, serviceId, providerId, locationId, startsAt, hours: "any" });
    };
  });

  const openRosa = async (page: Page) => {
    await page.getByRole("link", { name: "Customers" }).first().click();
    await page
      .getByRole("list", { name: "Customers" })
      .getByRole("link", { name: /Rosa Marín/ })
      .click();
    await page.getByRole("heading", { name: "Rosa Marín" }).waitFor();
  };
  const figure = (page: Page, label: string) => page.locator("dl div").filter({ hasText: label }).locator("dd").first();

  test("stand in their lists, and a record shows what their visits come to", async () => {
    const { page, complaints } = await signedIn();
    await openRosa(page);
    await expect.poll(() => figure(page, "Lifetime value").textContent()).toBe("US$660");
    await expect.poll(() => figure(page, "Comes about every").textContent()).toBe("20 days");
    await section(page, "Loyalty").getByText("660 points").waitFor();
    for (const list of ["Repeat", "Due"]) {
      await page.getByText(list, { exact: true }).click();
      await page.waitForURL(`**/*list=${list.toLowerCase()}*`);
      await page
        .getByRole("list", { name: "Customers" })
        .getByRole("link", { name: /Rosa Marín/ })
        .waitFor();
    }
    // By what a proposal would go to her, or why none can.
    await page
      .getByRole("list", { name: "Customers" })
      .getByText(/proposal/i)
      .first()
      .waitFor();
    expect(complaints).toEqual([]);
  });

  test("stand one below the other when a list of as many taller rows follows", async () => {
    const { page, complaints } = await signedIn();
    await openRosa(page);
    const lines = page.getByRole("list", { name: "Customers" }).getByRole("listitem");
    const overlap = async () => {
      const [first, second] = await Promise.all([lines.nth(0).boundingBox(), lines.nth(1).boundingBox()]);
      return first && second ? first.y + first.height - second.y : undefined;
    };
    for (const [list, height] of [
      ["Repeat", 72],
      ["Due", 104],
      ["Repeat", 72],
    ] as const) {
      await page.getByText(list, { exact: true }).click();
      await expect.poll(async () => (await lines.first().boundingBox())?.height).toBe(height);
      await expect.poll(() => overlap()).toBe(0);
    }
    expect(complaints).toEqual([]);
  });

  test("book a visit at a free time, come, and the record counts it; taken back, it does not", async () => {
    const { page, complaints } = await signedIn();
    await openRosa(page);
    await page.getByRole("button", { name: "Book a visit" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByPlaceholder("Choose").first().click();
    await page.getByRole("option", { name: /Whitening/ }).click();
    // Not the first, which may have passed before it is booked.
    await dialog.getByRole("group", { name: "Free times" }).getByRole("button").last().click();
    await dialog.getByRole("button", { name: "Book", exact: true }).click();
    const visit = section(page, "Visits").getByRole("listitem").first();
    await visit.getByText("booked").waitFor();
    await expect.poll(() => figure(page, "Next visit").textContent()).not.toBe("none booked");
    await visit.getByRole("button", { name: /What happened/ }).click();
    await page.getByRole("menuitem", { name: "Cancel" }).waitFor();
    expect(await page.getByRole("menuitem", { name: "Took place" }).count()).toBe(0);
    await page.keyboard.press("Escape");
    await beginVisits();
    await page.reload();
    await visit.getByRole("button", { name: /What happened/ }).click();
    await page.getByRole("menuitem", { name: "Took place" }).click();
    await holdUndo(page);
    await expect.poll(() => figure(page, "Lifetime value").textContent()).toBe("US$880");
    await page.getByRole("button", { name: "Undo" }).click();
    await expect.poll(() => figure(page, "Lifetime value").textContent()).toBe("US$660");
    await visit.getByRole("button", { name: /What happened/ }).click();
    await page.getByRole("menuitem", { name: "Cancel" }).click();
    await section(page, "Visits").getByText("cancelled").waitFor();
    expect(complaints).toEqual([]);
  });

  test("are shown what a proposal would say before it is sent, and are not asked twice", async () => {
    const { page, complaints } = await signedIn();
    await openRosa(page);
    await page.getByRole("button", { name: "Propose a visit" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText("A proposal goes as a WhatsApp template.").waitFor();
    const said = await dialog.getByRole("blockquote").textContent();
    expect(said).toContain("Whitening");
    await dialog.getByRole("button", { name: "Send" }).click();
    await page.waitForURL("**/inbox/*");
    await page
      .getByText(said ?? "-")
      .first()
      .waitFor();
    await openRosa(page);
    await page.getByRole("button", { name: "Propose a visit" }).click();
    await dialog.getByText(/proposal of .* still waits|visit was proposed on/).waitFor();
    expect(await dialog.getByRole("button", { name: "Send" }).count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  test("are characterised: status, tag with a reason, notes, points spent", async () => {
    const { page, complaints } = await signedIn();
    await openRosa(page);
    await page.getByLabel("Customer status").first().click();
    await page.getByRole("option", { name: "VIP" }).click();
    await page.getByRole("combobox", { name: "New tag" }).fill("Prefers mornings");
    await page.getByLabel("Why").fill("Said so twice");
    await page.getByRole("button", { name: "Add", exact: true }).click();
    await section(page, "Tags").getByText("Said so twice").waitFor();
    await section(page, "Tags").getByText("by Olga Ray").waitFor();
    await section(page, "Notes of the record").getByLabel("Notes").fill("Allergic to latex");
    await section(page, "Notes of the record").getByRole("button", { name: "Save" }).click();
    const file = { name: "x-ray.txt", mimeType: "text/plain", buffer: Buffer.from("a picture in words") };
    await section(page, "Files").locator("xpath=..").locator('input[type="file"]').setInputFiles(file);
    await section(page, "Files").getByRole("link", { name: "x-ray.txt" }).waitFor();
    await section(page, "Loyalty").getByLabel("Redeem").fill("100");
    await section(page, "Loyalty").getByRole("button", { name: "Redeem" }).click();
    await section(page, "Loyalty").getByText("560 points").waitFor();
    await page.reload();
    await expect.poll(() => page.getByLabel("Customer status").first().inputValue()).toBe("VIP");
    const notes = section(page, "Notes of the record").getByLabel("Notes");
    await expect.poll(() => notes.inputValue()).toBe("Allergic to latex");
    expect(complaints).toEqual([]);
  });

  test("come at one time, that of the place, for who looks from elsewhere", async () => {
    await bookNext();
    const { page, complaints } = await signedIn({ timezoneId: "America/New_York" });
    await openRosa(page);
    const next = figure(page, "Next visit");
    await expect.poll(() => next.textContent()).toMatch(/GMT\+[12]|CES?T/);
    const said = (await next.textContent()) ?? "-";
    await section(page, "Visits").locator("time").filter({ hasText: said }).waitFor();
    await page.getByRole("button", { name: "Book a visit" }).click();
    await page.getByRole("dialog").getByPlaceholder("Choose").first().click();
    await page.getByRole("option", { name: /Whitening/ }).click();
    await page.getByText("Times of Europe/Madrid, where the visit takes place; you are in America/New_York").waitFor();
    expect(complaints).toEqual([]);
  });

  test("fit a phone in the dark", async () => {
    const { page, complaints } = await signedIn({ viewport: { width: 390, height: 844 }, colorScheme: "dark" });
    await openRosa(page);
    await expect.poll(() => page.evaluate("document.documentElement.scrollWidth")).toBe(390);
    await page.getByRole("button", { name: "Back to the list" }).click();
    await page.getByRole("list", { name: "Customers" }).waitFor();
    expect(complaints).toEqual([]);
  });
});
