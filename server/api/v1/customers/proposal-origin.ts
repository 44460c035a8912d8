import type { Ctx } from "../../../domain/context.ts";

/** Who proposes a visit, for the policy: a member by hand, or a program. */
export function proposalOrigin({ actor }: Ctx): "user" | "api" {
  return actor.kind === "user" ? "user" : "api";
}
