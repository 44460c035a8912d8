import type { Ctx, Role } from "../context.ts";
import { addNewUser } from "./add-member.ts";
import { readEmail } from "./email-address.ts";
import { hashPassword } from "./password-hash.ts";
import { checkPassword } from "./password-rules.ts";
import { requireRole } from "./permissions.ts";
import { getUser, type User } from "./user.ts";

export type NewUser = { email: string; role: Role; firstName?: string; lastName?: string; password?: string };

/**
 * A new person in the company. Without a password they come in by a link. Somebody who has an account in another company is
 * refused: only they can say that they want to join, by accepting an invitation.
 */
export async function createUser(ctx: Ctx, input: NewUser): Promise<User> {
  requireRole(ctx, "admin");
  const email = readEmail(input.email);
  if (input.password !== undefined) checkPassword(input.password, email);
  // Hashed before the transaction opens, because it waits its turn and would hold locks meanwhile.
  const passwordHash = input.password === undefined ? null : await hashPassword(input.password);
  return ctx.transact(async (tx) => {
    const { firstName = "", lastName = "", role } = input;
    const userId = await addNewUser(tx, { email, firstName, lastName, role, passwordHash });
    return getUser(tx, userId);
  });
}
