import type { Db } from "../db/connection.ts";
import { createCompany } from "../domain/accounts/create-company.ts";
import { readEmail } from "../domain/accounts/email-address.ts";
import { addAdmin } from "../domain/accounts/ensure-first-company.ts";
import { checkPasswordLength } from "../domain/accounts/password-rules.ts";
import { readOptions } from "./read-options.ts";
import { UsageError } from "./usage-error.ts";

/** `company create`: the company and its admin, both or neither. */
export async function createCompanyCommand(db: Db, argv: string[]): Promise<void> {
  const options = readOptions(argv, ["slug", "admin-email", "admin-password"], ["name"]);
  const { slug, name = slug, "admin-email": email, "admin-password": password } = options;
  if (!/^[a-z0-9][a-z0-9-]{0,62}$/.test(slug)) {
    throw new UsageError("--slug must be made of small letters, digits and hyphens, 63 at most.");
  }
  readEmail(email);
  checkPasswordLength(password);
  let note = "";
  await createCompany(db, { slug, name }, async (tx) => {
    const { hadAccount } = await addAdmin(tx, { email, password });
    if (hadAccount) note = " They had an account already and keep the password of that one.";
  });
  console.log(`The company "${slug}" is there; ${email} is its admin.${note}`);
}
