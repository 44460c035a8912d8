import type { BotPhrases } from "./bot-phrases.ts";

export const germanPhrases: BotPhrases = {
  greeting: "Guten Tag! Hier ist der Assistent von {business}.",
  greetingByName: "Guten Tag, {name}! Hier ist der Assistent von {business}.",
  ask: {
    name: "Wie ist Ihr Name, bitte?",
    need: "Wobei können wir Ihnen helfen?",
    company: "Für welche Firma schreiben Sie?",
    email: "An welche E-Mail-Adresse dürfen wir schreiben?",
  },
  thanks: "Vielen Dank!",
  prices: "Unsere Preise: {prices}",
  pricesLater: "Ein Kollege schickt Ihnen die Preise.",
  demo: "Sehr gern: Ein Kollege vereinbart eine Vorführung mit Ihnen.",
  buy: "Wunderbar! Ein Kollege schließt die Bestellung mit Ihnen ab.",
  resources: "Ein Kollege schickt Ihnen unsere Unterlagen.",
  media: "Danke, das ist angekommen. Ein Kollege sieht es sich an.",
  complete: "Vielen Dank, das ist alles. Ein Kollege meldet sich bei Ihnen.",
  handover: "Natürlich. Ein Kollege übernimmt und antwortet Ihnen hier.",
  noAnswer: "Das beantwortet Ihnen besser ein Kollege, hier im Chat.",
  offTopic: "Ich kann nur bei Fragen zu {business} helfen.",
};
