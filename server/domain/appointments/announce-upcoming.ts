import { sql } from "kysely";
import type { Db } from "../../db/connection.ts";
import { prepared } from "../../db/prepared.ts";
import { createCtx, inTransaction } from "../context.ts";
import { type Notice, notifyTeamOfMany } from "../notifications/notify-team.ts";

/** Time to read the record before the person is there. */
const toldBeforeMs = 60 * 60_000;

/**
 * Tells of visits to prepare for, over all companies: the provider, where a member is behind it, and whose person it is; where there
 * is neither, the team. Each once for each time; cancelled and past ones never. As many as the limit means that there may be more.
 */
export async function announceUpcoming(db: Db, now: Date, limit: number): Promise<number> {
  return db.transaction(async (queries) => {
    const until = new Date(now.getTime() + toldBeforeMs).toISOString();
    const visits = await queries.all(claimUpcoming({ now: now.toISOString(), until, limit }));
    const news = visits.filter(({ known }) => known);
    for (const [companyId, own] of Map.groupBy(news, (visit) => visit.companyId)) {
      const tx = inTransaction(createCtx({ db, companyId, actor: { kind: "system" }, now: () => now }), queries);
      await notifyTeamOfMany(tx, own.flatMap(noticesOf));
    }
    return visits.length;
  });
}

type Visit = {
  companyId: number;
  id: number;
  startsAt: string;
  status: string;
  notes: string | null;
  contactId: number;
  name: string;
  /** The person is not deleted. */
  known: boolean;
  serviceName: string;
  locationName: string;
  providerUserId: number | null;
  ownerUserId: number | null;
};

function noticesOf(visit: Visit): Notice[] {
  const readers = new Set([visit.providerUserId, visit.ownerUserId].filter((userId) => userId !== null));
  const notice: Notice = {
    kind: "appointment.upcoming",
    title: `Visit soon: ${visit.name || "somebody without a name"}, ${visit.serviceName}`,
    body: [visit.locationName, visit.status === "booked" && "Not confirmed yet.", visit.notes]
      .filter(Boolean)
      .join("\n"),
    contactId: visit.contactId,
    subject: { kind: "appointment", id: visit.id },
    happensAt: visit.startsAt,
    dedupeKey: `appointment.upcoming:${visit.id}:${visit.startsAt}`,
  };
  return readers.size === 0 ? [notice] : [...readers].map((userId) => ({ ...notice, userId }));
}

const claimUpcoming = prepared<{ now: string; until: string; limit: number }>()(
  (_db, arg) => sql<Visit>`
    with upcoming as materialized (
      select company_id, id from appointments
      where announced_for is distinct from starts_at and status in ('booked', 'confirmed') and deleted_at is null
        and starts_at > ${arg("now")}::timestamptz and starts_at <= ${arg("until")}::timestamptz
      order by starts_at limit ${arg("limit")}::int for update skip locked
    ), claimed as (
      update appointments a set announced_for = a.starts_at from upcoming u
      where a.company_id = u.company_id and a.id = u.id
      returning a.company_id, a.id, a.starts_at, a.status, left(a.notes, 300) as notes, a.contact_id, a.service_id, a.location_id, a.provider_id
    )
    select a.company_id as "companyId", a.id, a.starts_at as "startsAt", a.status, a.notes, a.contact_id as "contactId", c.name,
      c.deleted_at is null as known, s.name as "serviceName", l.name as "locationName", p.user_id as "providerUserId", c.owner_user_id as "ownerUserId"
    from claimed a
    join contacts c on c.company_id = a.company_id and c.id = a.contact_id
    join services s on s.company_id = a.company_id and s.id = a.service_id
    join locations l on l.company_id = a.company_id and l.id = a.location_id
    join providers p on p.company_id = a.company_id and p.id = a.provider_id
    order by a.starts_at, a.id`,
);
