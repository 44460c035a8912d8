import type { BrowserContextOptions } from "playwright-core";
import { createUser } from "../../server/domain/accounts/create-user.ts";
import { type TestApp, testApp } from "../harness/test-app.ts";
import { type OpenedPage, openBrowser } from "./browser.ts";
import { buildWeb } from "./build-web.ts";

export const password = "four quiet green boats";

export type OwnersBrowser = {
  app: TestApp;
  url: string;
  /** A page nobody has signed in on. */
  open: (options?: BrowserContextOptions) => Promise<OpenedPage>;
  /** A page on which the company's owner sees the inbox. */
  signedIn: (options?: BrowserContextOptions) => Promise<OpenedPage>;
  /** The same for somebody else who has the `password`. */
  signedInAs: (email: string, options?: BrowserContextOptions) => Promise<OpenedPage>;
};

/** The whole app with its pages, listening, and a browser for its owner. */
export async function ownersBrowser(): Promise<OwnersBrowser> {
  await buildWeb();
  const app = await testApp();
  const email = "owner@rapport.example";
  await createUser(app.ctx(app.companyId), { email, firstName: "Olga", lastName: "Ray", role: "admin", password });
  const url = await app.listen();
  const open = await openBrowser();
  const signedInAs: OwnersBrowser["signedInAs"] = async (address, options) => {
    const opened = await open(options);
    await opened.page.goto(`${url}/sign-in`);
    await opened.page.getByLabel("E-mail").fill(address);
    await opened.page.getByLabel("Password", { exact: true }).fill(password);
    await opened.page.getByRole("button", { name: "Sign in" }).click();
    await opened.page.waitForURL("**/inbox");
    // Being asked who one is, before signing in, is answered 401, and browsers write that down.
    opened.complaints.length = 0;
    return opened;
  };
  return { app, url, open, signedInAs, signedIn: (options) => signedInAs(email, options) };
}
