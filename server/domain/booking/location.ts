import { type RawBuilder, sql } from "kysely";
import type { WeeklyHours } from "./weekly-hours.ts";

/** A clinic, a shop: where people come to. */
export type Location = {
  id: number;
  name: string;
  address: string | null;
  timeZone: string;
  /** Null where the providers' hours alone count. */
  openingHours: WeeklyHours[] | null;
  active: boolean;
  version: number;
  createdAt: string;
  updatedAt: string;
};

export const locationColumns: RawBuilder<unknown> = sql`
  id, name, address, time_zone as "timeZone", opening_hours as "openingHours", active, version, created_at as "createdAt",
  updated_at as "updatedAt"`;
