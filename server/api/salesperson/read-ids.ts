import type { Ctx } from "../../domain/context.ts";
import { getLeadByNumber } from "../../domain/leads/get-lead.ts";
import { leadNumberIn } from "../../domain/leads/lead.ts";
import { readId } from "../http/read-id.ts";

/** A customer's id in any spelling: 12, "12", "contact_12", and as the document writes it, "customer-12". */
export function customerIdIn(value: unknown, path = "customerId"): number {
  return readId(typeof value === "string" ? value.trim().replace(/^customer[-_]/, "") : value, "contact", path);
}

/** A lead's id: 12, "12", "lead_12", or its code, "LEAD-012". */
export async function leadIdIn(ctx: Ctx, value: unknown, path = "id"): Promise<number> {
  const number = typeof value === "string" ? leadNumberIn(value) : undefined;
  return number === undefined ? readId(value, "lead", path) : (await getLeadByNumber(ctx, number)).id;
}

/** What is not said stays unsaid, and null clears. */
export function idOrNull(value: unknown, word: string, path: string): number | null | undefined {
  if (value === undefined) return undefined;
  return value === null || value === "" ? null : readId(value, word, path);
}

export async function leadIdOrNull(ctx: Ctx, value: unknown): Promise<number | null | undefined> {
  if (value === undefined) return undefined;
  return value === null || value === "" ? null : leadIdIn(ctx, value, "relatedLeadId");
}

export function idText(id: number): string;
export function idText(id: number | null): string | null;
export function idText(id: number | null): string | null {
  return id === null ? null : String(id);
}
