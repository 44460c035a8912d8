/** What a column can be. A company's own field is `custom.` and its key; null leaves the column out. */
export const importFields = [
  "name",
  "first_name",
  "last_name",
  "phone",
  "email",
  "company",
  "position",
  "source",
  "notes",
  "stage",
  "language",
  "tags",
  "do_not_contact",
] as const;
export type ImportField = (typeof importFields)[number];

export type ColumnTarget = ImportField | `custom.${string}` | null;

/** One entry a column, in the order of the header. */
export type Mapping = ColumnTarget[];

export function columnTargetOf(word: string | null): ColumnTarget | undefined {
  if (word === null) return null;
  const field = importFields.find((known) => known === word);
  if (field) return field;
  return word.startsWith("custom.") ? `custom.${word.slice("custom.".length)}` : undefined;
}
