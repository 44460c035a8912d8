import type { Ctx } from "../context.ts";
import { createUser, type NewUser } from "./create-user.ts";
import { createSignInLink } from "./sign-in-link.ts";
import type { User } from "./user.ts";

/** A new user and, without a password, the token of the link by which they come in first. */
export async function welcomeUser(ctx: Ctx, input: NewUser): Promise<{ user: User; token: string | null }> {
  return ctx.transact(async (tx) => {
    const user = await createUser(tx, input);
    return { user, token: input.password === undefined ? await createSignInLink(tx, user.id) : null };
  });
}
