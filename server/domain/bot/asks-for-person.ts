import { foldText } from "../../../shared/fold-text.ts";

/** Whom one asks for, in the six languages. */
const people = wordsOf(
  "agent agents human humans person operator representative advisor adviser staff colleague employee someone somebody " +
    "agente agentes humano humana persona asesor asesora operador operadora representante ejecutivo ejecutiva " +
    "atendente pessoa consultor consultora funcionario vendedor " +
    "mensch menschen mitarbeiter mitarbeiterin mitarbeitern berater beraterin kundenberater kollegen kollege kundendienst " +
    "conseiller conseillere humain personne agente operateur operatrice collaborateur vendeuse vendeur " +
    "इंसान एजेंट व्यक्ति insaan insan aadmi",
);

/** What may stand around it. Anything else ("travel agent", "I am an insurance agent") is about something else. */
const around = wordsOf(
  "i a an the to with want need would like get me can could you may please pls now real live talk speak chat connect have let transfer " +
    "un una uno el la con hablar quiero necesito quisiera puedo puede por favor pasame comunicarme alguien real de " +
    "o um uma falar com quero preciso gostaria queria posso voces real alguem verdade " +
    "ich ein eine einen einem einer mit brauche will mochte hatte gern gerne sprechen reden bitte echten echte echter konnte kann " +
    "je un une avec a parler veux voudrais besoin ai d de s il vous plait svp vrai vraie puis " +
    "mujhe kisi ek se baat karni karna hai chahiye kripya मुझे किसी एक से बात करनी करना है चाहिए कृपया",
);

/** "agent", "an agent please", "necesito un agente", "Ich brauche einen Menschen": a wish for a person and nothing besides. */
export function asksForPerson(text: string): boolean {
  const words = foldText(text).match(/[\p{L}\p{M}]+/gu) ?? [];
  if (words.length === 0 || words.length > 10) return false;
  return words.some((word) => people.has(word)) && words.every((word) => people.has(word) || around.has(word));
}

function wordsOf(list: string): Set<string> {
  return new Set(list.split(" ").map(foldText));
}
