import { describeSentences } from "./sentence-table.ts";

const joao = { name: "João da Silva", firstName: "João", lastName: "da Silva" };

describeSentences("Portuguese", [
  [
    "Oi, meu nome é João da Silva da empresa Padaria Bom Dia. Preciso de lembretes, orçamento R$ 2.500,00",
    { ...joao, company: "Padaria Bom Dia", need: "lembretes", budget: { amount: "2500", currency: "BRL" } },
    "",
  ],
  ["me chamo joão da silva", joao, ""],
  ["Sou a Ana da Clínica Luz", { name: "Ana", firstName: "Ana", company: "Clínica Luz" }, ""],
  ["Aqui é o João da Silva", joao, ""],
  ["Sou o dono da Pousada Mar Azul", { company: "Pousada Mar Azul", position: "dono" }, ""],
  [
    "Eu sou a Beatriz Souza, gerente de marketing na Lojas Aurora",
    {
      name: "Beatriz Souza",
      firstName: "Beatriz",
      lastName: "Souza",
      company: "Lojas Aurora",
      position: "gerente de marketing",
    },
    "",
  ],
  [
    "Trabalho na Construtora Horizonte e procuro um sistema",
    { company: "Construtora Horizonte", need: "um sistema" },
    "",
  ],
  [
    "Nome: João da Silva\nEmpresa: Ótica Visão\nE-mail: joao@visao.com.br\nTelefone: +55 11 98765-4321",
    { ...joao, company: "Ótica Visão", email: "joao@visao.com.br", phone: "+5511987654321" },
    "",
  ],
  ["Posso pagar até 50 mil reais", { budget: { amount: "50000", currency: "BRL" } }, ""],
  ["Nossa verba é de 1,5 milhão de reais", { budget: { amount: "1500000", currency: "BRL" } }, ""],
  ["Quanto custa? Qual o valor?", {}, "pricing"],
  ["Estou interessado no preço", {}, "pricing"],
  ["Queria agendar uma demonstração", { need: "agendar uma demonstração" }, "demo"],
  ["Quero comprar, como faço para pagar?", {}, "buy"],
  ["pode me mandar o catálogo?", {}, "resources"],
  ["quero falar com um atendente, é urgente", {}, "human urgent"],
  ["No Brasil quero uma demo", { need: "uma demo" }, "demo"],
  // Nothing to be read here.
  ["sou cliente", {}, ""],
  ["estou interessado", {}, ""],
  ["Sou de São Paulo", {}, ""],
  ["Sou o João de Curitiba", { name: "João", firstName: "João" }, ""],
  ["não quero demonstração", {}, ""],
  ["Não preciso de nada, obrigado", {}, ""],
  ["não tenho interesse em comprar", {}, ""],
  ["O gerente não respondeu", {}, ""],
  ["Bom dia! Tudo bem?", {}, ""],
  ["O orçamento sai dia 12/05", {}, ""],
  ["Queria saber o valor", {}, "pricing"],
  ["gostaria de saber o valor, por favor", {}, "pricing"],
  ["Bom dia, qual é o valor?", {}, "pricing"],
  ["me passa os valores?", {}, "pricing"],
]);
