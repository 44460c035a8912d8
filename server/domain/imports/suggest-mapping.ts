import { foldText } from "../../../shared/fold-text.ts";
import type { CustomField } from "../custom-fields/custom-field.ts";
import { type ColumnTarget, type ImportField, importFields, type Mapping } from "./import-fields.ts";

export type Preset = "hubspot" | "salesforce" | "google" | "outlook" | "rapport" | null;

export type Suggestion = { mapping: Mapping; preset: Preset };

/** Headers of the exports people bring, folded; and what people call the same in the six languages. */
const names: Record<ImportField, string> = {
  name: "name|full name|contact name|display name|nombre completo|nombre y apellidos|nome completo|nom complet|vollstandiger name|kontakt|contact|contato|contacto",
  first_name: "first name|firstname|given name|nombre|nome|prenom|vorname",
  last_name: "last name|lastname|family name|surname|apellido|apellidos|sobrenome|nom|nom de famille|nachname",
  phone:
    "phone|phone number|telephone|mobile|mobile phone|mobile phone number|cell|cell phone|whatsapp|whatsapp number|whatsapp phone number|business phone|home phone|primary phone|other phone|company main phone|telefono|telefon|telefone|celular|movil|handy|telefonnummer|portable|numero|wa_id|jid|tel",
  email:
    "email|e-mail|email address|e-mail address|mail|primary email|correo|correo electronico|e-mail-adresse|courriel|adresse e-mail",
  company:
    "company|company name|account name|account|organization|organisation|organization name|associated company|empresa|firma|unternehmen|entreprise|societe|compania",
  position: "position|job title|title|organization title|cargo|puesto|fonction|poste",
  source: "source|lead source|original source|original traffic source|origen|origem|quelle",
  notes: "notes|note|description|comments|notas|observaciones|observacoes|notizen|remarques",
  stage: "stage|status|lifecycle stage|lead status|temperature|etapa|estado|phase",
  language: "language|preferred language|idioma|sprache|langue",
  tags: "tags|labels|categories|group membership|etiquetas|etiquetten|schlagworter|etiquettes",
  do_not_contact: "do not contact|do_not_contact|do not call|opted out|unsubscribed|email opt out|no contactar",
};

const numbered: [RegExp, ImportField][] = [
  [/^phone \d+ - value$/, "phone"],
  [/^e-?mail \d+ - value$/, "email"],
  [/^organization \d+ - name$/, "company"],
  [/^organization \d+ - title$/, "position"],
  [/^(?:business|home|company|other) phone \d+$/, "phone"],
  [/^e-?mail \d+ address$/, "email"],
];

const byName = new Map(importFields.flatMap((field) => names[field].split("|").map((name) => [name, field] as const)));

/** What each column seems to be, and whose export it is. */
export function suggestMapping(header: string[], custom: CustomField[]): Suggestion {
  const folded = header.map((name) => foldText(name).replace(/ \(\d+\)$/, ""));
  return { mapping: folded.map((name) => targetOf(name, custom)), preset: presetOf(new Set(folded)) };
}

function targetOf(name: string, custom: CustomField[]): ColumnTarget {
  const field = byName.get(name) ?? byName.get(name.replaceAll("_", " "));
  if (field) return field;
  const pattern = numbered.find(([shape]) => shape.test(name));
  if (pattern) return pattern[1];
  const own = custom.find(({ key, label }) => key === name || foldText(label) === name || `custom.${key}` === name);
  return own ? `custom.${own.key}` : null;
}

function presetOf(header: Set<string>): Preset {
  if (header.has("lifecycle stage") || (header.has("record id") && header.has("contact owner"))) return "hubspot";
  if (header.has("account name") || header.has("lead source")) return "salesforce";
  if (header.has("phone 1 - value") || header.has("e-mail 1 - value") || header.has("group membership"))
    return "google";
  if (header.has("business phone") && header.has("e-mail address")) return "outlook";
  return header.has("first_name") && header.has("do_not_contact") ? "rapport" : null;
}
