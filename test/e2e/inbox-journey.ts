import type { Page } from "playwright-core";

/** What a person does on the inbox, in their words. */
export async function writeAsCustomer(page: Page, name: string, phone: string, text: string): Promise<void> {
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByLabel("Phone", { exact: true }).fill(phone);
  await page.getByLabel("Message as the customer").fill(text);
  await page.getByLabel("Send as the customer").click();
}

export function row(page: Page, name: string) {
  return page.getByRole("list", { name: "Conversations" }).getByRole("link").filter({ hasText: name });
}

export function bubble(page: Page, text: string) {
  return page.getByTestId("message").filter({ hasText: text });
}

export function section(page: Page, title: string) {
  return page.getByRole("region", { name: new RegExp(`^${title}`) });
}

export async function chooseStage(page: Page, stage: string): Promise<void> {
  await page.getByLabel("Stage").first().click();
  await page.getByRole("option", { name: stage, exact: true }).click();
}

/** What can be taken back goes away after some seconds, unless the pointer rests on it. */
export function holdUndo(page: Page): Promise<void> {
  return page.getByRole("button", { name: "Undo" }).hover();
}
