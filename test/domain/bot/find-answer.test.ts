import { describe, expect, test } from "vitest";
import { findAnswer } from "../../../server/domain/bot/find-answer.ts";

const entries = [
  {
    id: 1,
    question: "What are your opening hours?",
    answer: "9 to 5",
    keywords: ["when do you open", "horario"],
    language: null,
  },
  {
    id: 2,
    question: "Where are you located?",
    answer: "Main St 1",
    keywords: ["address", "dirección"],
    language: null,
  },
  { id: 3, question: "¿Aceptan tarjeta de crédito?", answer: "Sí", keywords: ["visa"], language: "es" },
];

describe("the knowledge list", () => {
  test.each([
    ["what are the opening hours on saturday", "en", 1],
    ["When do you open tomorrow?", "en", 1],
    ["¿Cuál es su HORARIO?", "es", 1],
    ["cual es la direccion", "es", 2],
    ["puedo pagar con tarjeta de credito?", "es", 3],
    ["puedo pagar con tarjeta de credito?", "pt", undefined],
    ["do you sell hours", "en", undefined],
    ["hello", "en", undefined],
    ["", "en", undefined],
  ] as const)("answers %j (%s) by entry %s", (text, language, id) => {
    expect(findAnswer(text, entries, language)?.id).toBe(id);
  });
});
