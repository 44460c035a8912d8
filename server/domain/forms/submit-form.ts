import { createHash } from "node:crypto";
import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import { getContact } from "../contacts/get-contact.ts";
import { recordConsent } from "../contacts/record-consent.ts";
import { withdrawnChannels } from "../contacts/withdrawn-channels.ts";
import type { Ctx, TxCtx } from "../context.ts";
import { recordEvent } from "../events/record-event.ts";
import { followUpDue } from "../intake/create-follow-ups.ts";
import { displayName } from "../intake/display-name.ts";
import { intakeSteps } from "../intake/intake-steps.ts";
import { notifyTeam } from "../notifications/notify-team.ts";
import { scoreContacts } from "../scoring/score-contacts.ts";
import { createTasksOnce } from "../tasks/create-tasks-once.ts";
import { loadWorkingTime } from "../tasks/load-working-time.ts";
import type { Form } from "./form.ts";
import { type FormPerson, formPerson } from "./form-person.ts";
import { type ReadValues, readValues, type SentValues } from "./read-values.ts";

/** Where it came from, kept as evidence of the consent. */
export type Visitor = { address: string; userAgent: string };

/**
 * Makes a lead of a filled-in form: person, lead, consent, score, task, notification. The same again within ten minutes is a second
 * click and changes nothing. A program's submission is kept apart, and told that all went well.
 */
export async function submitForm(ctx: Ctx, form: Form, sent: SentValues, visitor: Visitor): Promise<void> {
  const read = readValues(form, sent);
  const fingerprint = createHash("sha256")
    .update(JSON.stringify([form.id, read.values, read.consented]))
    .digest("hex");
  await ctx.transact(async (tx) => {
    await tx.tx.run(lockFingerprint({ companyId: tx.companyId, fingerprint }));
    if (await tx.tx.first(sameLately({ companyId: tx.companyId, formId: form.id, fingerprint, now: iso(tx) }))) return;
    const person = read.isSpam ? undefined : await formPerson(tx, form, read.filled);
    const submissionId = await keep(tx, form, { read, person, visitor, fingerprint });
    if (person === undefined) return;
    const withheld = read.consented ? await keepConsents(tx, form, { read, person, visitor, submissionId }) : [];
    await recordEvent(tx, {
      type: "form.submitted",
      subject: { kind: "form", id: form.id },
      contactId: person.contactId,
      data: { form: form.name, submissionId, values: read.values },
    });
    await tellTeam(tx, form, { read, person, submissionId, withheld });
  });
}

type Submission = { read: ReadValues; person: FormPerson; submissionId: number };

async function keep(
  tx: TxCtx,
  form: Form,
  {
    read,
    person,
    visitor,
    fingerprint,
  }: { read: ReadValues; person: FormPerson | undefined; visitor: Visitor; fingerprint: string },
): Promise<number> {
  const row = await tx.tx.first(
    insertSubmission({
      companyId: tx.companyId,
      formId: form.id,
      contactId: person?.contactId ?? null,
      leadId: person?.leadId ?? null,
      values: JSON.stringify(read.values),
      consented: read.consented,
      consentText: read.consented ? form.consentText : "",
      outcome: outcomeOf(person),
      address: visitor.address,
      userAgent: visitor.userAgent.slice(0, 500),
      fingerprint,
      now: iso(tx),
    }),
  );
  if (!row) throw new Error("the submission was not kept");
  return row.id;
}

function outcomeOf(person: FormPerson | undefined): "new" | "known" | "spam" {
  if (person === undefined) return "spam";
  return person.isNew ? "new" : "known";
}

/**
 * On each channel whose address the person left, but for those on which they had withdrawn theirs: anybody can type an address into a
 * public form. Gives these, for the team to ask about.
 */
