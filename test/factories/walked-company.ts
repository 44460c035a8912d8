import { Readable } from "node:stream";
import { logActivity } from "../../server/domain/activities/log-activity.ts";
import { bookAppointment } from "../../server/domain/appointments/book-appointment.ts";
import { attachmentFiles } from "../../server/domain/attachments/attachment-files.ts";
import { uploadAttachment } from "../../server/domain/attachments/upload-attachment.ts";
import { createContact } from "../../server/domain/contacts/create-contact.ts";
import { updateContact } from "../../server/domain/contacts/update-contact.ts";
import type { Ctx } from "../../server/domain/context.ts";
import { createDeal } from "../../server/domain/deals/create-deal.ts";
import { createImport } from "../../server/domain/imports/create-import.ts";
import { mediaFiles } from "../../server/domain/media/media-files.ts";
import { proposeMergeByHand } from "../../server/domain/merges/propose-by-hand.ts";
import { createNote } from "../../server/domain/notes/write-note.ts";
import { createQuickReply } from "../../server/domain/quick-replies/write-quick-reply.ts";
import { createTeam } from "../../server/domain/reach/write-team.ts";
import { tagContact } from "../../server/domain/tags/tag-contact.ts";
import { createTask } from "../../server/domain/tasks/create-task.ts";
import { rows } from "../harness/rows.ts";
import type { TestApp } from "../harness/test-app.ts";
import { clinicIn } from "./clinic.ts";
import { messagesOf } from "./messages.ts";
import { memberOf } from "./people.ts";

export type Walked = {
  companyId: number;
  /** Owns the person. */
  ownerId: number;
  contactId: number;
  /** Stands in every name and text of the company. */
  mark: string;
  /** The person's number, in digits. */
  phone: string;
};

/** A company in which everything a route can name is there once, about one person whose number stands wherever numbers stand. */
export async function walkedCompany(test: TestApp, mark: string, phone: string): Promise<Walked> {
  const companyId = await test.createCompany();
  const ctx = test.ctx(companyId);
  const ownerId = await memberOf(test.db, companyId, "salesperson");
  const person = await createContact(ctx, {
    name: `${mark} +${phone}`,
    phone: `+${phone}`,
    company: `${mark} Ltd`,
    notes: `call ${phone}`,
    ownerUserId: ownerId,
    stage: "qualified",
    tags: [mark],
  });
  const contactId = person.id;
  await work(ctx, contactId, mark, phone);
  await messagesOf(test.db, companyId, contactId, [
    { direction: "in", sentAt: new Date(Date.now() - 3_600_000).toISOString() },
    { direction: "out", sentAt: new Date(Date.now() - 1_800_000).toISOString() },
  ]);
  const wamid = `wamid.${Buffer.from(`HBgN${phone}FQIAERgS`).toString("base64")}`;
  await rows(
    test.db,
    `update messages set text = '${mark} my number is +${phone}', provider_id = '${wamid}' || id where company_id = ${companyId} returning id`,
  );
  await rows(
    test.db,
    `update conversations set last_message_at = now(), last_message_text = '${mark} ${phone}' where company_id = ${companyId} returning id`,
  );
  await rows(
    test.db,
    `insert into media (company_id, message_id, status, kind) select company_id, min(id), 'pending', 'image' from messages
     where company_id = ${companyId} group by company_id returning id`,
  );
  await rows(
    test.db,
    `insert into emails (company_id, message_id, channel_account_id, contact_id, internet_message_id, thread_id, subject)
     select company_id, id, channel_account_id, contact_id, '<' || id || '@example.test>', id, '${mark} +${phone}' from messages
     where company_id = ${companyId} returning message_id`,
  );
  const files = attachmentFiles(mediaFiles(test.dataDir), undefined);
  const source = Readable.from([Buffer.from("a file")]);
  const filename = `${mark} ${phone}.txt`;
  await uploadAttachment(ctx, files, { contactId, dealId: null, noteId: null, filename, source });
  await rows(
    test.db,
    `update company_settings set hourly_limit_factor = 1000, api_requests_per_minute = 1000000 where company_id = ${companyId} returning company_id`,
  );
  return { companyId, ownerId, contactId, mark, phone };
}

async function work(ctx: Ctx, contactId: number, mark: string, phone: string): Promise<void> {
  await updateContact(ctx, contactId, { position: `${mark} boss` });
  const deal = await createDeal(ctx, { contactId, title: `${mark} deal`, value: "10" });
  await createTask(ctx, { contactId, dealId: deal.id, title: `${mark} call ${phone}`, dueAt: "2027-01-04T10:00:00Z" });
  await createNote(ctx, { contactId, body: `${mark} says +${phone}` });
  // The newest activity, which routes of calls name.
  await logActivity(ctx, { contactId, activityType: "call", title: `${mark} talked`, description: `rang +${phone}` });
  const clinic = await clinicIn(ctx);
  const visit = { ...clinic, contactId, notes: mark, hours: "any" as const };
  await bookAppointment(ctx, { ...visit, startsAt: "2026-11-02T10:00:00Z", status: "completed" });
  await bookAppointment(ctx, { ...visit, startsAt: "2027-02-01T10:00:00Z" });
  const other = await createContact(ctx, {
    name: `${mark} twin`,
    phone: `+${phone.slice(0, -1)}${(Number(phone.at(-1)) + 5) % 10}`,
  });
  await proposeMergeByHand(ctx, { keptId: contactId, mergedId: other.id, reason: mark });
  await tagContact(ctx, other.id, { name: mark });
  await createImport(ctx, { filename: mark, header: ["name", "phone"], rows: [[mark, `+${phone}`]] });
  await createQuickReply(ctx, { shortcut: mark.toLowerCase(), title: mark, text: mark, language: null });
  await createTeam(ctx, { name: mark });
}
