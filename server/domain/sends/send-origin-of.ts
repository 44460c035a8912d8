import type { Ctx } from "../context.ts";
import type { SendOrigin } from "../policy/send-decision.ts";

/** Who asks for a message, for the policy: a member at the screen, or a program with a key. */
export function sendOriginOf({ actor }: Pick<Ctx, "actor">): SendOrigin {
  return actor.kind === "user" ? "user" : "api";
}
