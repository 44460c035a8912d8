import { foldText } from "../../../shared/fold-text.ts";
import type { JsonObject } from "../../../shared/json.ts";
import { parsePhone } from "../../../shared/phone/parse-phone.ts";
import { type Stage, stageOfTemperature, stages, temperatures } from "../../../shared/stages.ts";
import { type ContactPatch, checkContactFields } from "../contacts/contact-fields.ts";
import type { CustomField } from "../custom-fields/custom-field.ts";
import { customProblems } from "../custom-fields/validate-custom.ts";
import { DomainError } from "../domain-error.ts";
import { customCell } from "./custom-cell.ts";
import type { ImportField, Mapping } from "./import-fields.ts";

/** A person as a row tells of them: only what it says. */
export type ImportedPerson = {
  patch: ContactPatch;
  /** E.164, the first one shown. */
  phones: string[];
  tags: string[];
};

export type ReadRow = { person: ImportedPerson } | { refusal: string };

export type ReadingPlace = { defaultCountry: string | undefined; custom: CustomField[] };

/** Reads one row of cells; says in words why it cannot be a person. */
export function readPerson(cells: string[], mapping: Mapping, place: ReadingPlace): ReadRow {
  try {
    return { person: personOf(cells, mapping, place) };
  } catch (error) {
    if (error instanceof RowRefused || error instanceof DomainError) return { refusal: error.message };
    throw error;
  }
}

class RowRefused extends Error {}

function personOf(cells: string[], mapping: Mapping, place: ReadingPlace): ImportedPerson {
  if (cells.slice(mapping.length).some((cell) => cell.trim() !== ""))
    throw new RowRefused(`The row has ${cells.length} cells, and the header has ${mapping.length}.`);
  const all = (field: ImportField) =>
    cells.flatMap((cell, index) => (mapping[index] === field && cell.trim() !== "" ? [cell.trim()] : []));
  const phones = [
    ...new Set(
      all("phone")
        .flatMap(parts)
        .map((phone) => readNumber(phone, place)),
    ),
  ];
  const [phone] = phones;
  const custom = customOf(cells, mapping, place);
  const patch: ContactPatch = {
    ...texts(all),
    ...(phone === undefined ? {} : { phone }),
    ...stageIn(all("stage")[0]),
    ...consentIn(all("do_not_contact")[0]),
    ...(Object.keys(custom).length === 0 ? {} : { custom }),
  };
  checkContactFields(patch);
  if (!patch.name && !patch.firstName && !patch.lastName && !patch.email && phone === undefined)
    throw new RowRefused("The row has neither a name, nor a phone number, nor an e-mail address.");
  return { patch, phones, tags: [...new Set(all("tags").flatMap(tagsIn))] };
}

function texts(all: (field: ImportField) => string[]): ContactPatch {
  const fields: [keyof ContactPatch, string | undefined][] = [
    ["name", all("name")[0]],
    ["firstName", all("first_name")[0]],
    ["lastName", all("last_name")[0]],
    ["email", all("email").flatMap(parts)[0]],
    ["company", all("company")[0]],
    ["position", all("position")[0]],
    ["source", all("source")[0]],
    ["notes", all("notes").join("\n") || undefined],
    ["language", all("language")[0]],
  ];
  return Object.fromEntries(fields.filter(([, value]) => value !== undefined));
}

/** Google puts several values into one cell. */
function parts(cell: string): string[] {
  return cell
    .split(/\s*:::\s*/)
    .map((part) => part.trim())
    .filter((part) => part !== "");
}

function tagsIn(cell: string): string[] {
  return cell
    .split(/\s*(?::::|[;,|])\s*/)
    .map((tag) => tag.replace(/^\*\s*/, "").trim())
    .filter((tag) => tag !== "" && tag.length <= 100 && tag !== "myContacts");
}

function readNumber(written: string, { defaultCountry }: ReadingPlace): string {
  // A guard against formulas, as this product and others write it into their own exports.
  const text = written.replace(/^'(?=[+=@-])/, "");
  if (/^[+-]?\d+(?:[.,]\d+)?\s?e\s?\+?\d+$/i.test(text))
    throw new RowRefused(
      `The phone "${written}" was shortened by a spreadsheet, and its last digits are lost: format that column as text and export again.`,
    );
  const phone = parsePhone(text, defaultCountry);
  if (!phone) throw new RowRefused(`"${written.slice(0, 60)}" is not a phone number; +14155550123 is one.`);
  return phone.e164;
}

const stageWords: Record<string, Stage> = {
  subscriber: "new",
  lead: "new",
  other: "new",
  marketingqualifiedlead: "qualified",
  salesqualifiedlead: "sales_qualified",
  evangelist: "customer",
  opennotcontacted: "new",
  workingcontacted: "contacted",
  closedconverted: "customer",
  closednotconverted: "lost",
  unqualified: "junk",
  opendeal: "opportunity",
  inprogress: "contacted",
  open: "new",
};

function stageIn(word: string | undefined): { stage?: Stage } {
  if (word === undefined) return {};
  const key = foldText(word).replace(/[^a-z]/g, "");
  const stage = stages.find((known) => known.replaceAll("_", "") === key);
  const temperature = temperatures.find((known) => known === key);
  const found = stage ?? (temperature && stageOfTemperature[temperature]) ?? stageWords[key];
  if (found === undefined)
    throw new RowRefused(`"${word.slice(0, 60)}" is not a stage; these are: ${stages.join(", ")}.`);
  return { stage: found };
}

function consentIn(word: string | undefined): { doNotContact?: boolean } {
  if (word === undefined) return {};
  const key = foldText(word);
  if (["true", "yes", "y", "1", "x", "si", "sim", "ja", "oui"].includes(key)) return { doNotContact: true };
  if (["false", "no", "n", "0", "nao", "nein", "non"].includes(key)) return { doNotContact: false };
  throw new RowRefused(`"${word.slice(0, 60)}" is neither yes nor no.`);
}

function customOf(cells: string[], mapping: Mapping, { custom }: ReadingPlace): JsonObject {
  const values: JsonObject = {};
  cells.forEach((cell, index) => {
    const target = mapping[index];
    if (!target?.startsWith("custom.") || cell.trim() === "") return;
    const key = target.slice("custom.".length);
    values[key] = customCell(cell.trim(), custom.find((field) => field.key === key)?.kind);
  });
  const [problem] = customProblems(custom, values);
  if (problem) throw new RowRefused(`${problem.message}.`);
  return values;
}
