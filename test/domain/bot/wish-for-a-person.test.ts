import { describe, expect, test } from "vitest";
import { planTurn } from "../../../server/domain/bot/plan-turn.ts";
import { turnFacts } from "./turn-facts.ts";

const greetedAt = "2026-11-21T09:00:00Z";

describe("a wish for a person", () => {
  test.each([
    "Can I speak to your agent?",
    "Can I speak to your agent about the invoice of last week, it is still wrong?",
    "Let me talk with your staff",
    "speak to your manager",
    "I need help from a person",
    "Are you a human?",
    "necesito ayuda de una persona",
    "¿Puedo hablar con su asesor?",
    "Páseme con un asesor por favor",
    "preciso da ajuda de uma pessoa, quero falar com o seu atendente",
    "Me passa para um atendente",
    "Bitte verbinden Sie mich mit einem Menschen",
    "Kann ich mit Ihrem Mitarbeiter sprechen?",
    "puis-je parler à votre conseiller ?",
    "Passez-moi un conseiller s'il vous plaît",
    "apne agent se baat karao",
  ])("is %j", (says) => {
    expect(planTurn(turnFacts({ says, state: { greetedAt } })).handover).toBe("asked for a person");
  });

  test.each([
    "my human resources team needs appointments",
    "the operator of our clinic is away",
    "our sales representative visits you in May",
    "I am the manager",
    "mi asesor fiscal necesita citas",
    "o operador da nossa clínica está fora",
    "unser Ansprechpartner ist krank",
    "je suis un agent immobilier",
    "mon conseiller bancaire est absent",
    "हमारे एजेंट टिकट बेचते हैं",
  ])("is not %j", (says) => {
    expect(planTurn(turnFacts({ says, state: { greetedAt } })).handover).not.toBe("asked for a person");
  });

  test.each([
    ["Mitarbeiter", "de"],
    ["humano", "es"],
    ["asesor", "es"],
    ["atendente", "pt"],
    ["un agent svp", "fr"],
    ["conseiller", "fr"],
    ["insaan", "hi"],
    ["agent", "en"],
  ])("in one word, %j, is answered in %s", (says, language) => {
    expect(planTurn(turnFacts({ says, state: { greetedAt } })).language).toBe(language);
  });

  test.each([
    ["humano", "pt", "pt"],
    ["agente por favor", "pt", "pt"],
    ["agent", "fr", "fr"],
    ["agent", "es", "es"],
    ["Mitarbeiter", "en", "de"],
  ])("that several languages share, %j, is answered in the one spoken before (%s)", (says, spoken, language) => {
    expect(planTurn(turnFacts({ says, state: { greetedAt, language: spoken } })).language).toBe(language);
  });
});
