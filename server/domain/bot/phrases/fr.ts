import type { BotPhrases } from "./bot-phrases.ts";

export const frenchPhrases: BotPhrases = {
  greeting: "Bonjour ! Je suis l'assistant de {business}.",
  greetingByName: "Bonjour {name} ! Je suis l'assistant de {business}.",
  ask: {
    name: "Quel est votre nom, s'il vous plaît ?",
    need: "En quoi pouvons-nous vous aider ?",
    company: "De quelle entreprise nous écrivez-vous ?",
    email: "À quelle adresse e-mail pouvons-nous vous écrire ?",
  },
  thanks: "Merci !",
  prices: "Nos tarifs : {prices}",
  pricesLater: "Un collègue vous enverra les tarifs.",
  demo: "Avec plaisir : j'ai demandé à un collègue d'organiser une démonstration avec vous.",
  buy: "Parfait ! Un collègue finalisera la commande avec vous.",
  resources: "Un collègue vous enverra notre documentation.",
  media: "Merci, c'est bien reçu. Un collègue va regarder.",
  complete: "Merci, j'ai tout ce qu'il me faut. Un collègue vous répondra bientôt.",
  handover: "Bien sûr. Un collègue prend le relais et vous répond ici.",
  noAnswer: "Je préfère laisser un collègue vous répondre ici.",
  offTopic: "Je ne peux aider que pour les questions sur {business}.",
};
