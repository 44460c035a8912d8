import type { LanguageRules } from "./language-rules.ts";

/** What English texts want. */
export const englishIntents: LanguageRules["intents"] = {
  pricing: {
    strong: [
      "price|prices|pricing|pricelist",
      "price list",
      "how much is|are|does|do|would|will|for|it|this|to",
      "how much",
      "what does it cost",
      "what are|is your|the rates|rate|charges|fees|fee|cost|costs",
      "quote|quotation",
      "cost per",
      "what will it cost",
    ],
    weak: ["cost|costs|rates|charges|fees|discount|discounts|plans|expensive|cheap|cheaper|affordable"],
  },
  demo: {
    strong: [
      "demo|demos|demonstration",
      "free trial",
      "trial version|account|period",
      "walk me|us through",
      "show me|us how it works",
      "product tour",
      "see it in action",
    ],
    weak: ["trial", "try it out", "test it", "walkthrough", "presentation"],
  },
  resources: {
    strong: [
      "brochure|brochures|catalog|catalogue|catalogs|catalogues|whitepaper|datasheet|ebook|pdf",
      "white paper",
      "case study|studies",
      "data sheet",
      "send me|us the? information|info|details|material|materials|documents|documentation|guide",
      "product guide|sheet",
      "e-book",
    ],
    weak: ["more info|information|details", "documentation", "download", "guide"],
  },
  buy: {
    strong: [
      "want|wants|like|ready|going|decided|wish to buy|purchase|order|subscribe|sign",
      "ready to sign up?",
      "ready to pay|start|proceed",
      "place an|my|our|the order",
      "how do|can i|we pay|buy|purchase|order|subscribe",
      "where do|can i|we pay|buy|purchase|order|sign",
      "sign me|us up",
      "i'll|we'll take|buy it|them|one",
      "let's sign|proceed",
      "send me|us the? invoice|contract|payment link",
      "payment link",
      "buy now",
      "to place an order",
    ],
    weak: ["buy", "purchase", "checkout", "make the payment"],
  },
  human: {
    strong: [
      "talk|speak|chat to|with a|an|your|the? real|live? human|person|agent|someone|somebody|representative|manager|supervisor|salesperson|advisor|operator|sales|staff",
      "talk|speak to|with your? sales team?",
      "talk|speak to|with someone|somebody|anyone",
      "human agent|please|being",
      "real|live person|human|agent",
      "call me",
      "give me a call",
      "customer service|support",
      "connect|transfer me to|with",
      "put me through",
      "anybody|anyone|someone|somebody i|we can talk|speak to",
      "can someone|somebody call|contact|help",
      "not a bot",
    ],
    weak: ["call me back"],
  },
  urgent: {
    strong: [
      "urgent|urgently|asap|immediately|emergency",
      "as soon as possible",
      "right now|away",
      "a. s. a. p",
      "by today|tonight",
    ],
    weak: ["today", "quickly", "hurry", "fast as possible"],
  },
};
