/** The canonical stages of a person and of a lead. */
export const stages = [
  "new",
  "contacted",
  "nurture",
  "qualified",
  "sales_qualified",
  "opportunity",
  "customer",
  "lost",
  "junk",
] as const;
export type Stage = (typeof stages)[number];

/** The stage in the five words by which people are sorted. The database computes the same (contacts.temperature). */
export const temperatures = ["new", "qualified", "hot", "cold", "customer"] as const;
export type Temperature = (typeof temperatures)[number];

/** Writing one of the five words sets this stage. */
export const stageOfTemperature: Record<Temperature, Stage> = {
  new: "new",
  qualified: "qualified",
  hot: "sales_qualified",
  cold: "nurture",
  customer: "customer",
};

/** A lead in one of these is closed. */
export const closedStages: readonly Stage[] = ["customer", "lost", "junk"];
