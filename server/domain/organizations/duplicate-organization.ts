import type { TxCtx } from "../context.ts";
import { DomainError } from "../domain-error.ts";
import { findByName } from "./find-by-name.ts";

const message = "An organization of this name exists already.";

export async function duplicateOrganization(tx: TxCtx, name: string): Promise<DomainError> {
  const existing = await findByName(tx, name);
  return new DomainError({
    kind: "duplicate",
    entity: "organization",
    message,
    ...(existing === undefined ? {} : { existingId: existing.id }),
  });
}

/** For an update that lost a race for a name: the unique index has the last word. */
export function duplicateWhereTaken(error: unknown): never {
  const constraint = error instanceof Error && "constraint" in error ? error.constraint : undefined;
  if (constraint !== "organizations_company_id_name_key_key") throw error;
  throw new DomainError({ kind: "duplicate", entity: "organization", message });
}
