import { describe, expect, test } from "vitest";
import { bookAppointment } from "../../../server/domain/appointments/book-appointment.ts";
import { getAppointment } from "../../../server/domain/appointments/get-appointment.ts";
import { rescheduleAppointment } from "../../../server/domain/appointments/reschedule-appointment.ts";
import { createContact } from "../../../server/domain/contacts/create-contact.ts";
import { readAnswerWord } from "../../../server/domain/reminders/answers/read-answer-word.ts";
import { memberOf, personIn } from "../../factories/people.ts";
import { messageBody, textBody } from "../../factories/whatsapp-body.ts";
import { deliver } from "../../harness/deliver.ts";
import { count, rows } from "../../harness/rows.ts";
import { testDatabase } from "../../harness/test-database.ts";
import { dayMs, monday, type RemindedClinic, remindedClinics, shifted } from "./reminded-clinic.ts";

const database = await testDatabase();
const { db } = database;
const { office, book, remindAt, outgoing, followAll, say, reminded } = remindedClinics(database);

async function press({ companyId, phone }: RemindedClinic, id: string, title: string) {
  const reply = { type: "list_reply", list_reply: { id, title } };
  await deliver(db, messageBody({ type: "interactive", content: reply, phone, phoneNumberId: `sim-${companyId}` }));
}

async function proposed(one: RemindedClinic) {
  const last = (await outgoing(one)).at(-1);
  return last?.request.interactive?.sections[0]?.rows ?? [];
}

const openTask = ({ companyId }: RemindedClinic) =>
  count(db, `tasks where company_id = ${companyId} and title like 'Find another time%' and status = 'todo'`);

describe("an answer to a reminder", () => {
  test.each(["Yes", "ja, gerne!", "Sí, gracias", "sim", "Oui, merci", "हाँ", "👍", "Ok thanks"])(
    "“%s” confirms the visit",
    async (text) => {
      const { one, visit } = await reminded();
      await say(one, text);
      const confirmed = await getAppointment(one.own, visit.id);
      expect([confirmed.status, confirmed.confirmedAt]).toEqual(["confirmed", expect.any(String)]);
      const tasks = await rows(
        db,
        `select status from tasks where company_id = ${one.companyId} and title like 'Confirm%'`,
      );
      expect(tasks).toEqual([{ status: "done" }]);
      expect(await outgoing(one)).toHaveLength(2);
      expect(
        await count(db, `bot_turns where company_id = ${one.companyId} and last_message_id > 0`),
      ).toBeLessThanOrEqual(1);
    },
  );

  test.each(["No, sorry", "Ich kann leider nicht", "no puedo", "não posso", "Je ne peux pas", "नहीं", "can't"])(
    "“%s” brings three free times to choose from, and a task for the team",
    async (text) => {
      const { one, visit } = await reminded();
      await say(one, text);
      const times = await proposed(one);
      expect(times.map(({ id }) => id.split(":").slice(0, 3).join(":"))).toEqual([
        ...Array.from({ length: 3 }, () => `appointment:${visit.id}:move`),
        `appointment:${visit.id}:other`,
      ]);
      expect(times.every(({ title }) => title.length <= 24)).toBe(true);
      expect(await openTask(one)).toBe(1);
    },
  );

  test("that chooses a time moves the visit there, confirmed, and ends the task", async () => {
    const { one, visit } = await reminded();
    await say(one, "cannot");
    const [first] = await proposed(one);
    await press(one, first?.id ?? "", first?.title ?? "");
    await followAll();
    const moved = await getAppointment(one.own, visit.id);
    expect(moved.startsAt).not.toBe(visit.startsAt);
    expect([moved.status, await openTask(one)]).toEqual(["confirmed", 0]);
    expect((await outgoing(one)).at(-1)?.text).toContain("your visit is now on");
  });

  test("that chooses a time which somebody took meanwhile gets the next ones", async () => {
    const { one, visit } = await reminded();
    await say(one, "cannot");
    const [first] = await proposed(one);
    const startsAt = new Date(Number(first?.id.split(":")[3]) * 60_000).toISOString();
    await bookAppointment(one.own, { ...one.clinic, contactId: await personIn(db, one.companyId), startsAt });
    await press(one, first?.id ?? "", first?.title ?? "");
    await followAll();
    expect((await getAppointment(one.own, visit.id)).startsAt).toBe(visit.startsAt);
    const again = await proposed(one);
    expect([again.length, again.some(({ id }) => id === first?.id)]).toEqual([4, false]);
  });

  test("that chooses the same time of a proposal twice has one visit, and hears the same", async () => {
    const { one, visit } = await reminded();
    await press(one, `appointment:${visit.id}:again`, "Show me times");
    await followAll();
    const [first] = await proposed(one);
    await press(one, first?.id ?? "", first?.title ?? "");
    await press(one, first?.id ?? "", first?.title ?? "");
    await Promise.all([followAll(), followAll()]);
    const said = (await outgoing(one)).slice(-2).map(({ text }) => text);
    expect(said).toEqual([expect.stringContaining("Booked:"), said[0]]);
    expect(await count(db, `appointments where company_id = ${one.companyId} and source = 'whatsapp'`)).toBe(1);
  });

  test("is met by whoever of the team moves the visit, which ends the task", async () => {
    const { one, visit } = await reminded();
    await say(one, "cannot");
    expect(await openTask(one)).toBe(1);
    await rescheduleAppointment(one.own, visit.id, { startsAt: shifted(monday, dayMs) });
    expect(await openTask(one)).toBe(0);
  });

  test("still waits for another time where the team changes only how long the visit is", async () => {
    const { one, visit } = await reminded();
    await say(one, "cannot");
    const { startsAt, endsAt } = visit;
    await rescheduleAppointment(one.own, visit.id, { startsAt, endsAt: shifted(new Date(endsAt), 15 * 60_000) });
    expect(await openTask(one)).toBe(1);
  });

  test("that chooses a time at which the team has put the visit meanwhile ends the task", async () => {
    const { one, visit } = await reminded();
    await say(one, "cannot");
    const [first] = await proposed(one);
    const startsAt = new Date(Number(first?.id.split(":")[3]) * 60_000).toISOString();
    await rescheduleAppointment(one.own, visit.id, { startsAt });
    await press(one, `appointment:${visit.id}:reschedule`, "Another time");
    await followAll();
    expect(await openTask(one)).toBe(1);
    await press(one, first?.id ?? "", first?.title ?? "");
    await followAll();
    expect([(await getAppointment(one.own, visit.id)).status, await openTask(one)]).toEqual(["confirmed", 0]);
  });

  test("none of the times is handed to the team", async () => {
    const { one, visit } = await reminded();
    await say(one, "cannot");
    await press(one, `appointment:${visit.id}:other`, "Another time");
    await followAll();
    expect([await openTask(one), (await outgoing(one)).at(-1)?.text]).toEqual([
      1,
      expect.stringContaining("We will write"),
    ]);
  });

  test("by a button of the template confirms, also when told twice and followed by two workers", async () => {
    const { one, visit } = await reminded();
    const body = messageBody({
      type: "button",
      content: { text: "Yes, I will come", payload: `appointment:${visit.id}:confirm` },
      phone: one.phone,
      phoneNumberId: `sim-${one.companyId}`,
    });
    await deliver(db, body);
    await deliver(db, body);
    await Promise.all([followAll(), followAll()]);
    expect((await getAppointment(one.own, visit.id)).status).toBe("confirmed");
    expect(await outgoing(one)).toHaveLength(2);
  });
});

