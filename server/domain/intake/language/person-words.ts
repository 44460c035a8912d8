/** Whom one asks for in a language, and what may stand around it in a wish for a person and nothing besides. */
export type PersonWords = { people: string; around: string };

export const personWords: Record<string, PersonWords> = {
  en: {
    people:
      "agent agents human humans person operator representative advisor adviser staff colleague employee someone somebody manager supervisor salesperson consultant",
    around:
      "i a an the to with from want need would like get me us can could you your may please pls now real live talk speak chat connect have let transfer help hi hello d rather are",
  },
  es: {
    people:
      "agente agentes humano humana persona asesor asesora operador operadora representante ejecutivo ejecutiva encargado encargada gerente vendedor vendedora alguien",
    around:
      "un una uno el la con hablar quiero necesito quisiera puedo puede pueden podria por favor pasame paseme comunicarme comunicame comuniqueme real de que me ayuda ayude atienda su tu algun alguna hola verdad",
  },
  pt: {
    people:
      "atendente pessoa consultor consultora funcionario funcionaria vendedor vendedora humano humana agente representante operador operadora gerente alguem",
    around:
      "o a um uma falar com quero preciso gostaria queria posso pode podem poderia voce voces real verdade de por favor que me ajuda passa passe transfere transfira atenda seu sua algum alguma ola oi",
  },
  de: {
    people:
      "mensch menschen mitarbeiter mitarbeiterin mitarbeitern berater beraterin kundenberater kundenberaterin kollege kollegen kollegin kundendienst ansprechpartner ansprechpartnerin verkäufer verkäuferin jemand jemandem jemanden",
    around:
      "ich ein eine einen einem einer mit brauche will möchte würde hätte gern gerne sprechen reden bitte echten echte echter könnte könnten kann können sie mich mir verbinden verbinde zu ihrem ihrer ihren ihr hilfe hilft von hallo",
  },
  fr: {
    people:
      "conseiller conseillère humain humaine personne agent agente opérateur opératrice collaborateur collaboratrice vendeur vendeuse responsable quelqu",
    around:
      "je un une avec à parler veux voudrais besoin ai j d de s il vous plaît svp vrai vraie puis peux votre vos aide passez mettez moi en relation me m pouvez bonjour",
  },
  hi: {
    people: "इंसान एजेंट व्यक्ति आदमी insaan insan aadmi agent",
    around:
      "mujhe kisi ek se baat karni karna karao karaiye hai chahiye kripya apne aapke asli मुझे किसी एक से बात करनी करना कराइए है चाहिए कृपया अपने आपके असली",
  },
};
