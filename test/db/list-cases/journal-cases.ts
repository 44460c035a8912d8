import type { Ctx } from "../../../server/domain/context.ts";
import { listEvents } from "../../../server/domain/events/list-events.ts";
import { listTimeline } from "../../../server/domain/events/list-timeline.ts";
import { type ListCase, page } from "./list-case.ts";

/** The lists of the journal. */
export const journalCases: ListCase[] = [
  { name: "the journal", read: (ctx) => listEvents(ctx, page), index: "events_pkey" },
  {
    name: "the journal as a salesperson sees it",
    read: (ctx) => listEvents(asSeller(ctx), page),
    index: "events_pkey",
  },
  {
    name: "one record's journal",
    read: (ctx, id) => listEvents(ctx, { ...page, subject: { kind: "contact", id } }),
    index: "events_company_id_subject_idx",
  },
  {
    name: "a person's timeline",
    read: (ctx, contactId) => listTimeline(ctx, contactId, page),
    index: "events_company_id_contact_id_idx",
  },
  {
    name: "a person's timeline as a salesperson sees it",
    read: (ctx, contactId) => listTimeline(asSeller(ctx), contactId, page),
    index: "events_company_id_contact_id_idx",
  },
];

function asSeller(ctx: Ctx): Ctx {
  return { ...ctx, actor: { kind: "user", userId: 1, role: "salesperson" } };
}
