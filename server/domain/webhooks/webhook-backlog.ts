import { sql } from "kysely";
import type { Queries } from "../../db/connection.ts";
import { onlyRow } from "../../db/only-row.ts";
import { prepared } from "../../db/prepared.ts";
import { secondsSinceSql } from "../seconds-since-sql.ts";

export type WebhookBacklog = {
  /** Endpoints that have not taken anything since their last failure. */
  failing: number;
  /** Endpoints that were given up; only a person starts them again. */
  disabled: number;
  /** Endpoints that their owners paused: what is for them waits until they go on. */
  paused: number;
  paused_oldest_seconds: number | null;
  /** Up to 10,000: more is the same news. */
  waiting: number;
  oldest_seconds: number | null;
};

/** How the endpoints of all companies take what they are told. What its owner has paused is nobody's trouble: what waits for it is not counted as waiting. */
export async function webhookBacklog(db: Pick<Queries, "first">): Promise<WebhookBacklog> {
  return onlyRow(db, selectBacklog({}));
}

const selectBacklog = prepared<object>()(
  () => sql<WebhookBacklog>`
    with endpoints as (
      select company_id, id, failing_since, disabled_at, paused_at from webhook_endpoints where deleted_at is null
    ), waiting as (
      select d.created_at from endpoints e
      join webhook_deliveries d on d.company_id = e.company_id and d.endpoint_id = e.id and d.state = 'queued'
      where e.paused_at is null and e.disabled_at is null limit 10000
    )
    select count(*)::int as waiting, ${secondsSinceSql(sql`min(created_at)`)} as oldest_seconds,
      (select count(*)::int from endpoints where failing_since is not null and disabled_at is null) as failing,
      (select count(*)::int from endpoints where disabled_at is not null) as disabled,
      (select count(*)::int from endpoints where paused_at is not null and disabled_at is null) as paused,
      (select ${secondsSinceSql(sql`min(paused_at)`)} from endpoints where disabled_at is null) as paused_oldest_seconds
    from waiting`,
);
