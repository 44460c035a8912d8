import type { DemoLanguage } from "../demo-language.ts";

export const german: DemoLanguage = {
  code: "de",
  country: "DE",
  // 0176 040690 00–99 is kept free for film and television.
  phonePrefix: "+49176040690",
  phoneDigits: 2,
  firstNames: ["Annika", "Thorben", "Liesel", "Jörn", "Wiebke", "Matthis", "Frauke", "Lennart", "Käthe", "Sönke"],
  lastNames: ["Grünwald", "Brömmel", "Haferkamp", "Steinbrück", "Vogelsang", "Wüstenrot", "Lindenau", "Kestermann"],
  companies: [
    "Zahnarztpraxis Lindenhof",
    "Physio am Markt",
    "Augenzentrum Nordlicht",
    "Hautpraxis Seeblick",
    "Praxis Dr. Vogelsang",
  ],
  positions: ["Praxismanagerin", "Inhaber", "Empfangsleitung", "Geschäftsführer", "Verwaltung"],
  days: ["am Dienstag", "am Donnerstag", "am Freitagvormittag"],
  currency: "EUR",
  dialogues: [
    {
      kind: "software",
      first: [
        [
          "in",
          "Guten Tag, mein Name ist {first}, ich arbeite bei {company}. Wir suchen eine Lösung für Termine über WhatsApp.",
        ],
        ["out", "Guten Tag {first}, sehr gern! Wie viele Plätze haben Sie am Empfang?"],
        ["in", "Zwei Plätze, etwa 150 Termine pro Woche."],
        ["out", "Das passt gut. Nutzen Sie schon ein Programm für die Patientenkartei?"],
        ["in", "Ja, das bleibt auch. Was kostet Ihre Software im Monat?"],
        ["out", "Für zwei Plätze {price} im Monat, Einrichtung inbegriffen."],
        ["in", "In Ordnung. Können wir eine Demo bekommen?"],
        ["out", "Natürlich. Passt es Ihnen {day}?"],
        ["in", "Ja, {day} um neun."],
        ["out", "Prima, die Einladung ist unterwegs."],
      ],
      later: [
        ["out", "Guten Tag {first}, das Angebot liegt in Ihrem Postfach."],
        ["in", "Vielen Dank, ich schaue es mir heute an."],
        ["out", "Gern. Gibt es noch Fragen zum Datenschutz?"],
        ["in", "Ja, wo liegen die Daten?"],
        ["out", "Auf Ihrem eigenen Server, nichts verlässt die Praxis."],
        ["in", "Das hören wir gern."],
      ],
    },
    {
      kind: "clinic",
      first: [
        ["in", "Hallo, ich hätte gern einen Termin zur Kontrolle."],
        ["out", "Hallo {first}! {day} um 8:30 oder um 15:00 Uhr?"],
        ["in", "15 Uhr bitte. Was kostet die Zahnreinigung dazu?"],
        ["out", "Die Reinigung kostet {price}, die Kontrolle zahlt die Kasse."],
        ["in", "Gut, dann beides bitte."],
        ["out", "Ist eingetragen. Am Vorabend erinnern wir Sie."],
        ["in", "Danke!"],
      ],
      later: [
        ["out", "Hallo {first}, ist nach der Behandlung alles in Ordnung?"],
        ["in", "Ja, alles bestens, danke der Nachfrage."],
        ["out", "Schön! Sollen wir die nächste Kontrolle eintragen?"],
        ["in", "Gern."],
      ],
    },
    {
      kind: "software",
      first: [
        ["in", "Guten Morgen, gibt es eine Broschüre zu Ihrem Einstiegspaket?"],
        ["out", "Guten Morgen {first}, hier ist sie. Das Paket kostet {price} im Monat."],
        ["in", "Danke, ich melde mich."],
        ["out", "Sehr gern!"],
      ],
      later: [
        ["out", "Hallo {first}, konnten Sie schon hineinsehen?"],
        ["in", "Leider noch nicht, bitte im nächsten Quartal noch einmal melden."],
      ],
    },
  ],
};
