import type { Static } from "typebox";
import type { Ctx } from "../../../domain/context.ts";
import { listCustomFields } from "../../../domain/custom-fields/list-custom-fields.ts";
import { invalid } from "../../../domain/domain-error.ts";
import { detectDelimiter } from "../../../domain/imports/detect-delimiter.ts";
import type { Mapping } from "../../../domain/imports/import-fields.ts";
import { readCsv } from "../../../domain/imports/read-csv.ts";
import { suggestMapping } from "../../../domain/imports/suggest-mapping.ts";
import type { ImportBody } from "./import-schemas.ts";

type Body = Static<typeof ImportBody>;
type Table = { header: string[]; rows: string[][]; mapping: Mapping };

const mostRows = 1_000;

/** Both spellings of an import as rows of cells. */
export async function parseImport(ctx: Ctx, { contacts, csv }: Body): Promise<Table> {
  if (contacts !== undefined && contacts.length > 0) return { header, rows: contacts.map(cellsOf), mapping };
  if (csv !== undefined && csv.trim() !== "") return tableOfCsv(ctx, csv);
  throw invalid("contacts", "contacts or csv is required");
}

const header = ["name", "phone", "email", "company", "position", "notes", "tags"];
const mapping: Mapping = ["name", "phone", "email", "company", "position", "notes", "tags"];

function cellsOf({
  name,
  phone,
  email,
  company,
  position,
  notes,
  tags,
}: NonNullable<Body["contacts"]>[number]): string[] {
  return [name, phone, email, company, position, notes, tags?.join(";")].map((value) => value ?? "");
}

async function tableOfCsv(ctx: Ctx, csv: string): Promise<Table> {
  const { delimiter, body } = detectDelimiter(csv);
  const rows: string[][] = [];
  for await (const record of readCsv(body, delimiter)) {
    rows.push(record);
    if (rows.length > mostRows + 1) throw invalid("csv", `csv can have ${mostRows} rows at most; divide it`);
  }
  const [names = [], ...rest] = rows;
  return {
    header: names,
    rows: rest,
    mapping: suggestMapping(names, await listCustomFields(ctx, "contact")).mapping,
  };
}