const unread = ({ companyId }: RemindedClinic) =>
  rows<{ title: string; description: string; assignee_user_id: number | null }>(
    db,
    `select title, description, assignee_user_id from tasks where company_id = ${companyId} and title like 'Answer to the reminder%'`,
  );

describe("a sentence that declines", () => {
  test.each([
    "Ich kann leider nicht, geht ein anderer Termin?",
    "Hallo, den Termin am Montag muss ich leider absagen. Viele Grüße, Ana",
    "I'm afraid I won't be able to come on Monday, could we find something later that week?",
    "Sorry, I can't make it. Could we reschedule?",
    "Lo siento, no voy a poder ir el lunes. ¿Tienen otra hora?",
    "Bonjour, malheureusement je ne pourrai pas venir lundi. Auriez-vous un autre créneau ?",
    "Olá, infelizmente não vou conseguir na segunda. Podemos remarcar?",
    "माफ़ कीजिए, मैं सोमवार को नहीं आ पाऊंगी, क्या कोई और समय मिलेगा?",
    "Sorry ji, Monday ko main nahi aa paunga, koi aur din?",
  ])("brings other times and the task: “%s”", async (text) => {
    expect(readAnswerWord(text)).toBe("reschedule");
    const { one } = await reminded();
    await say(one, text);
    expect([await openTask(one), (await proposed(one)).length, await unread(one)]).toEqual([1, 4, []]);
  });

  test.each([
    "Yes, I will come, but I can't come before ten",
    "No, I'll be there",
    "What happens if I can't come?",
    "Was ist, wenn ich nicht kommen kann? Muss ich absagen?",
    "I can't wait!",
    "Is there another entrance?",
    "Wo ist der Eingang, ich kann ihn nicht finden",
    "No problem at all, thanks",
  ])("is told from one that does not: “%s”", (text) => {
    expect(readAnswerWord(text)).toBeUndefined();
  });
});

