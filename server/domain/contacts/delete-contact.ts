import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { Ctx } from "../context.ts";
import { recordEvent } from "../events/record-event.ts";
import { requireVersion } from "../require-version.ts";
import { getContact } from "./get-contact.ts";
import { lockContact } from "./update-contact.ts";

/** Puts a person away. Their names stay with them: a message from them, or a new contact with one of them, brings them back. */
export async function deleteContact(ctx: Ctx, contactId: number, options: { ifVersion?: number } = {}): Promise<void> {
  await ctx.transact(async (tx) => {
    await lockContact(tx, contactId);
    const { name, phone, email, version } = await getContact(tx, contactId);
    requireVersion("contact", version, options.ifVersion);
    await tx.tx.run(markDeleted({ companyId: tx.companyId, contactId, now: tx.now().toISOString() }));
    const before = { name, phone, email };
    await recordEvent(tx, { type: "contact.deleted", subject: { kind: "contact", id: contactId }, before });
  });
}

const markDeleted = prepared<{ companyId: number; contactId: number; now: string }>()(
  (_db, arg) => sql<never>`
    update contacts set deleted_at = ${arg("now")}::timestamptz, version = version + 1, updated_at = ${arg("now")}::timestamptz
    where company_id = ${arg("companyId")}::bigint and id = ${arg("contactId")}::bigint`,
);
