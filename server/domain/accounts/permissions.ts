import { type Scope, scopes } from "../../../shared/roles.ts";
import type { Ctx, Role } from "../context.ts";
import { DomainError, forbidden } from "../domain-error.ts";

export type { Scope };

type Allowed = { scopes?: readonly string[] };

/** Only these roles may. The system itself (the command line, a job) may do anything; the person who writes to us, nothing. */
export function requireRole(ctx: Pick<Ctx, "actor">, ...roles: Role[]): void {
  const { actor } = ctx;
  if (actor.kind === "system") return;
  if (actor.kind === "contact" || !roles.includes(actor.role)) {
    throw forbidden(`Only ${roles.join(" and ")} may do this.`);
  }
}

/** People have every scope; an API key has those it was made with, and each includes the ones before it: read, write, admin. */
export function hasScope(principal: Allowed, scope: Scope): boolean {
  if (principal.scopes === undefined) return true;
  return scopes.slice(scopes.indexOf(scope)).some((wider) => principal.scopes?.includes(wider));
}

export function requireScope(principal: Allowed, scope: Scope): void {
  if (!hasScope(principal, scope)) throw forbidden(`This API key lacks the scope "${scope}".`);
}

export function requireSubscription(principal: { subscriptionActive: boolean }): void {
  if (!principal.subscriptionActive) throw new DomainError({ kind: "subscription_required" });
}
