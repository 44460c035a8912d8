import type { Page } from "playwright-core";
import { beforeAll, describe, expect, test } from "vitest";
import { simulatorTransport } from "../../server/channels/simulator/simulator-transport.ts";
import { createUser } from "../../server/domain/accounts/create-user.ts";
import { changeRoleReach } from "../../server/domain/reach/role-reach.ts";
import { startSimulatorWorker } from "../../server/jobs/simulator-worker.ts";
import type { Json } from "../../shared/json.ts";
import { rows } from "../harness/rows.ts";
import { testAppSecret } from "../harness/test-app.ts";
import { noChromium } from "./browser.ts";
import { bubble, row, writeAsCustomer } from "./inbox-journey.ts";
import { type OwnersBrowser, ownersBrowser, password } from "./owners-browser.ts";

const to = "+12125550161";

describe.skipIf(noChromium)(`the simulated phone in a browser${noChromium ? ` (skipped: ${noChromium})` : ""}`, () => {
  let app: OwnersBrowser["app"];
  let signedIn: OwnersBrowser["signedIn"];
  let signedInAs: OwnersBrowser["signedInAs"];

  beforeAll(async () => {
    ({ app, signedIn, signedInAs } = await ownersBrowser());
    const worker = startSimulatorWorker(app.db, {
      appSecret: testAppSecret,
      pollMs: 100,
      onStored: () => {},
      onError: (error) => {
        throw error;
      },
    });
    return () => worker.stop();
  });

  function send(body: { [key: string]: Json }) {
    const transport = simulatorTransport({ db: app.db, appSecret: testAppSecret });
    const path = `/sim-${app.companyId}/messages`;
    return transport.call({ method: "POST", path, body: { messaging_product: "whatsapp", to, ...body } });
  }

  const onPhone = (page: Page, text: string) => page.getByTestId("phone-message").filter({ hasText: text });

  test("a template's button is tapped, and the answer stands in the inbox with what it answers", async () => {
    const { page, complaints } = await signedIn();
    await page.getByRole("button", { name: "Phone simulator", exact: true }).click();
    await writeAsCustomer(page, "Ida Berg", to, "Hello, I have a question");
    await row(page, "Ida Berg").click();
    const parameters = [
      { type: "text", text: "Ida" },
      { type: "text", text: "Monday" },
    ];
    const components = [{ type: "body", parameters }];
    const template = { name: "appointment_reminder", language: { code: "en_US" }, components };
    expect((await send({ type: "template", template })).status).toBe(200);
    await onPhone(page, "we are looking forward to seeing you on Monday").waitFor();
    await page.getByRole("button", { name: "Yes, I will come" }).click();
    await bubble(page, "Yes, I will come").waitFor();
    // Looked at on the phone, so it counts as read.
    const read = () => rows(app.db, "select id from simulator_messages where author = 'business' and status = 'read'");
    await expect.poll(async () => (await read()).length).toBe(1);

    const list = {
      button: "Our plans",
      sections: [{ rows: [{ id: "team", title: "Team", description: "Up to ten" }] }],
    };
    await send({ type: "interactive", interactive: { type: "list", body: { text: "Which one?" }, action: list } });
    await page.getByRole("button", { name: "Our plans" }).click();
    await page.getByRole("menuitem", { name: /^Team/ }).click();
    await bubble(page, "Team").waitFor();
    expect(complaints).toEqual([]);
  });

  test("a failure is asked for in words, hits one message, and is gone", async () => {
    const { page, complaints } = await signedIn();
    await page.getByRole("button", { name: "Phone simulator", exact: true }).click();
    await writeAsCustomer(page, "Ida Berg", to, "Are you there?");
    await onPhone(page, "Are you there?").first().waitFor();
    await onPhone(page, "Are you there?").first().hover();
    await page.getByLabel("React or reply to: Are you there?").click();
    await page.getByRole("menuitem", { name: "Edit" }).click();
    await page.getByLabel("Message as the customer").fill("Is anybody there?");
    await page.keyboard.press("Enter");
    await onPhone(page, "Is anybody there?").getByText("edited").waitFor();
    await page.getByRole("button", { name: "Make WhatsApp fail" }).click();
    await page.getByLabel("What goes wrong").first().click();
    await page.getByRole("option", { name: /Too many messages to one person/ }).click();
    await page.getByRole("button", { name: "Make it fail" }).click();
    await page.getByText("Too many messages to one person, 1 more").waitFor();
    expect(await send({ text: { body: "Refused" } })).toMatchObject({ body: { error: { code: 131056 } } });
    expect((await send({ text: { body: "Through" } })).status).toBe(200);
    await page.keyboard.press("Escape");
    await onPhone(page, "Through").waitFor();
    expect(await onPhone(page, "Refused").count()).toBe(0);
    await page.getByRole("button", { name: "Make WhatsApp fail" }).waitFor();
    expect(complaints).toEqual([]);
  });

  test("on a small screen a voice note is sent from the menu, and the phone is switched off and on", async () => {
    const { page, complaints } = await signedIn({
      viewport: { width: 390, height: 844 },
      isMobile: true,
      hasTouch: true,
      colorScheme: "dark",
    });
    await page.getByRole("button", { name: "Phone", exact: true }).tap();
    await writeAsCustomer(page, "Ida Berg", to, "One more thing");
    await page.getByLabel("More to do as the customer").tap();
    await page.getByRole("menuitem", { name: "Voice note" }).tap();
    await page.getByLabel("Voice note").first().waitFor();
    await page.getByLabel("More to do as the customer").tap();
    await page.getByRole("menuitem", { name: "Switch the phone off" }).tap();
    await page.getByText("this phone is switched off").waitFor();
    expect(await send({ text: { body: "Nobody there" } })).toMatchObject({ body: { error: { code: 131026 } } });
    await page.getByLabel("More to do as the customer").tap();
    await page.getByRole("menuitem", { name: "Switch the phone on" }).tap();
    await page.getByText("business account").waitFor();
    await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    expect(complaints).toEqual([]);
  });

  test("says why it stays empty for somebody who sees some of the people only", async () => {
    const ctx = app.ctx(app.companyId);
    const email = "narrow@rapport.example";
    await createUser(ctx, { email, firstName: "Nia", lastName: "Rao", role: "salesperson", password });
    await changeRoleReach(ctx, "salesperson", { people: "own" });
    const { page } = await signedInAs(email);
    await page.getByRole("button", { name: "Phone simulator", exact: true }).click();
    const phone = page.getByRole("log", { name: "The customer's phone" });
    await phone.getByText("your role sees some of its people only").waitFor();
    await changeRoleReach(ctx, "salesperson", { people: "all" });
  });
});
