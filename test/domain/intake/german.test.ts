import { describeSentences } from "./sentence-table.ts";

const anna = { name: "Anna Müller", firstName: "Anna", lastName: "Müller" };

describeSentences("German", [
  [
    "Guten Tag, mein Name ist Anna Müller, ich arbeite bei Sonnen GmbH. Wir brauchen eine Terminerinnerung, Budget 5.000 €",
    { ...anna, company: "Sonnen GmbH", need: "eine Terminerinnerung", budget: { amount: "5000", currency: "EUR" } },
    "",
  ],
  ["ich heiße anna müller", anna, ""],
  ["Ich bin Anna von der Firma Sonne", { name: "Anna", firstName: "Anna", company: "Sonne" }, ""],
  [
    "Hier ist Anna Müller, Geschäftsführerin der Praxis Sonnenschein",
    { ...anna, company: "Praxis Sonnenschein", position: "Geschäftsführerin" },
    "",
  ],
  ["Ich bin der Inhaber von Autohaus Weber", { company: "Autohaus Weber", position: "Inhaber" }, ""],
  ["Mein Name ist Frau Müller", { name: "Müller", lastName: "Müller" }, ""],
  ["Ich heiße Karl von der Heide", { name: "Karl von der Heide", firstName: "Karl", lastName: "von der Heide" }, ""],
  ["Unsere Firma heißt Blumen Schmidt", { company: "Blumen Schmidt" }, ""],
  [
    "Name: Anna Müller\nFirma: Sonnen GmbH\nE-Mail: anna@sonnen.example\nFunktion: Einkauf\nBudget: 50 Tsd. Euro",
    {
      ...anna,
      company: "Sonnen GmbH",
      email: "anna@sonnen.example",
      position: "Einkauf",
      budget: { amount: "50000", currency: "EUR" },
    },
    "",
  ],
  ["Wir können maximal 2,5 Mio. Euro investieren", { budget: { amount: "2500000", currency: "EUR" } }, ""],
  ["Unser Budget liegt bei 1.250,50 EUR", { budget: { amount: "1250.5", currency: "EUR" } }, ""],
  ["Was kostet das? Bitte ein Angebot schicken", {}, "pricing"],
  ["Können wir eine Demo vereinbaren?", {}, "demo"],
  ["Schicken Sie mir bitte den Katalog", {}, "resources"],
  ["Ich möchte es kaufen, wie kann ich bezahlen?", {}, "buy"],
  ["Ich möchte mit einem Menschen sprechen, es ist dringend", {}, "human urgent"],
  ["Ich suche ein CRM für meine Praxis", { need: "ein CRM für meine Praxis" }, ""],
  // Nothing to be read here.
  ["ich bin interessiert", {}, ""],
  ["Ich bin Kunde bei Ihnen", {}, ""],
  ["Ich bin Zahnärztin", { position: "Zahnärztin" }, ""],
  ["Ich bin Freiberufler aus Köln", {}, ""],
  ["Ich möchte die Demo nicht", {}, ""],
  ["Wir brauchen keine Demo", {}, ""],
  ["Ich will nicht kaufen", {}, ""],
  ["Ich brauche nichts", {}, ""],
  ["Das Budget haben 25 Mitarbeiter besprochen", {}, ""],
  ["Der Geschäftsführer ist nicht da", {}, ""],
  ["Das ist super", {}, ""],
]);
