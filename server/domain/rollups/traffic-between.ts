import { type RawBuilder, sql } from "kysely";

/**
 * The buckets that make up a stretch of time between two quarters of an hour: whole hours, and the quarters before the first and after
 * the last of them. Give it bare column names; `to` may be infinity.
 */
export function trafficBetween(
  companyId: RawBuilder<unknown>,
  from: RawBuilder<unknown>,
  to: RawBuilder<unknown>,
): RawBuilder<unknown> {
  const columns = sql`bucket_at, sent, received, contacts_created, responses, response_ms`;
  const ofCompany = sql`select ${columns} from traffic_rollups where company_id = ${companyId}`;
  const firstHour = sql`rollup_bucket(60, ${from} + interval '45 minutes')`;
  const lastHour = sql`rollup_bucket(60, ${to})`;
  return sql`
    ${ofCompany} and minutes = 60 and bucket_at >= ${firstHour} and bucket_at < ${lastHour}
    union all
    ${ofCompany} and minutes = 15 and bucket_at >= ${from} and bucket_at < least(${firstHour}, ${to})
    union all
    ${ofCompany} and minutes = 15 and bucket_at >= greatest(${lastHour}, ${firstHour}) and bucket_at < ${to}`;
}
