import { beforeAll, describe, expect, test } from "vitest";
import { createUser } from "../../server/domain/accounts/create-user.ts";
import { rows } from "../harness/rows.ts";
import { noChromium } from "./browser.ts";
import { type OwnersBrowser, ownersBrowser, password } from "./owners-browser.ts";

describe.skipIf(noChromium)(`settings in a browser${noChromium ? ` (skipped: ${noChromium})` : ""}`, () => {
  let opened: OwnersBrowser;
  let url: string;

  beforeAll(async () => {
    opened = await ownersBrowser();
    url = opened.url;
  });

  test("somebody is invited, comes by the link with a password of their own, and sees only what is theirs", async () => {
    const { page, complaints } = await opened.signedIn();
    await page.getByRole("button", { name: "Your account" }).click();
    await page.getByRole("menuitem", { name: "Settings" }).click();
    await page.getByRole("link", { name: "Members" }).click();
    await page.getByRole("button", { name: "Invite somebody" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("E-mail").fill("noor@rapport.example");
    await dialog.getByRole("button", { name: "Send the invitation" }).click();
    await dialog.getByText(/No e-mail account that sends is connected/).waitFor();
    const link = await dialog.getByLabel("Link of the invitation", { exact: true }).inputValue();
    await dialog.getByRole("button", { name: "Done" }).click();
    await page.getByRole("list", { name: "Open invitations" }).getByText("noor@rapport.example").waitFor();

    const guest = await opened.open({ viewport: { width: 390, height: 844 }, colorScheme: "dark" });
    await guest.page.goto(link);
    await guest.page.getByText(/invites you as salesperson/).waitFor();
    await guest.page.getByLabel("First name").fill("Noor");
    await guest.page.getByLabel("Last name").fill("Velasco");
    await guest.page.getByLabel("Password", { exact: true }).fill("six paper lanterns here");
    await guest.page.getByRole("button", { name: /^Join/ }).click();
    await guest.page.waitForURL("**/inbox");
    await guest.page.goto(`${url}/settings`);
    const areas = guest.page.getByRole("navigation", { name: "Settings" }).getByRole("link");
    await areas.first().waitFor();
    expect(await areas.allTextContents()).toEqual(["You"]);
    await guest.page.goto(`${url}/settings/members`);
    await guest.page.getByText("Nothing for you here").waitFor();
    await expect.poll(() => guest.page.evaluate("document.documentElement.scrollWidth")).toBe(390);
    expect(guest.complaints).toEqual([]);

    await page.reload();
    const member = page
      .getByRole("list", { name: "Members" })
      .getByRole("listitem")
      .filter({ hasText: "Noor Velasco" });
    await member.getByLabel("Role of Noor Velasco").click();
    await page.getByRole("option", { name: "Manager" }).click();
    await page.getByText("Noor Velasco is Manager now.").waitFor();
    expect(await page.getByRole("list", { name: "Open invitations" }).count()).toBe(0);
    await guest.page.goto(link);
    await guest.page.getByText("This invitation does not work any more").waitFor();
    expect(complaints).toEqual([]);
  });

  test("a form is made, shared, filled in by a stranger, and becomes a lead", async () => {
    const { page, complaints } = await opened.signedIn();
    await page.goto(`${url}/settings/forms`);
    await page.getByText("No form yet").waitFor();
    await page.getByRole("button", { name: "New form" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Name of the form").fill("Ask for a quote");
    await dialog.getByRole("button", { name: "Add a field" }).click();
    await dialog.getByLabel("Question 4", { exact: true }).fill("Company");
    await dialog.getByLabel("What question 4 fills").selectOption("company");
    await dialog.getByLabel("What they agree to").fill("You may write to me about this.");
    await dialog.getByLabel("Nothing is taken without the tick").check();
    await dialog.getByRole("button", { name: "Create form" }).click();
    const address = await page.getByRole("dialog").getByLabel("Link", { exact: true }).inputValue();
    expect(await page.getByRole("dialog").getByLabel("On your own page", { exact: true }).inputValue()).toContain(
      `src="${address}"`,
    );

    const stranger = await opened.open();
    await stranger.page.goto(address);
    await stranger.page.getByLabel("Your name").fill("Ines Duarte");
    await stranger.page.getByLabel("E-mail").fill("ines@people.example");
    await stranger.page.getByLabel("Company").fill("Duarte Lda");
    await stranger.page.getByLabel("You may write to me about this.").check();
    await stranger.page.getByRole("button", { name: "Send" }).click();
    await stranger.page.getByText("Thank you").waitFor();

    await page.goto(`${url}/leads`);
    await page.getByRole("list", { name: "Leads" }).getByRole("link").filter({ hasText: "Ines Duarte" }).waitFor();
    await page.goto(`${url}/settings/forms`);
    await page.getByRole("switch", { name: "Ask for a quote takes submissions" }).press("Space");
    await expect
      .poll(async () => (await opened.app.app.inject({ url: new URL(address).pathname })).statusCode)
      .toBe(404);
    expect(complaints).toEqual([]);
  });

  test("keys and secrets are shown once, and what is refused says why", async () => {
    const { page } = await opened.signedIn({ viewport: { width: 390, height: 844 } });
    await page.goto(`${url}/settings/api-keys`);
    await page.getByRole("button", { name: "New key" }).click();
    await page.getByRole("dialog").getByLabel("What it is for").fill("Web shop");
    await page.getByRole("dialog").getByRole("button", { name: "Make the key" }).click();
    const key = await page.getByRole("dialog").getByLabel("Key “Web shop”", { exact: true }).inputValue();
    const asks = () => opened.app.app.inject({ url: "/v1/leads", headers: { authorization: `Bearer ${key}` } });
    expect((await asks()).statusCode).toBe(200);
    await page.getByRole("button", { name: "Done" }).click();
    await page.getByRole("button", { name: "Revoke" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Revoke" }).click();
    await page.getByText("revoked", { exact: true }).waitFor();
    expect((await asks()).statusCode).toBe(401);

    await page.goto(`${url}/settings/webhooks`);
    await page.getByRole("button", { name: "New webhook" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Address").fill("http://127.0.0.1:9/hooks");
    await dialog.getByRole("button", { name: "Add the webhook" }).click();
    await dialog.getByRole("alert").waitFor();
    await dialog.getByLabel("Address").fill("https://shop.example/hooks");
    await dialog.getByRole("button", { name: "Add the webhook" }).click();
    expect(await dialog.getByLabel("Secret", { exact: true }).inputValue()).toMatch(/^whsec_/);
    await dialog.getByRole("button", { name: "Done" }).click();
    await page.getByRole("button", { name: "Test" }).click();
    await page.getByRole("region", { name: "Deliveries" }).getByText("webhook.tested").waitFor();
    await expect.poll(() => page.evaluate("document.documentElement.scrollWidth")).toBe(390);
  });

  test("a webhook that was switched off says at its return what it missed, and sends it", async () => {
    const headers = await opened.app.headers();
    const post = async (path: string, payload: object) =>
      (await opened.app.app.inject({ method: "POST", url: path, headers, payload })).json();
    const address = "https://gone.example/hooks";
    const { id } = await post("/v1/webhooks", { url: address, event_types: ["organization.created"] });
    await rows(
      opened.app.db,
      `update webhook_endpoints set disabled_at = now() - interval '1 second', disabled_reason = 'gone' where id = ${id} returning id`,
    );
    await post("/v1/organizations", { name: "Missed Roofs" });
    const { page, complaints } = await opened.signedIn();
    await page.goto(`${url}/settings/webhooks`);
    const webhook = page.getByRole("listitem").filter({ hasText: address });
    await webhook.getByText(/It answered that it is gone/).waitFor();
    const test = webhook.getByRole("button", { name: "Test" });
    expect(await test.count()).toBe(0);
    await webhook.getByRole("button", { name: `More for ${address}` }).click();
    await page.getByRole("menuitem", { name: "Resume" }).click();
    await webhook.getByText("One event was missed meanwhile.").waitFor();
    await test.waitFor();
    await webhook.getByRole("button", { name: "Send them" }).click();
    await page.getByText("One event is on its way.").waitFor();
    await webhook.getByText("One event was missed meanwhile.").waitFor({ state: "detached" });
    expect(complaints).toEqual([]);
  });

  test("teams are made, and what a role sees changes at once", async () => {
    const { page, complaints } = await opened.signedIn();
    await page.goto(`${url}/settings/teams`);
    await page.getByRole("button", { name: "New team" }).click();
    await page.getByRole("dialog").getByLabel("Name").fill("North");
    await page.getByRole("dialog").getByRole("combobox", { name: "Members" }).click();
    await page.getByRole("option", { name: "Olga Ray" }).click();
    await page.keyboard.press("Tab");
    await page.getByRole("dialog").getByRole("button", { name: "Save" }).click();
    await page.getByRole("list", { name: "Teams" }).getByText("1 member: Olga Ray").waitFor();

    await page.goto(`${url}/settings/roles`);
    const role = page.getByRole("group", { name: "Salesperson" });
    await role.getByText("Their teams’").click();
    await role.getByRole("switch", { name: "Hide phone numbers" }).press("Space");
    const kept = async () => {
      const headers = await opened.app.headers();
      const { data } = (await opened.app.app.inject({ url: "/v1/settings/roles", headers })).json();
      return data.find((reach: { role: string }) => reach.role === "salesperson");
    };
    await expect.poll(kept).toMatchObject({ people: "team", phones: "masked" });
    expect(complaints).toEqual([]);
  });

  test("a manager sets forms and webhooks, and nothing else that is the company's", async () => {
    const { app, companyId, ctx } = opened.app;
    const email = "mona@rapport.example";
    await createUser(ctx(companyId), { email, firstName: "Mona", role: "manager", password });
    const { page, complaints } = await opened.signedInAs(email);
    await page.goto(`${url}/settings`);
    const areas = page.getByRole("navigation", { name: "Settings" }).getByRole("link");
    await areas.first().waitFor();
    expect(await areas.allTextContents()).toEqual(["You", "Forms", "Webhooks"]);

    await areas.filter({ hasText: "Forms" }).click();
    await page.getByRole("button", { name: "New form" }).click();
    await page.getByRole("dialog").getByLabel("Name of the form").fill("Call me back");
    await page.getByRole("dialog").getByRole("button", { name: "Create form" }).click();
    const address = await page.getByRole("dialog").getByLabel("Link", { exact: true }).inputValue();
    expect((await app.inject({ url: new URL(address).pathname })).statusCode).toBe(200);

    await page.goto(`${url}/settings/webhooks`);
    await page.getByRole("button", { name: "New webhook" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Address").fill("https://stock.example/hooks");
    await dialog.getByRole("button", { name: "Add the webhook" }).click();
    await dialog.getByLabel("Secret", { exact: true }).waitFor();
    await page.goto(`${url}/settings/mail`);
    await page.getByText("Nothing for you here").waitFor();
    expect(complaints).toEqual([]);
  });
});
