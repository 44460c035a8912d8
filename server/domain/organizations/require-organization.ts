import type { Ctx } from "../context.ts";
import { invalid } from "../domain-error.ts";
import { findOrganization } from "./get-organization.ts";
import type { Organization } from "./organization.ts";

/** Refuses an organization that is not of this company. `path` names the field that said so. */
export async function requireOrganization(ctx: Ctx, path: string, organizationId: number): Promise<Organization> {
  const organization = await findOrganization(ctx, organizationId);
  if (!organization) throw invalid(path, "There is no such organization.");
  return organization;
}
