import { bookAppointment } from "../../../server/domain/appointments/book-appointment.ts";
import type { Ctx } from "../../../server/domain/context.ts";
import { followNextAnswer } from "../../../server/domain/reminders/answers/follow-answers.ts";
import { dispatchReminders } from "../../../server/domain/reminders/dispatch-reminders.ts";
import { insertSampleTemplates } from "../../../server/domain/simulator/sample-templates.ts";
import { type Clinic, clinicIn } from "../../factories/clinic.ts";
import { textBody } from "../../factories/whatsapp-body.ts";
import { deliver } from "../../harness/deliver.ts";
import { rows } from "../../harness/rows.ts";
import type { TestDatabase } from "../../harness/test-database.ts";

export const dayMs = 86_400_000;

let serial = 0;

/** Monday 10:00 UTC of the week after next: beyond every reminder, whenever the test runs. */
export const monday = new Date(Math.ceil(Date.now() / (7 * dayMs)) * 7 * dayMs + 11 * dayMs + 10 * 3_600_000);

export function shifted(time: Date, ms: number): string {
  return new Date(time.getTime() + ms).toISOString().replace(".000Z", "Z");
}

export type RemindedClinic = { companyId: number; own: Ctx; clinic: Clinic; contactId: number; phone: string };

const throwing = (error: unknown) => {
  throw error;
};

export function remindedClinics({ db, ctx, createCompany }: TestDatabase) {
  /** A clinic whose person has written before; the simulated number has the template appointment_reminder. */
  const office = async (): Promise<RemindedClinic> => {
    const companyId = await createCompany();
    const own = ctx(companyId);
    const clinic = await clinicIn(own);
    await own.transact(insertSampleTemplates);
    return { companyId, own, clinic, ...(await person(companyId)) };
  };
  const person = async (companyId: number) => {
    serial += 1;
    const phone = `9198${String(60_000_000 + serial)}`;
    await deliver(db, textBody({ text: "Hello", phone, phoneNumberId: `sim-${companyId}` }));
    const [row] = await rows<{ id: number }>(
      db,
      `select id from contacts where company_id = ${companyId} order by id desc limit 1`,
    );
    return { contactId: row?.id ?? 0, phone };
  };
  const book = ({ own, clinic, contactId }: RemindedClinic, startsAt = shifted(monday, 0)) =>
    bookAppointment(own, { ...clinic, contactId, startsAt });
  /** Sends everything that is due then. */
  const remindAt = async (at: Date, onError: (error: unknown) => void = throwing) => {
    while ((await dispatchReminders(db, { now: at, limit: 500, onError })) === 500);
  };
  const reminders = ({ companyId }: { companyId: number }) =>
    rows<{ minutes: number; state: string; due: string; reason: string | null; sent_by: string | null }>(
      db,
      `select minutes_before as minutes, state, due_at as due, reason, sent_by from appointment_reminders
       where company_id = ${companyId} order by due_at, id`,
    );
  const outgoing = ({ companyId }: { companyId: number }) =>
    rows<{
      text: string;
      type: string;
      status: string;
      request: { interactive?: { sections: { rows: { id: string; title: string }[] }[] } };
    }>(
      db,
      `select m.text, m.type, m.status, s.request from messages m join outbound_sends s using (company_id)
       where s.message_id = m.id and company_id = ${companyId} and m.direction = 'out' order by m.id`,
    );
  const followAll = async (now = new Date()) => {
    while ((await followNextAnswer(db, { now, onError: throwing })) > 0);
  };
  /** The person writes, and what follows is done. */
  const say = async ({ companyId, phone }: RemindedClinic, text: string) => {
    await deliver(db, textBody({ text, phone, phoneNumberId: `sim-${companyId}` }));
    await followAll();
  };
  /** Somebody who was just reminded of a visit, at a company whose bot answers. */
  const reminded = async () => {
    const one = await office();
    const visit = await book(one);
    await remindAt(new Date(monday.getTime() - dayMs));
    await rows(
      db,
      `insert into bot_settings (company_id, enabled) values (${one.companyId}, true) on conflict (company_id) do update set enabled = true`,
    );
    await rows(db, `delete from bot_turns where company_id = ${one.companyId}`);
    return { one, visit };
  };
  return { office, person, book, remindAt, reminders, outgoing, followAll, say, reminded };
}
