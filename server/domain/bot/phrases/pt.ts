import type { BotPhrases } from "./bot-phrases.ts";

export const portuguesePhrases: BotPhrases = {
  greeting: "Olá! Sou o assistente da {business}.",
  greetingByName: "Olá, {name}! Sou o assistente da {business}.",
  ask: {
    name: "Qual é o seu nome, por favor?",
    need: "Em que podemos ajudar?",
    company: "De qual empresa você fala?",
    email: "Para qual e-mail podemos escrever?",
  },
  thanks: "Obrigado!",
  prices: "Nossos preços: {prices}",
  pricesLater: "Um colega vai enviar os preços.",
  demo: "Com prazer: já pedi a um colega que combine uma demonstração com você.",
  buy: "Ótimo! Um colega vai concluir o pedido com você.",
  resources: "Um colega vai enviar o nosso material.",
  media: "Obrigado, recebi. Um colega vai dar uma olhada.",
  complete: "Obrigado, é tudo de que preciso. Um colega responderá em breve.",
  handover: "Claro. Um colega vai continuar a conversa por aqui.",
  noAnswer: "Prefiro deixar essa resposta para um colega, que escreverá por aqui.",
  offTopic: "Só posso ajudar com perguntas sobre a {business}.",
};
