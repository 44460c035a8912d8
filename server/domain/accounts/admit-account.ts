import type { Ctx, Role } from "../context.ts";
import { forbidden, notFound } from "../domain-error.ts";
import { addMember, lockAccount } from "./add-member.ts";
import { readEmail } from "./email-address.ts";
import { getUser, type User } from "./user.ts";

/** Lets an account of another company into this one, as whoever runs the installation may; it keeps its own password. */
export async function admitAccount(ctx: Ctx, input: { email: string; role: Role }): Promise<User> {
  if (ctx.actor.kind !== "system") throw forbidden("Somebody with an account has to be invited.");
  const email = readEmail(input.email);
  return ctx.transact(async (tx) => {
    const account = await lockAccount(tx, email);
    if (!account) throw notFound("user");
    await addMember(tx, account.id, { email, role: input.role });
    return getUser(tx, account.id);
  });
}
