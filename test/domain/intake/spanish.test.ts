import { describeSentences } from "./sentence-table.ts";

const ana = { name: "Ana López", firstName: "Ana", lastName: "López" };

describeSentences("Spanish", [
  [
    "Hola, soy Ana López de Clínica Sol, necesito recordatorios de citas",
    { ...ana, company: "Clínica Sol", need: "recordatorios de citas" },
    "",
  ],
  [
    "me llamo juan de la cruz, trabajo en Acme y busco un CRM, mi presupuesto es de 50 mil pesos",
    {
      name: "Juan de la Cruz",
      firstName: "Juan",
      lastName: "de la Cruz",
      company: "Acme",
      need: "un CRM",
      budget: { amount: "50000", written: "pesos" },
    },
    "",
  ],
  [
    "Mi nombre es María del Carmen Pérez",
    { name: "María del Carmen Pérez", firstName: "María", lastName: "del Carmen Pérez" },
    "",
  ],
  [
    "Soy la Dra. Ana López, directora de la Clínica Santa Fe",
    { ...ana, company: "Clínica Santa Fe", position: "directora" },
    "",
  ],
  [
    "soy Ana, gerente de ventas en Hotel Sol",
    { name: "Ana", firstName: "Ana", company: "Hotel Sol", position: "gerente de ventas" },
    "",
  ],
  ["Soy el dueño de Panadería Luna", { company: "Panadería Luna", position: "dueño" }, ""],
  ["Mi empresa se llama Textiles del Norte", { company: "Textiles del Norte" }, ""],
  ["Les escribe Ana López de parte de Grupo Río", { ...ana, company: "Grupo Río" }, ""],
  [
    "Nombre: Ana López\nEmpresa: Clínica Sol\nCorreo: ana@sol.mx\nCargo: Gerente\nPresupuesto: $20,000 MXN",
    {
      ...ana,
      company: "Clínica Sol",
      email: "ana@sol.mx",
      position: "Gerente",
      budget: { amount: "20000", currency: "MXN" },
    },
    "",
  ],
  ["Contamos con 2 millones de pesos para el proyecto", { budget: { amount: "2000000", written: "pesos" } }, ""],
  ["Mi presupuesto es de 5.000 €", { budget: { amount: "5000", currency: "EUR" } }, ""],
  ["El presupuesto: USD 1.500,50", { budget: { amount: "1500.5", currency: "USD" } }, ""],
  ["¿Cuánto cuesta? ¿Me mandas información?", {}, "pricing resources"],
  ["Quisiera ver una demostración", {}, "demo"],
  ["Quiero comprar 3 unidades, ¿cómo puedo pagar?", {}, "buy"],
  ["quiero hablar con un asesor, es urgente", {}, "human urgent"],
  ["Me interesa el plan anual", { need: "el plan anual" }, ""],
  ["no sé el precio", {}, "pricing"],
  ["Soy Nutrióloga", {}, ""],
  [
    "aquí Pedro Gómez de Ferretería Gómez",
    { name: "Pedro Gómez", firstName: "Pedro", lastName: "Gómez", company: "Ferretería Gómez" },
    "",
  ],
  [
    "soy María de los Ángeles Ruiz",
    { name: "María de los Ángeles Ruiz", firstName: "María", lastName: "de los Ángeles Ruiz" },
    "",
  ],
  // Nothing to be read here.
  ["soy cliente", {}, ""],
  ["Soy Cliente de ustedes", {}, ""],
  ["soy de Guadalajara", {}, ""],
  ["Soy Ana de Madrid", { name: "Ana", firstName: "Ana" }, ""],
  ["no quiero demo", {}, ""],
  ["No necesito nada, gracias", {}, ""],
  ["no me interesa el precio", {}, ""],
  ["el gerente no contesta", {}, ""],
  ["aquí estamos, muy bien", {}, ""],
  ["Tengo 25 empleados y el presupuesto de 2026 no está", {}, ""],
  ["trabajo en ventas", {}, ""],
  ["Mi empresa es Textiles del Sur.", { company: "Textiles del Sur" }, ""],
  ["Trabajo en Grupo del Norte y busco un CRM", { company: "Grupo del Norte", need: "un CRM" }, ""],
]);
