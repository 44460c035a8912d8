import type { BotPhrases } from "./bot-phrases.ts";

export const englishPhrases: BotPhrases = {
  greeting: "Hello! This is the assistant of {business}.",
  greetingByName: "Hello {name}! This is the assistant of {business}.",
  ask: {
    name: "May I ask your name?",
    need: "What can we help you with?",
    company: "Which company are you with?",
    email: "Which e-mail address may we write to?",
  },
  thanks: "Thank you!",
  prices: "Our prices: {prices}",
  pricesLater: "A colleague will send you the prices.",
  demo: "With pleasure: I have asked a colleague to arrange a demo with you.",
  buy: "Great! A colleague will complete the order with you.",
  resources: "A colleague will send you our material.",
  media: "Thank you, I have received it. A colleague will look at it.",
  complete: "Thank you, that is all I need. A colleague will get back to you.",
  handover: "Of course. A colleague will take over and answer you here.",
  noAnswer: "I would rather leave that to a colleague, who will answer you here.",
  offTopic: "I can only help with questions about {business}.",
};
