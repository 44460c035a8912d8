import { sql } from "kysely";
import { withoutUndefined } from "../../../shared/without-undefined.ts";
import { prepared } from "../../db/prepared.ts";
import { requireMember } from "../accounts/require-member.ts";
import type { Ctx, TxCtx } from "../context.ts";
import { DomainError, invalid } from "../domain-error.ts";
import { changedFields } from "../events/changed-fields.ts";
import { recordEvent } from "../events/record-event.ts";
import { getProvider, lockProvider } from "./list-providers.ts";
import type { Provider } from "./provider.ts";
import { requireName } from "./require-name.ts";

/** Only what is given changes; null clears. Services and locations are given whole. */
export type ProviderPatch = {
  name?: string;
  userId?: number | null;
  serviceIds?: number[];
  locationIds?: number[];
  active?: boolean;
};

export type NewProvider = ProviderPatch & { name: string };

export async function createProvider(ctx: Ctx, input: NewProvider): Promise<Provider> {
  requireName(input.name);
  return ctx.transact(async (tx) => {
    await requireMember(tx, "userId", input.userId);
    const { name, userId = null, active = true, serviceIds = [], locationIds = [] } = input;
    const args = { companyId: tx.companyId, name, userId, active, now: tx.now().toISOString() };
    const row = await tx.tx.first(insertProvider(args)).catch(duplicateWhereTaken);
    if (!row) throw new Error("an insert gave no row");
    await writeOffer(tx, row.id, { serviceIds, locationIds });
    const after = { name, userId };
    await recordEvent(tx, { type: "provider.created", subject: { kind: "provider", id: row.id }, after });
    return getProvider(tx, row.id);
  });
}

export async function updateProvider(
  ctx: Ctx,
  providerId: number,
  patch: ProviderPatch,
  options: { ifVersion?: number } = {},
): Promise<Provider> {
  requireName(patch.name);
  return ctx.transact(async (tx) => {
    const before = await lockProvider(tx, providerId, options.ifVersion);
    await requireMember(tx, "userId", patch.userId);
    const given = withoutUndefined({ ...patch });
    const after = { ...before, ...given, ...sortedIds(given) };
    const change = changedFields(before, after);
    if (!change) return before;
    const { name, userId, active } = after;
    const args = { companyId: tx.companyId, id: providerId, name, userId, active, now: tx.now().toISOString() };
    await tx.tx.run(updateRow(args)).catch(duplicateWhereTaken);
    await writeOffer(tx, providerId, after);
    await recordEvent(tx, { type: "provider.updated", subject: { kind: "provider", id: providerId }, ...change });
    return getProvider(tx, providerId);
  });
}

function sortedIds({ serviceIds, locationIds }: ProviderPatch) {
  const sorted = (ids: number[] | undefined) => ids && [...new Set(ids)].toSorted((a, b) => a - b);
  return withoutUndefined({ serviceIds: sorted(serviceIds), locationIds: sorted(locationIds) });
}

type Offer = { serviceIds: number[]; locationIds: number[] };

/** Hours at a place that is no longer theirs go with it. */
async function writeOffer(tx: TxCtx, providerId: number, { serviceIds, locationIds }: Offer): Promise<void> {
  const args = { companyId: tx.companyId, providerId };
  const services = await tx.tx.first(replaceServices({ ...args, ids: serviceIds }));
  const locations = await tx.tx.first(replaceLocations({ ...args, ids: locationIds }));
  if ((services?.known ?? 0) < new Set(serviceIds).size) throw invalid("serviceIds", "There is no such service.");
  if ((locations?.known ?? 0) < new Set(locationIds).size) throw invalid("locationIds", "There is no such location.");
}

function duplicateWhereTaken(error: unknown): never {
  const constraint = error instanceof Error && "constraint" in error ? error.constraint : undefined;
  if (constraint !== "providers_company_id_user_id_key") throw error;
  throw new DomainError({ kind: "duplicate", entity: "provider", message: "This user is a provider already." });
}

type ProviderRow = { companyId: number; name: string; userId: number | null; active: boolean; now: string };

const insertProvider = prepared<ProviderRow>()(
  (_db, arg) => sql<{ id: number }>`
    insert into providers (company_id, name, user_id, active, created_at, updated_at)
    values (${arg("companyId")}::bigint, ${arg("name")}::text, ${arg("userId")}::bigint, ${arg("active")}::boolean,
      ${arg("now")}::timestamptz, ${arg("now")}::timestamptz)
    returning id`,
);

const updateRow = prepared<ProviderRow & { id: number }>()(
  (_db, arg) => sql<never>`
    update providers set name = ${arg("name")}::text, user_id = ${arg("userId")}::bigint, active = ${arg("active")}::boolean,
      version = version + 1, updated_at = ${arg("now")}::timestamptz
    where company_id = ${arg("companyId")}::bigint and id = ${arg("id")}::bigint`,
);

type Replacement = { companyId: number; providerId: number; ids: number[] };

const replaceServices = prepared<Replacement>()(
  (_db, arg) => sql<{ known: number }>`
    with wanted as (
      select id from services where company_id = ${arg("companyId")}::bigint and id = any(${arg("ids")}::bigint[])
    ), gone as (
      delete from provider_services where company_id = ${arg("companyId")}::bigint and provider_id = ${arg("providerId")}::bigint
        and service_id not in (select id from wanted)
    ), added as (
      insert into provider_services (company_id, provider_id, service_id)
      select ${arg("companyId")}::bigint, ${arg("providerId")}::bigint, id from wanted
      on conflict do nothing
    )
    select count(*) as known from wanted`,
);

const replaceLocations = prepared<Replacement>()(
  (_db, arg) => sql<{ known: number }>`
    with wanted as (
      select id from locations where company_id = ${arg("companyId")}::bigint and id = any(${arg("ids")}::bigint[])
    ), gone as (
      delete from provider_locations where company_id = ${arg("companyId")}::bigint and provider_id = ${arg("providerId")}::bigint
        and location_id not in (select id from wanted)
    ), added as (
      insert into provider_locations (company_id, provider_id, location_id)
      select ${arg("companyId")}::bigint, ${arg("providerId")}::bigint, id from wanted
      on conflict do nothing
    )
    select count(*) as known from wanted`,
);
