import type { Db } from "../db/connection.ts";
import { removeCompany } from "../domain/accounts/remove-company.ts";
import { findDemo } from "./find-demo.ts";

/** Deletes the demo company whole, and nothing else; says whether there was one. */
export async function removeDemo(db: Db): Promise<boolean> {
  const companyId = await findDemo(db);
  if (companyId === undefined) return false;
  await removeCompany(db, companyId);
  return true;
}
