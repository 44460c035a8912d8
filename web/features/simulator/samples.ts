import type { SimulatedAct } from "../../lib/api/simulator.ts";

export type Sample = { label: string; act: (name: string) => SimulatedAct };

/** Things customers write, in the languages the intake reads. Firms and addresses are made up. */
export const samples: Sample[] = [
  text("Enterprise, budget", (name) => {
    const asked = "What does the enterprise plan cost for 120 people? Our budget is $25,000.";
    return `Hi, I'm ${name}, CTO at Northwind Logistics. ${asked} My email is ${mailOf(name, "northwind.example")}`;
  }),
  text("Ask for a demo", () => "Could we see a demo this week?"),
  text("Brochure", () => "Can you send me a brochure, please?"),
  text("Español", (name) => {
    const asked = "¿Cuánto cuesta el plan? Nuestro presupuesto es de 8.000 €.";
    return `Hola, soy ${name}, de Clínica Vega. ${asked} Mi correo es ${mailOf(name, "clinicavega.example")}`;
  }),
  text("Português", (name) => {
    const asked = "Quanto custa? Temos um orçamento de R$ 12.000.";
    return `Oi! Meu nome é ${name}, gerente da Loja Horizonte. ${asked} Meu e-mail é ${mailOf(name, "horizonte.example")}`;
  }),
  text(
    "हिन्दी",
    (name) => `नमस्ते, मेरा नाम ${name} है। कीमत क्या है? हमारा बजट ₹2,00,000 है। ईमेल ${mailOf(name, "mehta.example")}`,
  ),
  text("Deutsch", (name) => {
    const asked = "Was kostet das? Unser Budget liegt bei 15.000 Euro.";
    return `Guten Tag, ich bin ${name} von der Weber Haustechnik GmbH. ${asked} ${mailOf(name, "weber.example")}`;
  }),
  text("Français", (name) => {
    const asked = "Quel est le prix ? Notre budget est de 9 000 €.";
    return `Bonjour, je m'appelle ${name}, de la société Fontaine et Fils. ${asked} ${mailOf(name, "fontaine.example")}`;
  }),
  { label: "Picture", act: () => ({ type: "action", action: "picture", text: "This is our office" }) },
];

function text(label: string, words: (name: string) => string): Sample {
  return { label, act: (name) => ({ type: "text", text: words(name) }) };
}

function mailOf(name: string, domain: string): string {
  const plain = name
    .normalize("NFKD")
    .replace(/[^a-zA-Z ]/g, "")
    .trim()
    .toLowerCase();
  return `${plain.split(/ +/).join(".") || "office"}@${domain}`;
}
