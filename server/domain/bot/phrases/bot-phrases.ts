export type AskedField = "name" | "need" | "company" | "email";

/** What the bot can say in one language. {name}, {business}, {prices} are filled in. */
export type BotPhrases = {
  greeting: string;
  greetingByName: string;
  ask: Record<AskedField, string>;
  thanks: string;
  prices: string;
  pricesLater: string;
  demo: string;
  buy: string;
  resources: string;
  media: string;
  complete: string;
  handover: string;
  noAnswer: string;
  offTopic: string;
};
