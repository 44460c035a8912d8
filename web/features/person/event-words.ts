import { numberOf, objectOf, textOf } from "../../../shared/json.ts";
import { stages } from "../../../shared/stages.ts";
import type { Event as JournalEvent } from "../../../shared/v1/event.ts";
import { formatMoney } from "../../lib/format-money.ts";
import { dayAndClock, placeTime } from "../../lib/format-time.ts";
import { stageWords } from "../../lib/stage-words.ts";

type Fields = Record<string, unknown>;
type Told = { after: Fields; before: Fields; data: Fields; title: string };

/** What happened, in the team's words, by event type. */
const sentences: Record<string, (told: Told) => string> = {
  "contact.created": () => "Became a contact",
  "contact.updated": ({ before, after }) => changedWords(before, after),
  "contact.identity_added": () => "Another number or id became known",
  "contact.tagged": ({ after }) => `Tagged ${plain(after.tag)}`,
  "contact.untagged": ({ before }) => `Tag ${plain(before.tag)} removed`,
  "contact.restored": () => "Restored",
  "lead.created": ({ data }) => `Became a lead${spaced(textOf(data.lead))}`,
  "lead.updated": ({ before, after }) => (after.closed_at ? "Lead ended" : changedWords(before, after)),
  "lead.stage_changed": ({ before, after }) => `Moved from ${stageWord(before.stage)} to ${stageWord(after.stage)}`,
  "lead.assigned": ({ after }) =>
    after.owner_user_id || after.owner_name ? "Lead given to somebody" : "Lead given to nobody",
  "lead.converted": ({ title }) => `Lead became a deal${title}`,
  "lead.deleted": () => "Lead deleted",
  "lead.restored": () => "Lead restored",
  "lead.scored": ({ before, after }) => scoredWords(before, after),
  "task.created": ({ title }) => `Task created${title}`,
  "task.completed": ({ title }) => `Task done${title}`,
  "task.updated": ({ title }) => `Task changed${title}`,
  "task.due": ({ title }) => `Task is due${title}`,
  "task.deleted": ({ title }) => `Task deleted${title}`,
  "deal.created": ({ title }) => `Deal opened${title}`,
  "deal.updated": ({ title }) => `Deal changed${title}`,
  "deal.stage_changed": ({ after, title }) => `Deal moved to ${plain(after.stage).toLowerCase()}${title}`,
  "deal.won": ({ title }) => `Deal won${title}`,
  "deal.lost": ({ title, data }) => `Deal lost${title}${spaced(textOf(data.reason))}`,
  "message.received": ({ data }) => `Wrote: ${excerpt(data)}`,
  "message.sent": ({ data }) => `We wrote: ${excerpt(data)}`,
  "message.edited": ({ after }) => `Message changed${spaced(textOf(after.text))}`,
  "message.revoked": () => "Message deleted",
  "message.status_changed": ({ after }) => `Message ${plain(after.status).toLowerCase()}`,
  "activity.logged": ({ title }) => `Activity logged${title}`,
  "attachment.added": ({ after }) => `File added: ${textOf(after.filename) ?? "a file"}`,
  "attachment.deleted": ({ before }) => `File taken away: ${textOf(before.filename) ?? "a file"}`,
  "form.submitted": ({ data }) => `Filled in the form${spaced(textOf(data.form))}`,
  "note.created": () => "Note written",
  "appointment.booked": ({ after, data }) => `Appointment booked${visitWords(after, data)}`,
  "appointment.confirmed": () => "Appointment confirmed",
  "appointment.rescheduled": ({ after, data }) => `Appointment moved${visitWords(after, data)}`,
  "appointment.completed": () => "Appointment took place",
  "appointment.cancelled": ({ after }) => `Appointment cancelled${spaced(textOf(after.cancel_reason))}`,
  "appointment.missed": () => "Did not come to the appointment",
  "appointment.reopened": () => "Appointment opened again",
  "appointment.updated": ({ before, after }) => changedWords(before, after),
  "appointment.deleted": ({ before, data }) => `Appointment deleted${visitWords(before, data)}`,
  "appointment.restored": () => "Appointment restored",
  "appointment.reminded": ({ data }) => remindedWords(data),
  "appointment.not_reminded": ({ data }) => `Could not be reminded of the appointment${spaced(textOf(data.reason))}`,
  "contact.rebooking_proposed": () => "We proposed times for another appointment",
  "customer_record.updated": ({ before, after }) => changedWords(before, after),
  "loyalty.earned": (told) => pointsWords("Earned", told),
  "loyalty.reversed": (told) => pointsWords("Lost", told),
  "loyalty.adjusted": (told) => pointsWords("Points adjusted by", told),
  "loyalty.redeemed": (told) => pointsWords("Redeemed", told),
  "consent.granted": ({ after }) => `Agreed to ${plain(after.purpose).toLowerCase()}`,
  "consent.withdrawn": ({ after }) => `Opted out of ${plain(after.purpose).toLowerCase()}`,
};

