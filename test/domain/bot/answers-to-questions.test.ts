import { describe, expect, test } from "vitest";
import type { BotState } from "../../../server/domain/bot/bot-turn.ts";
import { nextState } from "../../../server/domain/bot/next-state.ts";
import type { AskedField } from "../../../server/domain/bot/phrases/bot-phrases.ts";
import { planTurn } from "../../../server/domain/bot/plan-turn.ts";
import { turnFacts } from "./turn-facts.ts";

const known = { name: "Ana López", email: "ana@example.org", company: "Sun", need: "reminders" };

function factsOf(asked: AskedField, says: string, type = "text") {
  const person = { ...known, [asked]: asked === "name" ? "" : null };
  const state: Partial<BotState> = { greetedAt: "2026-11-21T09:00:00Z", lastAsked: asked, asked: { [asked]: 1 } };
  return turnFacts({ says, type, person, state });
}

const learntOf = (asked: AskedField, says: string, type?: string) => planTurn(factsOf(asked, says, type)).learnt;

describe("an answer to the question for the company", () => {
  test.each([
    ["Acme", "Acme"],
    ["acme dental", "acme dental"],
    ["Praxis Dr. Müller", "Praxis Dr. Müller"],
    ["we are Blue Ocean Dental", "Blue Ocean Dental"],
    ["we are blue ocean dental clinic", "blue ocean dental clinic"],
    ["Just Me Fashion GmbH", "Just Me Fashion GmbH"],
    ["just me fashion gmbh", "just me fashion gmbh"],
    ["I'm with Acme", "Acme"],
    ["from Acme", "Acme"],
    ["It's Acme Ltd", "Acme Ltd"],
    ["I work at Acme", "Acme"],
    ["Booking.com", "Booking.com"],
    ["3M", "3M"],
    ["We Are Social", "We Are Social"],
    ["You & Me Café", "You & Me Café"],
    ["Bank of India", "Bank of India"],
    ["Demo Systems GmbH", "Demo Systems GmbH"],
    ["Human Resources Partners Ltd", "Human Resources Partners Ltd"],
    ["Clínica Sol", "Clínica Sol"],
    ["somos Clínica Sol", "Clínica Sol"],
    ["Mi Tienda", "Mi Tienda"],
    ["Padaria do João", "Padaria do João"],
    ["somos a Padaria Bom Dia", "Padaria Bom Dia"],
    ["wir sind Praxis Müller", "Praxis Müller"],
    ["Praxis am Markt", "Praxis am Markt"],
    ["nous sommes Café Luc", "Café Luc"],
    ["Chez Nous", "Chez Nous"],
    ["टाटा मोटर्स", "टाटा मोटर्स"],
    ["टाटा मोटर्स है", "टाटा मोटर्स"],
    ["Tata Motors se", "Tata Motors"],
    ["Acme.", "Acme"],
    ["Acme Inc.", "Acme Inc."],
    ["I am calling from Acme", "Acme"],
    ["da Petrobras", "Petrobras"],
    ["No Name Bar", "No Name Bar"],
    ["hotel sol", "hotel sol"],
  ])("%j is %j", (says, company) => {
    expect(learntOf("company", says)).toEqual({ company });
  });

  test.each([
    "me chamo João Souza",
    "my name is Ana Lopes",
    "Ich heiße Jürgen Müller",
    "je m'appelle Luc Petit",
    "mera naam Rahul hai",
    "मेरा नाम राहुल है",
    "I'm Ana",
    "later",
    "más tarde",
    "später",
    "plus tard",
    "mais tarde",
    "baad mein",
    "ok thanks",
    "muchas gracias",
    "vielen Dank!",
    "merci beaucoup",
    "muito obrigado",
    "ठीक है",
    "I already told you",
    "ya se lo dije",
    "das habe ich schon gesagt",
    "je vous l'ai déjà dit",
    "já falei",
    "Do you speak Spanish",
    "hablan español",
    "sprechen Sie Englisch",
    "vous parlez anglais",
    "speak to your manager",
    "send me the catalogue please",
    "this is broken since yesterday",
    "we are closed",
    "https://evil.example",
    "evil.example/pay",
    "www.evil.example",
    "🙂",
    "👍🏽👍🏽",
    "+49 170 1234567",
    "मुझे मदद चाहिए",
    "no idea",
    "Keine Ahnung",
    "no sé",
    "não sei",
    "je ne sais pas",
    "idk",
    "a small business",
    "une petite entreprise",
    "my company",
    "It depends",
    "just looking",
    "stop",
    "x",
  ])("%j is none", (says) => {
    const plan = planTurn(factsOf("company", says));
    expect(plan.learnt).toEqual({});
    expect(plan.declines).toBeNull();
  });

  test.each(["location", "contacts", "image", "video", "document", "sticker", "audio", "order"])(
    "is none in what a %s says beside it",
    (type) => {
      expect(learntOf("company", "Blue Ocean Dental", type)).toEqual({});
    },
  );

  test.each(["button", "interactive", "email"])("may be a %s", (type) => {
    expect(learntOf("company", "Blue Ocean Dental", type)).toEqual({ company: "Blue Ocean Dental" });
  });
});

