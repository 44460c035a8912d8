import { updateBotSettings } from "../domain/bot/update-bot-settings.ts";
import { createKnowledge, type NewKnowledge } from "../domain/bot/write-knowledge.ts";
import type { TxCtx } from "../domain/context.ts";

const knowledge: NewKnowledge[] = [
  {
    question: "What are your opening hours?",
    answer: "We are here Monday to Friday from 9:00 to 18:00.",
    keywords: ["opening hours", "when are you open", "horario", "horário", "öffnungszeiten", "horaires"],
  },
  {
    question: "Where are you located?",
    answer: "Our clinic and office are at 12 Harbour Lane; there is parking behind the house.",
    keywords: ["address", "dirección", "endereço", "adresse", "parking"],
  },
  {
    question: "Do you offer appointment reminders by WhatsApp?",
    answer: "Yes: reminders 24 and 2 hours before, with buttons to confirm or to choose another time.",
    keywords: ["appointment reminders", "recordatorios", "lembretes", "terminerinnerung", "rappels"],
  },
];

/** The demo's bot is on, so that who plays the customer gets an answer. */
export async function teachBot(tx: TxCtx): Promise<void> {
  await updateBotSettings(tx, {
    enabled: true,
    businessName: "Solmarea",
    about: "A clinic that also sells its appointment and reminder software to other clinics.",
    prices: "consultations from 40, the software from 29 a month.",
  });
  for (const entry of knowledge) await createKnowledge(tx, entry);
}
