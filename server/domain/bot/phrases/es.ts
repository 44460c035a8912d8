import type { BotPhrases } from "./bot-phrases.ts";

export const spanishPhrases: BotPhrases = {
  greeting: "¡Hola! Soy el asistente de {business}.",
  greetingByName: "¡Hola, {name}! Soy el asistente de {business}.",
  ask: {
    name: "¿Me dice su nombre, por favor?",
    need: "¿En qué podemos ayudarle?",
    company: "¿De qué empresa nos escribe?",
    email: "¿A qué correo electrónico podemos escribirle?",
  },
  thanks: "¡Gracias!",
  prices: "Nuestros precios: {prices}",
  pricesLater: "Un compañero le enviará los precios.",
  demo: "Con gusto: ya pedí a un compañero que organice una demostración con usted.",
  buy: "¡Perfecto! Un compañero completará el pedido con usted.",
  resources: "Un compañero le enviará nuestro material.",
  media: "Gracias, lo he recibido. Un compañero lo revisará.",
  complete: "Gracias, con eso tengo todo. Un compañero le responderá pronto.",
  handover: "Por supuesto. Un compañero continuará con usted por aquí.",
  noAnswer: "Prefiero que se lo responda un compañero por aquí.",
  offTopic: "Solo puedo ayudarle con preguntas sobre {business}.",
};
