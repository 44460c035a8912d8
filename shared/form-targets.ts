/** What a field fills: a field of the person, what they need, or (note) only the submission and its task. */
export const formTargets = [
  "name",
  "first_name",
  "last_name",
  "email",
  "phone",
  "company",
  "position",
  "need",
  "note",
] as const;
export type FormTarget = (typeof formTargets)[number];