test("words of which only Spanish or Portuguese is sure are answered in Spanish, after a template in English too", async () => {
  const { one } = await reminded();
  await say(one, "No puedo ese día, ¿tienen otra hora?");
  expect((await outgoing(one)).at(-1)?.text).toContain("¿Cuándo le viene mejor?");
});

describe("an answer that is not understood", () => {
  test("makes a task and a notification for the owner, once a reminder, and the bot answers as ever", async () => {
    const { one, visit } = await reminded();
    const userId = await memberOf(db, one.companyId, "salesperson");
    await rows(db, `update contacts set owner_user_id = ${userId} where id = ${one.contactId}`);
    await memberOf(db, one.companyId, "admin");
    const { companyId } = one;
    await say(one, "Is there parking near the clinic?");
    await say(one, "And can I bring my dog?");
    const [task, ...more] = await unread(one);
    expect([task?.title, more]).toEqual(["Answer to the reminder: Botox Treatment", []]);
    expect(task?.description).toContain("Is there parking near the clinic?");
    expect(task?.assignee_user_id).toBe(userId);
    expect(
      await rows(
        db,
        `select user_id from notifications where company_id = ${companyId} and kind = 'appointment.answered'`,
      ),
    ).toEqual([{ user_id: userId }]);
    expect(await count(db, `bot_turns where company_id = ${companyId}`)).toBe(1);
    expect((await getAppointment(one.own, visit.id)).status).toBe("booked");
  });

  test("is none where nothing is said: thanks, or a heart", async () => {
    const { one } = await reminded();
    await say(one, "Vielen Dank!");
    await say(one, "❤️");
    expect(await unread(one)).toEqual([]);
  });
});

describe("who answers a reminder", () => {
  test("does not become a lead by it, and does by what is no answer", async () => {
    const one = await office();
    const phone = "919870001122";
    const { id: contactId } = await createContact(one.own, { name: "Nora", phone: `+${phone}` });
    const nora = { ...one, contactId, phone };
    const visit = await book(nora);
    await remindAt(new Date(monday.getTime() - dayMs));
    const leads = () => count(db, `leads where company_id = ${one.companyId} and contact_id = ${contactId}`);
    await press(nora, `appointment:${visit.id}:reschedule`, "Another time");
    await say(nora, "Yes");
    expect([await leads(), await openTask(one)]).toEqual([0, 1]);
    await say(nora, "How much is a Botox treatment?");
    expect(await leads()).toBe(1);
  });

  test("gives the team a task that is not overdue when it is made", async () => {
    const { one } = await reminded();
    await say(one, "cannot");
    const { one: other } = await reminded();
    await say(other, "Is there parking near the clinic for that day?");
    const tasks = await rows<{ title: string }>(
      db,
      `select title from tasks where company_id in (${one.companyId}, ${other.companyId}) and task_type = 'follow_up'
         and due_at between created_at + interval '50 minutes' and created_at + interval '70 minutes' order by id`,
    );
    expect(tasks.map(({ title }) => title.split(":", 1)[0])).toEqual(["Find another time", "Answer to the reminder"]);
  });
});

describe("a message that is no answer", () => {
  test("is left to the bot and the team: a word without a reminder, after something else we said, or about another's visit", async () => {
    const { one, visit } = await reminded();
    const other = { ...one, ...(await remindedClinics(database).person(one.companyId)) };
    await say(other, "Yes");
    await press(other, `appointment:${visit.id}:confirm`, "Yes");
    await say(one, "Yes, but is there parking near the clinic?");
    await followAll();
    expect((await getAppointment(one.own, visit.id)).status).toBe("booked");
    expect(await count(db, `reminder_answers where company_id = ${one.companyId}`)).toBe(0);
    expect(await outgoing(one)).toHaveLength(1);
  });

  test("costs nothing: no word of it is one of ours", () => {
    for (const text of ["", "Hello", "How much is it?", "yes but later maybe", "nobody", "jaguar", "nothing"])
      expect(readAnswerWord(text)).toBeUndefined();
  });

  test("is not answered by the bot where it was an answer", async () => {
    const { one } = await reminded();
    const { companyId, phone } = one;
    await deliver(db, textBody({ text: "Yes", phone, phoneNumberId: `sim-${companyId}` }));
    expect(await count(db, `bot_turns where company_id = ${companyId}`)).toBe(0);
    await deliver(db, textBody({ text: "How much is it?", phone, phoneNumberId: `sim-${companyId}` }));
    expect(await count(db, `bot_turns where company_id = ${companyId}`)).toBe(1);
  });
});
