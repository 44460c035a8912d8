import { sql } from "kysely";
import { withoutUndefined } from "../../../shared/without-undefined.ts";
import { prepared } from "../../db/prepared.ts";
import type { Ctx } from "../context.ts";
import { invalid, notFound } from "../domain-error.ts";
import { changedFields } from "../events/changed-fields.ts";
import { recordEvent } from "../events/record-event.ts";
import { requireVersion } from "../require-version.ts";
import { getService } from "./list-services.ts";
import { companyCurrency, requireAmount } from "./money.ts";
import { requireName } from "./require-name.ts";
import type { Service } from "./service.ts";

/** Only what is given changes. */
export type ServicePatch = {
  name?: string;
  durationMinutes?: number;
  bufferMinutes?: number;
  price?: string;
  currency?: string;
  active?: boolean;
};

export type NewService = ServicePatch & { name: string; durationMinutes: number };

export async function createService(ctx: Ctx, input: NewService): Promise<Service> {
  check(input);
  return ctx.transact(async (tx) => {
    const currency = await companyCurrency(tx, input.currency);
    const fields = { bufferMinutes: 0, price: "0", active: true, ...withoutUndefined({ ...input }), currency };
    const row = await tx.tx.first(insertService({ ...fields, companyId: tx.companyId, now: tx.now().toISOString() }));
    if (!row) throw new Error("an insert gave no row");
    const { name, durationMinutes, price } = fields;
    const after = { name, durationMinutes, price };
    await recordEvent(tx, { type: "service.created", subject: { kind: "service", id: row.id }, after });
    return getService(tx, row.id);
  });
}

/** Appointments keep the length and the price they were booked with. */
export async function updateService(
  ctx: Ctx,
  serviceId: number,
  patch: ServicePatch,
  options: { ifVersion?: number } = {},
): Promise<Service> {
  check(patch);
  return ctx.transact(async (tx) => {
    const held = await tx.tx.first(serviceForUpdate({ companyId: tx.companyId, serviceId }));
    if (!held) throw notFound("service", serviceId);
    const before = await getService(tx, serviceId);
    requireVersion("service", before.version, options.ifVersion);
    if (patch.currency !== undefined) await companyCurrency(tx, patch.currency);
    const after = { ...before, ...withoutUndefined({ ...patch }) };
    const change = changedFields(before, after);
    if (!change) return before;
    await tx.tx.run(updateRow({ ...after, companyId: tx.companyId, now: tx.now().toISOString() }));
    await recordEvent(tx, { type: "service.updated", subject: { kind: "service", id: serviceId }, ...change });
    return getService(tx, serviceId);
  });
}

function check({ name, durationMinutes, bufferMinutes, price }: ServicePatch): void {
  requireName(name);
  requireMinutes("durationMinutes", durationMinutes, 1);
  requireMinutes("bufferMinutes", bufferMinutes, 0);
  requireAmount("price", price);
}

function requireMinutes(path: string, value: number | undefined, least: number): void {
  if (value === undefined || (Number.isInteger(value) && value >= least && value <= 1440)) return;
  throw invalid(path, `${path} must be a whole number of minutes from ${least} to 1440`);
}

type ServiceRow = Omit<Service, "id" | "version" | "createdAt" | "updatedAt"> & { companyId: number; now: string };

const insertService = prepared<ServiceRow>()(
  (_db, arg) => sql<{ id: number }>`
    insert into services (company_id, name, duration_minutes, buffer_minutes, price, currency, active, created_at, updated_at)
    values (${arg("companyId")}::bigint, ${arg("name")}::text, ${arg("durationMinutes")}::int, ${arg("bufferMinutes")}::int,
      ${arg("price")}::numeric, ${arg("currency")}::text, ${arg("active")}::boolean, ${arg("now")}::timestamptz, ${arg("now")}::timestamptz)
    returning id`,
);

const serviceForUpdate = prepared<{ companyId: number; serviceId: number }>()(
  (_db, arg) => sql<{ id: number }>`
    select id from services
    where company_id = ${arg("companyId")}::bigint and id = ${arg("serviceId")}::bigint for no key update`,
);

const updateRow = prepared<ServiceRow & { id: number }>()(
  (_db, arg) => sql<never>`
    update services set name = ${arg("name")}::text, duration_minutes = ${arg("durationMinutes")}::int,
      buffer_minutes = ${arg("bufferMinutes")}::int, price = ${arg("price")}::numeric, currency = ${arg("currency")}::text,
      active = ${arg("active")}::boolean, version = version + 1, updated_at = ${arg("now")}::timestamptz
    where company_id = ${arg("companyId")}::bigint and id = ${arg("id")}::bigint`,
);
