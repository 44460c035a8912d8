import { type RawBuilder, sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { Ctx } from "../context.ts";
import { instantOf } from "../instant.ts";
import { type Page, pageOf, type TimeCursor } from "../page.ts";
import { inReachSql, type ReachArgs, reachArgs } from "../reach/reach.ts";
import { type Appointment, type AppointmentStatus, appointmentColumns, appointmentSource } from "./appointment.ts";

export type AppointmentQuery = {
  contactId?: number;
  providerId?: number;
  locationId?: number;
  status?: AppointmentStatus;
  /** Starts from here on. */
  from?: string;
  /** Starts before. */
  to?: string;
  /** Earliest first where not said. */
  order?: "earliest" | "latest";
  limit: number;
  cursor?: TimeCursor;
};

/** Visits by their start. */
export async function listAppointments(ctx: Ctx, query: AppointmentQuery): Promise<Page<Appointment, TimeCursor>> {
  const { limit, order = "earliest" } = query;
  const rows = await ctx.db.all(statements[order][shapeOf(query)](argsOf(ctx, query)));
  return pageOf(rows, limit, ({ startsAt, id }) => ({ at: startsAt, id }));
}

type Shape = "ofContact" | "ofProvider" | "atLocation" | "inStatus" | "all";

type Args = ReachArgs & {
  companyId: number;
  contactId: number | null;
  providerId: number | null;
  locationId: number | null;
  status: AppointmentStatus | null;
  from: string;
  to: string;
  at: string;
  id: number;
  count: number;
};

// The narrowest filter chooses the index; the others are checked on its rows.
function shapeOf({ contactId, providerId, locationId, status }: AppointmentQuery): Shape {
  if (contactId !== undefined) return "ofContact";
  if (providerId !== undefined) return "ofProvider";
  if (locationId !== undefined) return "atLocation";
  return status === undefined ? "all" : "inStatus";
}

function argsOf(ctx: Ctx, query: AppointmentQuery): Args {
  const { contactId = null, providerId = null, locationId = null, status = null, limit, order, cursor } = query;
  const start = order === "latest" ? { at: "infinity", id: Number.MAX_SAFE_INTEGER } : { at: "-infinity", id: 0 };
  return {
    ...{ companyId: ctx.companyId, contactId, providerId, locationId, status },
    from: query.from === undefined ? "-infinity" : instantOf("from", query.from),
    to: query.to === undefined ? "infinity" : instantOf("to", query.to),
    ...(cursor ?? start),
    count: limit + 1,
    ...reachArgs(ctx),
  };
}

type Arg = <Key extends keyof Args>(key: Key) => Args[Key];

const filters: Record<Shape, (arg: Arg) => RawBuilder<unknown>> = {
  ofContact: (arg) => sql`and a.contact_id = ${arg("contactId")}::bigint`,
  ofProvider: (arg) => sql`and a.provider_id = ${arg("providerId")}::bigint`,
  atLocation: (arg) => sql`and a.location_id = ${arg("locationId")}::bigint`,
  inStatus: (arg) => sql`and a.status = ${arg("status")}::text`,
  all: () => sql``,
};

const orders = {
  earliest: { beyond: sql`>`, by: sql`a.starts_at, a.id` },
  latest: { beyond: sql`<`, by: sql`a.starts_at desc, a.id desc` },
};

const statements = { earliest: statementsOf("earliest"), latest: statementsOf("latest") };

function statementsOf(order: "earliest" | "latest") {
  return {
    ofContact: statementOf("ofContact", order),
    ofProvider: statementOf("ofProvider", order),
    atLocation: statementOf("atLocation", order),
    inStatus: statementOf("inStatus", order),
    all: statementOf("all", order),
  };
}

function statementOf(shape: Shape, order: "earliest" | "latest") {
  const { beyond, by } = orders[order];
  return prepared<Args>()(
    (_db, arg) => sql<Appointment>`
      select ${appointmentColumns} from ${appointmentSource}
      where a.company_id = ${arg("companyId")}::bigint and a.deleted_at is null ${filters[shape](arg)}
        and a.starts_at >= ${arg("from")}::timestamptz and a.starts_at < ${arg("to")}::timestamptz
        and (a.starts_at, a.id) ${beyond} (${arg("at")}::timestamptz, ${arg("id")}::bigint)
        and (${arg("providerId")}::bigint is null or a.provider_id = ${arg("providerId")}::bigint)
        and (${arg("locationId")}::bigint is null or a.location_id = ${arg("locationId")}::bigint)
        and (${arg("status")}::text is null or a.status = ${arg("status")}::text)
        and ${inReachSql(arg, sql`c.owner_user_id`)}
      order by ${by} limit ${arg("count")}::int`,
  );
}
