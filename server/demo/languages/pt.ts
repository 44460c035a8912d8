import type { DemoLanguage } from "../demo-language.ts";

export const portuguese: DemoLanguage = {
  code: "pt",
  country: "BR",
  phonePrefix: "+55119000001",
  phoneDigits: 2,
  firstNames: ["Thaís", "Caetano", "Luana", "Murilo", "Yasmin", "Otávio", "Bianca", "Renan", "Débora", "Heitor"],
  lastNames: ["Vasconcelos", "Albuquerque", "Figueira", "Montenegro", "Sardinha", "Bittencourt", "Queiroga", "Lacerda"],
  companies: ["Clínica Bem Viver", "Odonto Horizonte", "Espaço Fisio Leme", "Instituto Aurora", "Clínica Jatobá"],
  positions: ["Gerente", "Sócia", "Diretor clínico", "Recepcionista", "Administradora"],
  days: ["terça-feira", "quinta-feira", "sexta de manhã"],
  currency: "BRL",
  dialogues: [
    {
      kind: "software",
      first: [
        ["in", "Oi, tudo bem? Aqui é {first}, da {company}. Queria saber do sistema de vocês."],
        ["out", "Oi {first}, tudo ótimo! Quantos atendimentos vocês fazem por semana?"],
        ["in", "Uns 250, e o WhatsApp não para."],
        ["out", "Entendo. O sistema junta as conversas, a agenda e as tarefas num lugar só."],
        ["in", "Legal! Quanto custa por mês?"],
        ["out", "Para o tamanho de vocês fica {price} por mês, sem fidelidade."],
        ["in", "Dá para agendar uma demonstração?"],
        ["out", "Claro! Pode ser {day}?"],
        ["in", "Pode sim, {day} às 15h."],
        ["out", "Combinado, mando o link por aqui."],
      ],
      later: [
        ["out", "Oi {first}, obrigada pela conversa! A proposta já está no seu e-mail."],
        ["in", "Recebi, obrigado. Vou mostrar para a minha sócia."],
        ["out", "Perfeito. Alguma dúvida que eu possa adiantar?"],
        ["in", "Só sobre a importação dos pacientes antigos."],
        ["out", "Importamos da planilha e conferimos os repetidos juntos."],
        ["in", "Ótimo!"],
      ],
    },
    {
      kind: "clinic",
      first: [
        ["in", "Bom dia! Gostaria de marcar uma consulta de avaliação."],
        ["out", "Bom dia, {first}! Temos {day} às 9h ou às 14h."],
        ["in", "14h, por favor. Qual é o preço da consulta?"],
        ["out", "A avaliação fica em {price} e é abatida do tratamento."],
        ["in", "Perfeito, pode marcar."],
        ["out", "Marcado! Enviamos um lembrete na véspera."],
        ["in", "Obrigada!"],
      ],
      later: [
        ["out", "Oi {first}, como você está depois da consulta?"],
        ["in", "Muito bem, adorei o atendimento."],
        ["out", "Que bom! Posso deixar o retorno marcado?"],
        ["in", "Pode, sim."],
      ],
    },
    {
      kind: "software",
      first: [
        ["in", "Boa tarde, vocês têm algum material sobre o plano inicial? Catálogo, PDF..."],
        ["out", "Boa tarde, {first}! Segue o PDF. O plano inicial custa {price} por mês."],
        ["in", "Obrigado, vou ler com calma."],
        ["out", "Fique à vontade, estou por aqui."],
      ],
      later: [
        ["out", "Oi {first}, conseguiu dar uma olhada no material?"],
        ["in", "Ainda não, semana corrida. Me chama mês que vem?"],
        ["out", "Combinado!"],
      ],
    },
  ],
};
