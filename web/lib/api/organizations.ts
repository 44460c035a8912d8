import type { Organization } from "../../../shared/v1/organization.ts";
import { apiPaths } from "../paths.ts";
import type { Page } from "./page.ts";
import { request } from "./request.ts";

const choices = 20;

/** The first few organizations whose names have the words. */
export async function findOrganizations(q: string, signal: AbortSignal): Promise<Organization[]> {
  return (await request<Page<Organization>>(apiPaths.organizations({ q, limit: choices }), { signal })).data;
}
