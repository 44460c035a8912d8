import { type RawBuilder, sql } from "kysely";

/** What people come for. */
export type Service = {
  id: number;
  name: string;
  durationMinutes: number;
  /** Until it has passed after the end, the provider is not free. */
  bufferMinutes: number;
  price: string;
  currency: string;
  active: boolean;
  version: number;
  createdAt: string;
  updatedAt: string;
};

export const serviceColumns: RawBuilder<unknown> = sql`
  id, name, duration_minutes as "durationMinutes", buffer_minutes as "bufferMinutes", trim_scale(price) as price, currency, active,
  version, created_at as "createdAt", updated_at as "updatedAt"`;
