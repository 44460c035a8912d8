import { DomainError } from "../domain-error.ts";
import { recordEvent } from "../events/record-event.ts";
import { acceptInvitation } from "./accept-invitation.ts";
import { type Instance, txOfCompany } from "./instance.ts";
import { forgetPrincipals } from "./principal-generation.ts";
import { redeemSignInLink, spendLink } from "./sign-in-link.ts";
import { enterCompany, type SignedIn } from "./signed-in.ts";
import { writePassword } from "./write-password.ts";

/** Lets somebody in by whichever link they hold: a first sign-in, a password reset or an invitation. Each works once. */
export async function redeemLink(instance: Instance, token: string): Promise<SignedIn> {
  const ways = [
    redeemSignInLink,
    redeemResetLink,
    (on: Instance, held: string) => acceptInvitation(on, { token: held }),
  ];
  for (const way of ways) {
    const signedIn = await way(instance, token).catch(unlessUnknown);
    if (signedIn) return signedIn;
  }
  throw new DomainError({ kind: "unauthenticated", message: "This link was used already or is too old." });
}

/** The old password ends with the link, and so does everything signed in with it; the person chooses a new one inside. */
async function redeemResetLink(instance: Instance, token: string): Promise<SignedIn> {
  const signedIn = await instance.db.transaction(async (queries) => {
    const { userId, companyId } = await spendLink(instance, queries, token, "password_reset");
    await writePassword(queries, { userId, passwordHash: null, now: instance.now().toISOString(), keepSession: null });
    const tx = txOfCompany(instance, queries, companyId);
    await recordEvent(tx, { type: "user.password_cleared", subject: { kind: "user", id: userId } });
    return enterCompany(tx, userId, "link");
  });
  forgetPrincipals();
  return signedIn;
}

function unlessUnknown(error: unknown): undefined {
  if (error instanceof DomainError && error.refusal.kind === "unauthenticated") return undefined;
  throw error;
}