async function keepConsents(
  tx: TxCtx,
  form: Form,
  { read, person, visitor, submissionId }: Submission & { visitor: Visitor },
): Promise<string[]> {
  const channels = [...(read.filled.has("email") ? ["email"] : []), ...(read.filled.has("phone") ? ["whatsapp"] : [])];
  const withheld = await withdrawnChannels(tx, person.contactId, { channels, purposes: ["marketing", "all"] });
  for (const channel of channels.filter((each) => !withheld.has(each))) {
    await recordConsent(tx, {
      contactId: person.contactId,
      channel,
      purpose: "marketing",
      state: "granted",
      source: "form",
      at: tx.now(),
      evidence: { text: form.consentText, form: form.name, submissionId, address: visitor.address },
    });
  }
  return [...withheld];
}

async function tellTeam(
  tx: TxCtx,
  form: Form,
  { read, person, submissionId, withheld }: Submission & { withheld: string[] },
): Promise<void> {
  const { contactId, leadId } = person;
  const steps = await intakeSteps(tx);
  if (steps.score) await scoreContacts(tx, [contactId]);
  const name = displayName(await getContact(tx, contactId));
  const lines = form.fields.flatMap(({ name: field, label }) =>
    read.values[field] ? [`${label}: ${read.values[field]}`] : [],
  );
  const originKey = `form:${submissionId}`;
  if (steps.task) {
    const description = [`Filled in "${form.name}".`, ...lines, ...withheldInWords(withheld)].join("\n");
    const dueAt = followUpDue(tx.now(), "high", await loadWorkingTime(tx));
    const title = `Answer ${name}`;
    await createTasksOnce(tx, [
      { originKey, contactId, leadId, title, description, taskType: "follow_up", priority: "high", dueAt },
    ]);
  }
  if (!steps.notify) return;
  const title = person.isNew ? `New lead: ${name}` : `${name} filled in a form`;
  const body = [form.name, ...lines].join(" · ");
  await notifyTeam(tx, { kind: "lead.created", title, body, contactId, dedupeKey: originKey });
}

function withheldInWords(channels: string[]): string[] {
  if (channels.length === 0) return [];
  const names = channels.map((channel) => (channel === "email" ? "e-mail" : "WhatsApp")).join(" and ");
  return [`Ticked the consent, and had withdrawn it before by ${names}: it stays withdrawn until you have asked them.`];
}

function iso(tx: TxCtx): string {
  return tx.now().toISOString();
}

const lockFingerprint = prepared<{ companyId: number; fingerprint: string }>()(
  (_db, arg) => sql<never>`
    select pg_advisory_xact_lock(hashtextextended(${arg("fingerprint")}::text, ${arg("companyId")}::bigint))`,
);

const sameLately = prepared<{ companyId: number; formId: number; fingerprint: string; now: string }>()(
  (_db, arg) => sql<{ id: number }>`
    select id from form_submissions
    where company_id = ${arg("companyId")}::bigint and form_id = ${arg("formId")}::bigint
      and submitted_at > ${arg("now")}::timestamptz - interval '10 minutes' and fingerprint = decode(${arg("fingerprint")}::text, 'hex')
    limit 1`,
);

type Row = {
  companyId: number;
  formId: number;
  contactId: number | null;
  leadId: number | null;
  values: string;
  consented: boolean;
  consentText: string;
  outcome: string;
  address: string;
  userAgent: string;
  fingerprint: string;
  now: string;
};

const insertSubmission = prepared<Row>()(
  (_db, arg) => sql<{ id: number }>`
    insert into form_submissions (company_id, form_id, contact_id, lead_id, values, consented, consent_text, outcome, address, user_agent,
      fingerprint, submitted_at)
    values (${arg("companyId")}::bigint, ${arg("formId")}::bigint, ${arg("contactId")}::bigint, ${arg("leadId")}::bigint,
      ${arg("values")}::jsonb, ${arg("consented")}::boolean, ${arg("consentText")}::text, ${arg("outcome")}::text, ${arg("address")}::text,
      ${arg("userAgent")}::text, decode(${arg("fingerprint")}::text, 'hex'), ${arg("now")}::timestamptz)
    returning id`,
);