/** An event as a sentence; one without a sentence of its own gets its type in words. */
export function eventWords(event: JournalEvent): string {
  const after = event.after ?? {};
  const before = event.before ?? {};
  const data = objectOf(event.data) ?? {};
  const name = textOf(after.title) ?? textOf(data.title) ?? textOf(before.title);
  const title = name === undefined ? "" : `: ${name}`;
  return sentences[event.type]?.({ after, before, data, title }) ?? `${plain(event.type)}${title}`;
}

/** Who did it; nothing where it goes without saying. */
export function actorWords(event: JournalEvent): string {
  if (event.actor.name) return event.actor.name;
  if (event.actor.kind === "api_key") return "by an API key";
  return event.actor.kind === "system" ? "automatic" : "";
}

function scoredWords(before: Fields, after: Fields): string {
  const from = numberOf(before.lead_score);
  const to = numberOf(after.lead_score);
  if (to === undefined) return "Scored";
  return from === undefined ? `Scored ${to}` : `Score went from ${from} to ${to}`;
}

function changedWords(before: Fields, after: Fields): string {
  const all = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  // A currency that came with its amount is told with it.
  const fields = all.filter((field) => !(field === "budget_currency" && numberOf(after.budget) !== undefined));
  const said = fields.flatMap((field) => {
    const value = field === "budget" ? moneyWords(after) : textOf(after[field]);
    return value === undefined ? [] : [`${plain(field).toLowerCase()}: ${value}`];
  });
  if (fields.length === 0) return "Details changed";
  return said.length === fields.length
    ? capital(said.join(", "))
    : `Changed ${fields.map((field) => plain(field).toLowerCase()).join(", ")}`;
}

function moneyWords({ budget, budget_currency: currency }: Fields): string | undefined {
  const amount = numberOf(budget);
  return amount === undefined ? undefined : formatMoney(amount, textOf(currency) ?? "");
}

function stageWord(value: unknown): string {
  const stage = stages.find((known) => known === value);
  return stage ? stageWords[stage] : plain(value);
}

/** On the place's clock, where the event tells its zone: those of before did not. */
function visitWords(fields: Fields, { time_zone: timeZone }: Fields): string {
  const service = textOf(fields.service);
  const startsAt = textOf(fields.starts_at);
  const zone = textOf(timeZone);
  const when = startsAt && (zone === undefined ? dayAndClock(startsAt, Date.now()) : placeTime(startsAt, zone));
  const words = [service, when].filter((word) => word !== undefined).join(", ");
  return words === "" ? "" : `: ${words}`;
}

function remindedWords({ by, kind, service }: Fields): string {
  const how = by === "email" ? "by e-mail" : "by WhatsApp";
  const what = kind === "recovery" ? "Written to after the missed appointment" : "Reminded of the appointment";
  return `${what} ${how}${spaced(textOf(service))}`;
}

function pointsWords(what: string, { after, data }: Told): string {
  const points = numberOf(data.points ?? after.points);
  return points === undefined ? `${what} points` : `${what} ${Math.abs(points)} points`;
}

function excerpt(data: Fields): string {
  const words = textOf(data.text);
  if (words === undefined) return plain(data.message_type ?? "message").toLowerCase();
  return words.length > 120 ? `${words.slice(0, 118)}…` : words;
}

function spaced(text: string | undefined): string {
  return text === undefined ? "" : ` (${text})`;
}

/** "deal.stage_changed" → "Deal stage changed", "lead_score" → "Lead score". */
function plain(value: unknown): string {
  const text = textOf(value) ?? "nothing";
  return capital(text.replaceAll(/[._]/g, " "));
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
