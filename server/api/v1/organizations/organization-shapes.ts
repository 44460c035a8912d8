import type * as View from "../../../../shared/v1/organization.ts";
import { withoutUndefined } from "../../../../shared/without-undefined.ts";
import type { Organization } from "../../../domain/organizations/organization.ts";
import type { OrganizationPatch } from "../../../domain/organizations/organization-fields.ts";

export function presentOrganization(organization: Organization): View.Organization {
  return {
    id: organization.id,
    name: organization.name,
    website: organization.website,
    industry: organization.industry,
    size: organization.size,
    phone: organization.phone,
    address: organization.address,
    notes: organization.notes,
    owner_user_id: organization.ownerUserId,
    custom: organization.custom,
    version: organization.version,
    created_at: organization.createdAt,
    updated_at: organization.updatedAt,
  };
}

export function parseOrganizationPatch(body: View.OrganizationPatch): OrganizationPatch {
  return withoutUndefined({
    name: body.name,
    website: body.website,
    industry: body.industry,
    size: body.size,
    phone: body.phone,
    address: body.address,
    notes: body.notes,
    ownerUserId: body.owner_user_id,
    custom: body.custom,
  });
}
