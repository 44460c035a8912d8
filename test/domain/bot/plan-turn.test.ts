import { describe, expect, test } from "vitest";
import type { BotPerson, BotState, TurnPlan } from "../../../server/domain/bot/bot-turn.ts";
import { nextState } from "../../../server/domain/bot/next-state.ts";
import { mostStalledTurns, planTurn } from "../../../server/domain/bot/plan-turn.ts";
import { turnFacts } from "./turn-facts.ts";

const greeted = { greetedAt: "2026-11-21T09:00:00Z" };
const known = { name: "Ana López", email: "ana@example.org", company: "Sun", need: "reminders" };

/** Turn after turn, until the bot leaves. */
function talk(texts: string[], person: Partial<BotPerson> = { name: "Ana" }) {
  let state: BotState = { ...turnFacts({ says: "" }).state, ...greeted };
  const plans: TurnPlan[] = [];
  for (const says of texts) {
    const knowledge = [{ question: "Do you have parking?", answer: "Yes, behind the house." }];
    const facts = turnFacts({ says, prices: "20 $", state, person, knowledge });
    const plan = planTurn(facts);
    plans.push(plan);
    if (plan.handover !== null) break;
    state = nextState(facts.state, plan, facts.messages[0]?.sentAt ?? "");
  }
  return { plans };
}