describe("an answer that there is none", () => {
  test.each([
    ["company", "no company"],
    ["company", "I have no company"],
    ["company", "I don't have a company"],
    ["company", "no tengo empresa"],
    ["company", "ninguna, soy particular"],
    ["company", "keine Firma, privat"],
    ["company", "Privatperson"],
    ["company", "ich habe keine"],
    ["company", "não tenho empresa"],
    ["company", "pessoa física"],
    ["company", "aucune, je suis un particulier"],
    ["company", "je n'ai pas d'entreprise"],
    ["company", "koi company nahi hai"],
    ["company", "मेरे पास कोई कंपनी नहीं है"],
    ["company", "just me"],
    ["company", "none"],
    ["company", "n/a"],
    ["company", "por cuenta propia"],
    ["company", "auf eigene Rechnung"],
    ["company", "no business yet"],
    ["company", "no"],
    ["email", "I have no email"],
    ["email", "no tengo correo"],
    ["email", "keine"],
    ["need", "nothing"],
    ["name", "nein danke"],
  ] as const)("ends the question for the %s: %j", (asked, says) => {
    const facts = factsOf(asked, says);
    const plan = planTurn(facts);
    expect(plan.learnt).toEqual({});
    expect(plan).toMatchObject({ declines: asked, asks: null, stalled: false, handover: null });
    const state = nextState(facts.state, plan, "2026-11-21T10:00:00Z");
    expect(planTurn({ ...facts, state, messages: turnFacts({ says: "hm" }).messages }).asks).toBeNull();
  });

  test.each([
    ["need", "personal training"],
    ["need", "a company for my website"],
    ["name", "Solo"],
  ] as const)("is not, to the question for the %s, %j", (asked, says) => {
    expect(learntOf(asked, says)).toEqual({ [asked]: says });
  });
});

describe("an answer to another question", () => {
  test.each([
    ["name", "I already told you"],
    ["name", "this is broken"],
    ["name", "ok thanks"],
    ["name", "später"],
    ["need", "ok thanks"],
    ["need", "👍🏽👍🏽"],
    ["need", "later"],
  ] as const)("the %s: %j is none", (asked, says) => {
    expect(learntOf(asked, says)).toEqual({});
  });

  test.each(["image", "location"])("is none in the words of a %s", (type) => {
    for (const asked of ["name", "need", "email"] as const)
      expect(learntOf(asked, "ana@example.org", type)).toEqual({});
  });

  test.each([
    ["Ana López", "Ana López"],
    ["Will Smith", "Will Smith"],
    ["Ich heiße Jürgen Müller", "Jürgen Müller"],
    ["it's Bob", "Bob"],
  ])("the name: %j is %j", (says, name) => {
    expect(learntOf("name", says)).toEqual({ name });
  });
});
