import { beforeAll, describe, expect, test } from "vitest";
import { createUser } from "../../server/domain/accounts/create-user.ts";
import { createLead } from "../../server/domain/leads/create-lead.ts";
import { changeRoleReach } from "../../server/domain/reach/role-reach.ts";
import { noChromium } from "./browser.ts";
import { type OwnersBrowser, ownersBrowser } from "./owners-browser.ts";

describe.skipIf(noChromium)(`mentions in a browser${noChromium ? ` (skipped: ${noChromium})` : ""}`, () => {
  let owner: OwnersBrowser;

  beforeAll(async () => {
    owner = await ownersBrowser();
  });

  test("of somebody who does not see the person are said to who writes the note, until the next one", async () => {
    const { app, url, signedIn } = owner;
    const own = app.ctx(app.companyId);
    await createUser(own, { email: "bo@rapport.example", firstName: "Bo", lastName: "Else", role: "salesperson" });
    await changeRoleReach(own, "salesperson", { people: "own" });
    const lead = await createLead(own, { firstName: "Mira" });
    const { page, complaints } = await signedIn();
    await page.goto(`${url}/leads/${lead.id}`);
    await page.getByRole("tab", { name: "Notes" }).click();
    await page.getByRole("button", { name: "New Note" }).click();
    const write = async (text: string) => {
      await page.getByLabel("Note", { exact: true }).fill(text);
      await page.getByRole("button", { name: "Add note" }).click();
      await page.getByRole("listitem").filter({ hasText: text }).waitFor();
    };
    await write("Please look, @Bo");
    const alert = page.getByRole("alert").filter({ hasText: "Not told of it" });
    expect(await alert.textContent()).toBe(
      "The note is saved. Not told of it: Bo Else, whose role does not see this person.",
    );
    await write("About 20 thousand, @Olga please check");
    await alert.waitFor({ state: "detached" });
    expect(complaints).toEqual([]);
  });
});
