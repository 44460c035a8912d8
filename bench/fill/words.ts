import { foldText } from "../../shared/fold-text.ts";

const firstNames =
  "Ana Maria José João Carlos Lucía Priya Rahul Ananya Arjun Léa Chloé Hugo Émile Jürgen Zoë Björn Anneliese Sofia Mateus Beatriz Diego Valentina Santiago Emma Liam Olivia Noah Aisha Omar Фёдор Ольга अनिल सुनीता Grace Samuel Ingrid Tomás Inés Raúl".split(
    " ",
  );
const lastNames =
  "García Souza Müller Sharma Patel Dubois Lefèvre Schmidt Oliveira Pereira Fernández Gómez Nguyen Khan Okafor Johnson Smith Brown Ávila Peña Weiß Øster Łukasz Иванов वर्मा Rossi Costa Silva Moreau Keller Núñez Iyer Reddy Mbeki Haddad Larsen Novák Kowalski Andersson Castro".split(
    " ",
  );
const trades =
  "Dental Software Clinic Foods Travel Textiles Logistics Motors Optics Pharma Realty Studio Fitness Legal Media".split(
    " ",
  );
const forms = "Ltd Group GmbH Ltda SA Labs Partners Co".split(" ");

const lines: [text: string, intent: string][] = [
  ["Hi! I saw your page, can you help me?", ""],
  ["How much does the yearly plan cost?", "pricing"],
  ["Could we see a demo on Thursday?", "demo"],
  ["Thanks, that is clear now.", ""],
  ["Bom dia, qual é o preço da consulta?", "pricing"],
  ["Me puede enviar el catálogo?", "resources"],
  ["Of course. It takes ten minutes to set up.", ""],
  ["We are a team of twelve people.", ""],
  ["I will talk to my partner and come back to you.", ""],
  ["Wann haben Sie einen Termin frei?", ""],
  ["Ok 👍", ""],
  ["Is the support included?", ""],
];

/** The vocabulary that the filled company is made of; the folded spellings are what the product writes into search columns. */
export const words = {
  first: firstNames,
  firstFolded: firstNames.map(foldText),
  last: lastNames,
  lastFolded: lastNames.map(foldText),
  trades,
  forms,
  texts: lines.map(([text]) => text),
  intents: lines.map(([, intent]) => intent),
};

/** What a person types into the search box: whole words, parts, and accents left out. */
export const searches = [
  "garcia",
  "souza",
  "priya",
  "mull",
  "lefevre",
  "9000012",
  "anneliese",
  "dental",
  "иванов",
  "okaf",
];
