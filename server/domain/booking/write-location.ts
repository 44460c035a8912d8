import { sql } from "kysely";
import { withoutUndefined } from "../../../shared/without-undefined.ts";
import { prepared } from "../../db/prepared.ts";
import type { Ctx } from "../context.ts";
import { invalid, notFound } from "../domain-error.ts";
import { changedFields } from "../events/changed-fields.ts";
import { recordEvent } from "../events/record-event.ts";
import { requireVersion } from "../require-version.ts";
import { getLocation } from "./list-locations.ts";
import type { Location } from "./location.ts";
import { requireName } from "./require-name.ts";
import { checkWeeklyHours, type WeeklyHours } from "./weekly-hours.ts";
import { isTimeZone } from "./zone-segments.ts";

/** Only what is given changes; null clears. */
export type LocationPatch = {
  name?: string;
  address?: string | null;
  timeZone?: string;
  openingHours?: WeeklyHours[] | null;
  active?: boolean;
};

export type NewLocation = LocationPatch & { name: string; timeZone: string };

export async function createLocation(ctx: Ctx, input: NewLocation): Promise<Location> {
  check(input);
  return ctx.transact(async (tx) => {
    const fields = { address: null, openingHours: null, active: true, ...withoutUndefined({ ...input }) };
    const row = await tx.tx.first(
      insertLocation({ ...rowOf(fields), companyId: tx.companyId, now: tx.now().toISOString() }),
    );
    if (!row) throw new Error("an insert gave no row");
    const after = { name: fields.name, timeZone: fields.timeZone };
    await recordEvent(tx, { type: "location.created", subject: { kind: "location", id: row.id }, after });
    return getLocation(tx, row.id);
  });
}

export async function updateLocation(
  ctx: Ctx,
  locationId: number,
  patch: LocationPatch,
  options: { ifVersion?: number } = {},
): Promise<Location> {
  check(patch);
  return ctx.transact(async (tx) => {
    const held = await tx.tx.first(locationForUpdate({ companyId: tx.companyId, locationId }));
    if (!held) throw notFound("location", locationId);
    const before = await getLocation(tx, locationId);
    requireVersion("location", before.version, options.ifVersion);
    const after = { ...before, ...withoutUndefined({ ...patch }) };
    const change = changedFields(before, after);
    if (!change) return before;
    const row = { ...rowOf(after), id: locationId, companyId: tx.companyId, now: tx.now().toISOString() };
    await tx.tx.run(updateRow(row));
    await recordEvent(tx, { type: "location.updated", subject: { kind: "location", id: locationId }, ...change });
    return getLocation(tx, locationId);
  });
}

function check({ name, address, timeZone, openingHours }: LocationPatch): void {
  requireName(name);
  if (address && address.length > 1000) throw invalid("address", "address has at most 1000 characters");
  if (timeZone !== undefined && !isTimeZone(timeZone))
    throw invalid("timeZone", "timeZone must be a name such as Europe/Berlin");
  checkWeeklyHours("openingHours", openingHours);
}

type Fields = Pick<Location, "name" | "address" | "timeZone" | "openingHours" | "active">;

function rowOf({ name, address, timeZone, openingHours, active }: Fields) {
  return { name, address, timeZone, active, openingHours: openingHours === null ? null : JSON.stringify(openingHours) };
}

type LocationRow = ReturnType<typeof rowOf> & { companyId: number; now: string };

const insertLocation = prepared<LocationRow>()(
  (_db, arg) => sql<{ id: number }>`
    insert into locations (company_id, name, address, time_zone, opening_hours, active, created_at, updated_at)
    values (${arg("companyId")}::bigint, ${arg("name")}::text, ${arg("address")}::text, ${arg("timeZone")}::text,
      ${arg("openingHours")}::jsonb, ${arg("active")}::boolean, ${arg("now")}::timestamptz, ${arg("now")}::timestamptz)
    returning id`,
);

const locationForUpdate = prepared<{ companyId: number; locationId: number }>()(
  (_db, arg) => sql<{ id: number }>`
    select id from locations
    where company_id = ${arg("companyId")}::bigint and id = ${arg("locationId")}::bigint for no key update`,
);

const updateRow = prepared<LocationRow & { id: number }>()(
  (_db, arg) => sql<never>`
    update locations set name = ${arg("name")}::text, address = ${arg("address")}::text, time_zone = ${arg("timeZone")}::text,
      opening_hours = ${arg("openingHours")}::jsonb, active = ${arg("active")}::boolean, version = version + 1,
      updated_at = ${arg("now")}::timestamptz
    where company_id = ${arg("companyId")}::bigint and id = ${arg("id")}::bigint`,
);
