import { afterEach, describe, expect, test, vi } from "vitest";
import { createCompanyCommand } from "../../server/cli/create-company-command.ts";
import { createUserCommand } from "../../server/cli/create-user-command.ts";
import { resetPasswordCommand } from "../../server/cli/reset-password-command.ts";
import { setSubscriptionCommand } from "../../server/cli/set-subscription-command.ts";
import { signInAddress } from "../../server/cli/sign-in-address.ts";
import { companyBySlug } from "../../server/domain/accounts/company-by-slug.ts";
import { findAccount } from "../../server/domain/accounts/find-account.ts";
import { redeemLink } from "../../server/domain/accounts/redeem-link.ts";
import { signIn } from "../../server/domain/accounts/sign-in.ts";
import { testDatabase } from "../harness/test-database.ts";

const { db } = await testDatabase();
const instance = { db, now: () => new Date() };
const config = { publicUrl: "https://crm.example.com", host: "127.0.0.1", port: 5001 };
const password = "tangled-otter-9";
const printed = vi.spyOn(console, "log").mockImplementation(() => {});
afterEach(() => printed.mockClear());

function output(): string {
  return printed.mock.calls.map((call) => call.join(" ")).join("\n");
}

function tokenPrinted(): string {
  return /https:\/\/crm\.example\.com\/sign-in\/([\w-]{43})/.exec(output())?.[1] ?? "";
}

describe("company create", () => {
  test("makes a company with its admin", async () => {
    await createCompanyCommand(db, [
      "--slug",
      "acme",
      "--admin-email",
      "Boss@acme.example",
      "--admin-password",
      password,
    ]);
    expect(await signIn(instance, { email: "boss@acme.example", password })).toMatchObject({ role: "admin" });
    expect(output()).toBe('The company "acme" is there; Boss@acme.example is its admin.');
  });

  test.each([
    [["--slug", "acme"], "--admin-email, --admin-password is missing."],
    [["--slug", "Bad Slug", "--admin-email", "a@b.c", "--admin-password", password], "--slug must be made of"],
    [["--slug", "x", "--admin-email", "nothing", "--admin-password", password], "not an e-mail address"],
    [["--slug", "x", "--admin-email", "a@b.c", "--admin-password", "short"], "at least 8 characters"],
    [["--slug", "acme", "--admin-email", "a@b.c", "--admin-password", password], 'A company "acme" exists already.'],
    [["--slog", "acme"], "Unknown option '--slog'."],
    [["acme"], "Unexpected argument 'acme'."],
  ])("with %j says what is wrong and leaves nothing behind", async (argv, message) => {
    await expect(createCompanyCommand(db, argv)).rejects.toThrow(message);
    expect(await companyBySlug(db, "x")).toBeUndefined();
    expect(await findAccount(db, "a@b.c")).toBeUndefined();
  });
});

describe("user create", () => {
  const argv = (email: string, ...more: string[]) => [
    "--company",
    "acme",
    "--email",
    email,
    "--role",
    "manager",
    ...more,
  ];

  test("sets the password that is given", async () => {
    await createUserCommand(db, config, argv("pw@acme.example", "--password", password, "--name", "Pia van Wijk"));
    const signedIn = await signIn(instance, { email: "pw@acme.example", password });
    expect(signedIn).toMatchObject({ role: "manager", firstName: "Pia", lastName: "van Wijk" });
  });

  test("prints a link otherwise", async () => {
    await createUserCommand(db, config, argv("link@acme.example"));
    expect(await redeemLink(instance, tokenPrinted())).toMatchObject({ email: "link@acme.example", role: "manager" });
  });

  test("adds somebody who has an account to a second company", async () => {
    await createCompanyCommand(db, [
      "--slug",
      "beta",
      "--admin-email",
      "boss@beta.example",
      "--admin-password",
      password,
    ]);
    await createUserCommand(db, config, ["--company", "beta", "--email", "pw@acme.example", "--role", "salesperson"]);
    const signedIn = await signIn(instance, { email: "pw@acme.example", password, companySlug: "beta" });
    expect(signedIn.role).toBe("salesperson");
  });

  test.each([
    [argv("pw@acme.example", "--password", password), "exists already"],
    [argv("pw@acme.example"), "exists already"],
    [["--company", "none", "--email", "a@b.c", "--role", "manager"], 'There is no company "none".'],
    [["--company", "acme", "--email", "a@b.c", "--role", "king"], "--role must be one of admin, manager"],
  ])("with %j says what is wrong", async (words, message) => {
    await expect(createUserCommand(db, config, words)).rejects.toThrow(message);
  });
});

describe("user password-reset", () => {
  test("prints a link that takes the old password away", async () => {
    await resetPasswordCommand(db, config, ["--email", "Boss@acme.example"]);
    await redeemLink(instance, tokenPrinted());
    await expect(signIn(instance, { email: "boss@acme.example", password })).rejects.toThrow();
  });

  test("of nobody says so", async () => {
    await expect(resetPasswordCommand(db, config, ["--email", "x@y.z"])).rejects.toThrow(
      "Nobody has the address x@y.z.",
    );
  });
});

describe("subscription set", () => {
  test("sets status, plan and end", async () => {
    const argv = ["--company", "acme", "--status", "canceled", "--plan", "pro", "--ends-at", "2027-01-31"];
    await setSubscriptionCommand(db, argv);
    expect(output()).toBe('The subscription of "acme" is canceled (pro) until 2027-01-31T00:00:00.000Z.');
  });

  test("refuses other words", async () => {
    await expect(setSubscriptionCommand(db, ["--company", "acme", "--status", "great"])).rejects.toThrow(
      "one of active",
    );
    const argv = ["--company", "acme", "--status", "active", "--ends-at", "soon"];
    await expect(setSubscriptionCommand(db, argv)).rejects.toThrow("--ends-at wants an ISO time");
  });
});

describe("the address of a link", () => {
  test.each([
    [{ host: "127.0.0.1", port: 5001, publicUrl: undefined }, "http://localhost:5001/sign-in/t"],
    [{ host: "0.0.0.0", port: 80, publicUrl: undefined }, "http://localhost:80/sign-in/t"],
    [{ host: "fd00::1", port: 80, publicUrl: undefined }, "http://[fd00::1]:80/sign-in/t"],
    [{ host: "0.0.0.0", port: 80, publicUrl: "https://a.b" }, "https://a.b/sign-in/t"],
  ])("of %j is %s", (settings, address) => {
    expect(signInAddress(settings, "t")).toBe(address);
  });
});
