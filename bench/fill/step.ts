/**
 * One table's rows, made by one INSERT … SELECT a batch. $1 company, $2 and $3 the batch's first and last number, $4 what to add
 * to a number for the row's id, $5 the time of the fill, $6 the plan as JSON (`FillPlan`), from $7 on `values`.
 */
export type FillStep = {
  table:
    | "organizations"
    | "contacts"
    | "contact_inbox"
    | "contact_search"
    | "contact_identities"
    | "leads"
    | "conversations"
    | "messages"
    | "deals"
    | "tasks"
    | "activities"
    | "appointments"
    | "events";
  /** Numbers counted through, per contact. */
  share: number;
  /** Not more than so many, however many contacts there are. */
  most?: number;
  values: string[][];
  sql: string;
};

/** How many of what, and the id before each table's first row. */
export type FillPlan = {
  contacts: number;
  perConversation: number;
  channel: number;
  people: number;
  organizations: number;
  leads: number;
  conversations: number;
  messages: number;
  deals: number;
};
