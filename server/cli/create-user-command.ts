import { roles } from "../../shared/roles.ts";
import type { Config } from "../config.ts";
import type { Db } from "../db/connection.ts";
import { admitAccount } from "../domain/accounts/admit-account.ts";
import { companyIdOfSlug } from "../domain/accounts/company-by-slug.ts";
import { findAccount } from "../domain/accounts/find-account.ts";
import { welcomeUser } from "../domain/accounts/welcome-user.ts";
import { createCtx } from "../domain/context.ts";
import { readOptions, readWord } from "./read-options.ts";
import { signInAddress } from "./sign-in-address.ts";

type Where = Pick<Config, "publicUrl" | "host" | "port">;

/** `user create`: with a password, or with a link that is printed. Somebody who has an account elsewhere keeps it. */
export async function createUserCommand(db: Db, config: Where, argv: string[]): Promise<void> {
  const options = readOptions(argv, ["company", "email", "role"], ["password", "name"]);
  const { company, email, password, name = "" } = options;
  const role = readWord("role", options.role, roles);
  const ctx = createCtx({ db, companyId: await companyIdOfSlug(db, company), actor: { kind: "system" } });
  const known = await findAccount(db, email);
  if (known && known.companyId !== null && password === undefined) {
    await admitAccount(ctx, { email, role });
    return console.log(
      `${email} has an account already and is now ${role} in "${company}" too, with the same password.`,
    );
  }
  const [firstName = "", ...rest] = name.trim().split(/\s+/);
  const person = { email, role, firstName, lastName: rest.join(" "), ...(password === undefined ? {} : { password }) };
  const { token } = await welcomeUser(ctx, person);
  console.log(`${email} is now ${role} in "${company}".`);
  if (token !== null) console.log(`They sign in once, within a day, with this link: ${signInAddress(config, token)}`);
}
