import { describe, expect, test } from "vitest";
import { getSettings } from "../../../server/domain/accounts/company-settings.ts";
import { updateSettings } from "../../../server/domain/accounts/update-settings.ts";
import { createDeal } from "../../../server/domain/deals/create-deal.ts";
import { personIn } from "../../factories/people.ts";
import { eventsIn } from "../../factories/rows.ts";
import { testDatabase } from "../../harness/test-database.ts";

const { db, ctx, createCompany } = await testDatabase();

describe("a company's settings", () => {
  test("change by what is given, and the journal says how", async () => {
    const company = ctx(await createCompany());
    const after = await updateSettings(company, { currency: "EUR", timeZone: "Europe/Berlin", intakeDeal: false });
    expect(after).toMatchObject({
      currency: "EUR",
      timeZone: "Europe/Berlin",
      intakeDeal: false,
      intakeTask: true,
      version: 2,
    });
    expect(await eventsIn(db, company.companyId)).toMatchObject([
      { type: "settings.updated", before: { currency: "USD" }, after: { currency: "EUR" } },
    ]);
    const contactId = await personIn(db, company.companyId);
    expect(await createDeal(company, { contactId, title: "a" })).toMatchObject({ currency: "EUR" });
  });

  test("stay as they are where nothing differs", async () => {
    const company = ctx(await createCompany());
    expect(await updateSettings(company, { currency: "USD" })).toMatchObject({ version: 1 });
  });

  test("let one of two pass who both edit version 1", async () => {
    const company = ctx(await createCompany());
    const edits = ["EUR", "BRL"].map((currency) => updateSettings(company, { currency }, { ifVersion: 1 }));
    const results = await Promise.allSettled(edits);
    expect(results.filter((result) => result.status === "rejected")).toMatchObject([
      { reason: { refusal: { kind: "precondition_failed" } } },
    ]);
    expect(await getSettings(company)).toMatchObject({ version: 2 });
  });

  test.each([
    [{ timeZone: "Mars/Olympus" }, "timeZone"],
    [{ timeZone: "" }, "timeZone"],
    [{ currency: "euro" }, "currency"],
    [{ locale: "x" }, "locale"],
    [{ defaultCountry: "br" }, "defaultCountry"],
    [{ apiRequestsPerMinute: 0 }, "apiRequestsPerMinute"],
  ])("refuse %o", async (patch, path) => {
    const company = ctx(await createCompany());
    await expect(updateSettings(company, patch)).rejects.toMatchObject({
      refusal: { kind: "invalid", problems: [{ path }] },
    });
    expect(await getSettings(company)).toMatchObject({ version: 1 });
  });
});
