export const customEntities = ["contact", "organization", "lead", "deal"] as const;
export type CustomEntity = (typeof customEntities)[number];

export const customKinds = ["text", "number", "date", "boolean", "select"] as const;
export type CustomKind = (typeof customKinds)[number];

/** A field that a company added to people, organizations, leads or deals. */
export type CustomField = {
  id: number;
  entity: CustomEntity;
  key: string;
  label: string;
  kind: CustomKind;
  /** What a select offers. */
  options: string[];
  createdAt: string;
};
