import { describeSentences } from "./sentence-table.ts";

const marie = { name: "Marie Dupont", firstName: "Marie", lastName: "Dupont" };

describeSentences("French", [
  [
    "Bonjour, je m'appelle Marie Dupont de chez Boulangerie Soleil, j'ai besoin d'un CRM, budget 5 000 €",
    { ...marie, company: "Boulangerie Soleil", need: "un CRM", budget: { amount: "5000", currency: "EUR" } },
    "",
  ],
  ["je mappelle marie dupont", marie, ""],
  [
    "Je suis Marie Dupont, directrice commerciale chez Renov Habitat",
    { ...marie, company: "Renov Habitat", position: "directrice commerciale" },
    "",
  ],
  ["Je suis la gérante de l'Hôtel du Lac", { company: "Hôtel du Lac", position: "gérante" }, ""],
  [
    "Mon nom est Jean-Pierre Martin et je travaille pour Dupuis",
    { name: "Jean-Pierre Martin", firstName: "Jean-Pierre", lastName: "Martin", company: "Dupuis" },
    "",
  ],
  ["C'est Marie Dupont", marie, ""],
  ["Notre entreprise s'appelle Les Jardins Verts", { company: "Les Jardins Verts" }, ""],
  [
    "Nom : Marie Dupont\nSociété : Soleil SARL\nMail : marie@soleil.example\nPoste : Gérante\nBudget : 2,5k €",
    {
      ...marie,
      company: "Soleil SARL",
      email: "marie@soleil.example",
      position: "Gérante",
      budget: { amount: "2500", currency: "EUR" },
    },
    "",
  ],
  ["Nous pouvons investir 50 mille euros", { budget: { amount: "50000", currency: "EUR" } }, ""],
  ["Notre budget est de 1 250,50 euros", { budget: { amount: "1250.5", currency: "EUR" } }, ""],
  ["Combien ça coûte ?", {}, "pricing"],
  ["Je voudrais une démo", { need: "une démo" }, "demo"],
  ["Pouvez-vous m'envoyer la brochure ?", {}, "resources"],
  ["Je veux passer une commande, comment payer ?", { need: "passer une commande" }, "buy"],
  ["Je veux parler à un conseiller, c'est urgent", {}, "human urgent"],
  ["Nous cherchons un logiciel de rendez-vous", { need: "un logiciel de rendez-vous" }, ""],
  ["je ne connais pas le prix", {}, "pricing"],
  ["je suis Infirmière", {}, ""],
  // Nothing to be read here.
  ["je suis intéressé", {}, ""],
  ["Je suis Client chez vous", {}, ""],
  ["Je suis à Paris", {}, ""],
  ["c'est super", {}, ""],
  ["C'est Super", {}, ""],
  ["je ne veux pas de démo", {}, ""],
  ["Je n'ai pas besoin de CRM", {}, ""],
  ["pas intéressé par le prix", {}, ""],
  ["Le directeur est absent", {}, ""],
  ["Le budget concerne 25 personnes", {}, ""],
]);
