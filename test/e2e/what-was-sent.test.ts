import type { Page } from "playwright-core";
import { beforeAll, describe, expect, test, vi } from "vitest";
import type { JsonObject } from "../../shared/json.ts";
import { messageBody } from "../factories/whatsapp-body.ts";
import { rows } from "../harness/rows.ts";
import { noChromium } from "./browser.ts";
import { bubble, row } from "./inbox-journey.ts";
import { type OwnersBrowser, ownersBrowser } from "./owners-browser.ts";

const sections = [
  { title: "Alone", rows: [{ id: "one", title: "Single", description: "For one person" }] },
  { title: "Together", rows: ["Team", "Group", "Office", "Firm"].map((title) => ({ id: title, title })) },
];

const template = [
  { type: "HEADER", format: "TEXT", text: "Your visit to {{1}}" },
  { type: "BODY", text: "Hello {{1}}, we are looking forward to seeing you on {{2}}." },
  { type: "FOOTER", text: "Tap a button to answer" },
  {
    type: "BUTTONS",
    buttons: [
      { type: "QUICK_REPLY", text: "Yes, I will come" },
      { type: "URL", text: "The way", url: "https://example.com/way/{{1}}" },
    ],
  },
];

describe.skipIf(noChromium)(`what was sent, in a browser${noChromium ? ` (skipped: ${noChromium})` : ""}`, () => {
  let app: OwnersBrowser["app"];
  let signedIn: OwnersBrowser["signedIn"];
  let conversationId: number;

  beforeAll(async () => {
    ({ app, signedIn } = await ownersBrowser());
    const referral = {
      source_type: "ad",
      source_url: "https://fb.me/chairs",
      headline: "Chairs that last",
      body: "Free delivery in May",
    };
    const content = { body: "Saw your ad" };
    const phoneNumberId = `sim-${app.companyId}`;
    await app.receive(messageBody({ name: "Ida Berg", type: "text", content, phoneNumberId, extra: { referral } }));
    const stored = () => rows<{ id: number }>(app.db, "select id from conversations");
    // The app's own worker may have taken it.
    conversationId = await vi.waitFor(async () => (await stored())[0]?.id ?? Promise.reject(new Error("not yet")));
    await rows(
      app.db,
      `insert into templates (company_id, channel_account_id, name, language, category, status, components)
      select company_id, id, 'reminder', 'en', 'UTILITY', 'APPROVED', '${JSON.stringify(template)}' from channel_accounts`,
    );
  });

  async function send(payload: JsonObject) {
    const url = `/v1/conversations/${conversationId}/messages`;
    const answer = await app.app.inject({ method: "POST", url, headers: await app.headers(), payload });
    expect(answer.statusCode, answer.body).toBe(201);
  }

  const offer = (interactive: JsonObject) => send({ type: "interactive", interactive });

  async function opened(look: Parameters<OwnersBrowser["signedIn"]>[0] = {}) {
    const { page, complaints } = await signedIn(look);
    await row(page, "Ida Berg").click();
    await bubble(page, "Saw your ad").waitFor();
    return { page, complaints };
  }

  test("buttons, a list, a link and a template are read in the thread, and the ad somebody saw", async () => {
    const buttons = ["Alpha", "Beta"].map((title) => ({ id: title, title }));
    const header = { type: "text", text: "Our plans" };
    await offer({ kind: "button", body: "Pick one", header, footer: "Any time", buttons });
    await offer({ kind: "list", body: "Pick a size", button: "Sizes", sections });
    await offer({ kind: "cta_url", body: "Read on", label: "See the prices", url: "https://example.com/prices?a=1" });
    const texts = (...values: string[]) => values.map((text) => ({ type: "text", text }));
    const components = [
      { type: "header", parameters: texts("Lisbon") },
      { type: "body", parameters: texts("Ida", "Monday") },
      { type: "button", sub_type: "url", index: 1, parameters: texts("lisbon") },
    ];
    await send({ type: "template", template: { name: "reminder", language: "en", components } });

    const { page, complaints } = await opened();
    const ad = bubble(page, "Saw your ad").getByRole("figure", { name: "Came from an ad" });
    await ad.getByText("Chairs that last").waitFor();
    await ad.getByText("Free delivery in May").waitFor();
    expect(await ad.getByRole("link").getAttribute("href")).toBe("https://fb.me/chairs");

    const choice = bubble(page, "Pick one");
    expect(await choice.getByRole("listitem").allInnerTexts()).toEqual(["Alpha", "Beta"]);
    expect(await choice.getByRole("button", { name: "Alpha" }).count()).toBe(0);
    await choice.getByText("Our plans").waitFor();
    await choice.getByText("Any time").waitFor();

    const list = bubble(page, "Pick a size");
    expect(await list.getByText("Office").isVisible()).toBe(false);
    await list.getByText("Sizes").click();
    await list.getByText("Office").waitFor();
    await list.getByText("For one person").waitFor();

    const link = bubble(page, "Read on").getByRole("link", { name: /See the prices example\.com/ });
    expect(await link.getAttribute("href")).toBe("https://example.com/prices?a=1");
    expect(await link.getAttribute("rel")).toBe("noreferrer noopener");
    expect(await link.getAttribute("target")).toBe("_blank");

    const reminder = bubble(page, "seeing you on Monday");
    await reminder.getByText("Your visit to Lisbon").waitFor();
    await reminder.getByText("Tap a button to answer").waitFor();
    await reminder.getByRole("listitem").getByText("Yes, I will come").waitFor();
    expect(await reminder.getByRole("link").getAttribute("href")).toBe("https://example.com/way/lisbon");
    expect(complaints).toEqual([]);
  });

  test.each([390, 640, 768, 900, 1024, 1200, 1280, 1600])(
    "beside the simulator nothing covers the thread or the way to send at %i px",
    async (width) => {
      const { page, complaints } = await opened({ viewport: { width, height: 850 } });
      if (width >= 768) {
        await page.getByRole("button", { name: "Phone simulator", exact: true }).click();
        await page.getByRole("complementary", { name: "Phone simulator" }).waitFor();
      }
      const answer = page.getByLabel("Your answer");
      await expect.poll(() => answer.evaluate(showsItsHint)).toBe(true);
      await answer.fill("Good morning");
      await expect.poll(() => isOnTop(page, page.getByLabel("Send", { exact: true }))).toBe(true);
      await expect.poll(() => isOnTop(page, bubble(page, "Read on").getByRole("link"))).toBe(true);
      const thread = page.getByRole("region", { name: "Conversation", exact: true });
      await expect.poll(async () => (await thread.boundingBox())?.width).toBeGreaterThan(330);
      await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
      expect(complaints).toEqual([]);
    },
  );

  test("what went wrong is said above the field and the way to attach a file", async () => {
    const { page } = await opened({ viewport: { width: 1024, height: 700 } });
    await page.getByLabel("Your answer").fill("Good morning");
    await page.context().setOffline(true);
    await page.getByLabel("Send", { exact: true }).click();
    await page.getByRole("alert").getByText("Perhaps not sent", { exact: true }).waitFor();
    await expect.poll(() => isOnTop(page, page.getByLabel("Attach a file"))).toBe(true);
    await expect.poll(() => isOnTop(page, page.getByLabel("Your answer"))).toBe(true);
  });

  test("beside the simulator the person's card gives way, and comes when it is asked for", async () => {
    const { page, complaints } = await opened({ viewport: { width: 1024, height: 850 } });
    await page.getByRole("button", { name: "Phone simulator", exact: true }).click();
    const card = page.getByRole("complementary", { name: "Person", exact: true });
    await card.waitFor({ state: "hidden" });
    await row(page, "Ida Berg").waitFor();
    await page.getByRole("button", { name: "The person's card" }).click();
    await card.waitFor();
    await card.getByRole("button", { name: /close/i }).click();
    await card.waitFor({ state: "hidden" });
    expect(complaints).toEqual([]);
  });
});

/** Whether the words of an empty field fit into one line of it. */
function showsItsHint(field: HTMLElement | SVGElement): boolean {
  const pen = document.createElement("canvas").getContext("2d");
  if (!(field instanceof HTMLTextAreaElement) || !pen) return false;
  const { font, paddingLeft, paddingRight } = getComputedStyle(field);
  pen.font = font;
  const room = field.clientWidth - Number.parseFloat(paddingLeft) - Number.parseFloat(paddingRight);
  return field.placeholder.length > 10 && pen.measureText(field.placeholder).width <= room;
}

/** Whether a tap on its middle and towards two (round) corners hits it. */
async function isOnTop(page: Page, target: ReturnType<Page["locator"]>): Promise<boolean> {
  const box = await target.boundingBox();
  const element = await target.elementHandle();
  if (!box || !element) return false;
  return page.evaluate(
    ({ box: { x, y, width, height }, element: wanted }) =>
      [0.2, 0.5, 0.8].every((part) => {
        const hit = document.elementFromPoint(x + width * part, y + height * part);
        return hit !== null && wanted.contains(hit);
      }),
    { box, element },
  );
}