describe("the bot's rules", () => {
  test("greet a new person and ask for what is missing first", () => {
    const plan = planTurn(turnFacts({ says: "Hi there" }));
    expect(plan.text).toBe("Hello! This is the assistant of Sun Clinic.\nMay I ask your name?");
    expect(plan).toMatchObject({ asks: "name", greets: true, handover: null });
  });

  test("greet by first name whom WhatsApp names", () => {
    const plan = planTurn(turnFacts({ says: "Hello", person: { name: "Ana López" } }));
    expect(plan.text).toMatch(/^Hello Ana! .*\nWhat can we help you with\?$/s);
  });

  test.each([
    ["Hola, ¿qué tal? Me gustaría saber más", "es", "¡Hola!"],
    ["Olá, bom dia, gostaria de saber mais sobre vocês", "pt", "Olá!"],
    ["Guten Tag, ich hätte gern mehr Informationen zu Ihnen", "de", "Guten Tag!"],
    ["Bonjour, je voudrais en savoir plus sur vous", "fr", "Bonjour !"],
    ["नमस्ते, मुझे आपके बारे में जानना है", "hi", "नमस्ते!"],
    ["Hello, I would like to know more about you", "en", "Hello!"],
  ])("answer %j in %s", (says, language, opening) => {
    const plan = planTurn(turnFacts({ says, locale: "en" }));
    expect(plan.language).toBe(language);
    expect(plan.text.startsWith(opening)).toBe(true);
  });

  test("keep the language spoken before when a word gives none away", () => {
    expect(planTurn(turnFacts({ says: "ok", state: { ...greeted, language: "pt" } })).language).toBe("pt");
  });

  test.each([
    "I want to talk to a human",
    "quiero hablar con una persona",
    "quero falar com um atendente",
    "ich möchte mit einem Menschen sprechen",
    "je veux parler à un conseiller",
    "mujhe kisi insaan se baat karni hai",
  ])("hand over on %j", (says) => {
    const plan = planTurn(turnFacts({ says, state: greeted, person: known }));
    expect(plan.handover).toBe("asked for a person");
    expect(plan.asks).toBeNull();
  });

  test("say the prices, with the company's words taken literally", () => {
    const prices = "from 20 $ a month, {name} included";
    const plan = planTurn(turnFacts({ says: "How much does it cost?", prices, state: greeted, person: known }));
    expect(plan).toMatchObject({ text: `Our prices: ${prices}`, topics: ["pricing"], stalled: false });
  });

  test("answer a question that is asked again, promising nothing twice", () => {
    const { plans } = talk(["What is the price?", "Sorry, what was the price again?", "How much is it?"]);
    expect(plans.map(({ text }) => text.includes("20 $"))).toEqual([true, true, true]);
    expect(plans.map(({ topics }) => topics)).toEqual([["pricing"], [], []]);
    expect(plans.map(({ stalled }) => stalled)).toEqual([false, true, true]);
    expect(plans.map(({ handover }) => handover)).toEqual([null, null, null]);
  });

  test("answer a question of the knowledge that is asked again", () => {
    const { plans } = talk(["do you have parking?", "do you have parking?"], { ...known });
    expect(plans.map(({ text }) => text)).toEqual(["Yes, behind the house.", "Yes, behind the house."]);
    expect(plans.map(({ handover }) => handover)).toEqual([null, null]);
  });

  test("leave who asks the same a fourth time in a row to a colleague", () => {
    for (const question of ["What is the price?", "do you have parking?"]) {
      const { plans } = talk([question, question, question, question]);
      expect(plans.map(({ handover }) => handover)).toEqual([null, null, null, "the same question again and again"]);
      expect(plans[3]?.text).toContain("colleague");
      expect(plans[3]?.text).not.toContain("20 $");
    }
  });

  test("answer it once more when something new was said in between", () => {
    const price = "What is the price?";
    const { plans } = talk([price, price, price, "do you have parking?", price, price]);
    expect(plans.map(({ handover }) => handover)).toEqual([null, null, null, null, null, null]);
    expect(plans[5]?.text).toContain("20 $");
  });

  test("stop after five turns of questions that were all answered before, as between two bots", () => {
    const [price, parking] = ["What is the price?", "do you have parking?"];
    const round = [price, parking, "Can I get a demo?"];
    const { plans } = talk([...round, ...round, ...round, ...round]);
    expect(plans.slice(0, 3).map(({ stalled }) => stalled)).toEqual([false, false, false]);
    expect(plans.slice(3)).toHaveLength(mostStalledTurns);
    expect(plans.at(-1)?.handover).not.toBeNull();
  });

  test("take up a demo and go on asking in the same message", () => {
    const plan = planTurn(turnFacts({ says: "Can I get a demo?", state: greeted, person: { name: "Ana" } }));
    expect(plan.text).toBe(
      "With pleasure: I have asked a colleague to arrange a demo with you.\nWhat can we help you with?",
    );
    expect(plan.topics).toEqual(["demo"]);
  });

  test("answer three messages at once with one text", () => {
    const says = ["Hi", "do you have parking?", "and how much is it?"];
    const knowledge = [{ question: "Do you have parking?", answer: "Yes, behind the house." }];
    const plan = planTurn(turnFacts({ says, knowledge, prices: "20 $", person: known }));
    expect(plan.text).toBe("Hello Ana! This is the assistant of Sun Clinic.\nOur prices: 20 $\nYes, behind the house.");
    expect(plan.marks).toEqual(["pricing", "entry:1"]);
  });

  test.each([
    ["name", "ana lópez", { name: "ana lópez" }],
    ["email", "it's ana@example.org", { email: "ana@example.org" }],
    ["company", "Clínica Sol", { company: "Clínica Sol" }],
    ["need", "reminders for my patients", { need: "reminders for my patients" }],
    ["name", "hola", {}],
    ["name", "why do you ask?", {}],
    ["email", "I have none", {}],
  ] as const)("read the answer to its question for the %s: %j", (asked, says, learnt) => {
    const plan = planTurn(turnFacts({ says, state: { ...greeted, lastAsked: asked, asked: { [asked]: 1 } } }));
    expect(plan.learnt).toEqual(learnt);
  });

  test("never overwrite what is known", () => {
    const plan = planTurn(turnFacts({ says: "Bob", person: known, state: { ...greeted, lastAsked: "name" } }));
    expect(plan.learnt).toEqual({});
  });

  test("ask for each thing twice at most", () => {
    const plan = planTurn(turnFacts({ says: "hm", state: { ...greeted, asked: { name: 2, need: 2 } } }));
    expect(plan.asks).toBe("company");
  });

  test("close when everything is known", () => {
    const state = { ...greeted, lastAsked: "email" as const, asked: { email: 1 } };
    const plan = planTurn(turnFacts({ says: "ana@example.org", state, person: { ...known, email: null } }));
    expect(plan.text).toBe("Thank you, that is all I need. A colleague will get back to you.");
    expect(plan.marks).toEqual(["complete"]);
  });

  test("leave a question without an answer to a colleague", () => {
    const plan = planTurn(turnFacts({ says: "Do you deliver to Mars?", person: known, state: greeted }));
    expect(plan.handover).toBe("the bot had no answer");
  });

  test.each([
    "agent",
    "AGENT!",
    "an agent please",
    "agente por favor",
    "necesito un agente",
    "quero um atendente",
    "Mitarbeiter",
    "Ich brauche einen Menschen",
    "un agent s'il vous plaît",
    "इंसान",
  ])("hand over on the bare wish %j", (says) => {
    expect(planTurn(turnFacts({ says, state: greeted })).handover).toBe("asked for a person");
  });

  test.each([
    "I am an insurance agent",
    "we sell software for travel agents",
    "a person with a dog asked about prices",
  ])("stay on %j", (says) =>
    expect(planTurn(turnFacts({ says, state: greeted })).handover).not.toBe("asked for a person"),
  );

  test("take a wish for no company, and do what was wished", () => {
    const state = { ...greeted, lastAsked: "company" as const, asked: { company: 1 } };
    const plan = planTurn(turnFacts({ says: "I want a demo", state, person: { ...known, company: null } }));
    expect(plan.learnt).toEqual({});
    expect(plan.topics).toEqual(["demo"]);
  });

  test("thank for an answer that the intake has put into the record already", () => {
    const state = { ...greeted, lastAsked: "email" as const, asked: { email: 1 } };
    const plan = planTurn(turnFacts({ says: "zoe@park.io", state, person: known }));
    expect(plan).toMatchObject({ handover: null, stalled: false });
    expect(plan.text).toContain("that is all I need");
  });

  test("thank who tells everything at once", () => {
    const says = "My name is Zoe Park, zoe@park.io, from Park Ltd, I need a CRM for 20 people";
    const plan = planTurn(turnFacts({ says, state: greeted, person: known }));
    expect(plan).toMatchObject({ handover: null, stalled: false });
  });

  test("stop after five turns that lead nowhere, as between two bots", () => {
    let stalledTurns = 0;
    let greetedAt: string | null = null;
    const asked: Record<string, number> = {};
    let turns = 0;
    for (let turn = 0; turn < 20; turn += 1) {
      const plan = planTurn(
        turnFacts({ says: "This is an automated message.", state: { greetedAt, stalledTurns, asked } }),
      );
      turns += 1;
      greetedAt = greeted.greetedAt;
      if (plan.handover !== null) break;
      stalledTurns = plan.stalled ? stalledTurns + 1 : 0;
      if (plan.asks) asked[plan.asks] = (asked[plan.asks] ?? 0) + 1;
    }
    expect(turns).toBe(mostStalledTurns);
  });

  test("thank for a voice note or a picture and leave it to a colleague to look", () => {
    const plan = planTurn(turnFacts({ says: "", type: "image", state: greeted, person: known }));
    expect(plan.text).toBe("Thank you, I have received it. A colleague will look at it.");
  });
});
