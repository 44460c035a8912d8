import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { Role, TxCtx } from "../context.ts";
import { DomainError } from "../domain-error.ts";
import { recordEvent } from "../events/record-event.ts";
import { type Account, addMember, addNewUser, lockAccount } from "./add-member.ts";
import { type Instance, txOfCompany } from "./instance.ts";
import { hashPassword, verifyPassword } from "./password-hash.ts";
import { checkPassword } from "./password-rules.ts";
import { hashToken } from "./secret-token.ts";
import { wrongCredentials } from "./sign-in.ts";
import { enterCompany, type SignedIn } from "./signed-in.ts";

export type Acceptance = {
  token: string;
  /** Who has no account may choose one later. */
  password?: string;
  firstName?: string;
  lastName?: string;
};

/**
 * Turns an invitation into a membership and signs the person in. Who has no account chooses a password here. Who has one proves
 * it with the password they have: otherwise a company could make an account for a stranger and wait for others to let it in.
 */
export async function acceptInvitation(instance: Instance, input: Acceptance): Promise<SignedIn> {
  const tokenHash = hashToken(input.token);
  const invitation = await instance.db.first(openInvitation({ tokenHash, now: instance.now().toISOString() }));
  if (!invitation) throw endedInvitation();
  const known = await instance.db.first(memberHash({ email: invitation.email }));
  const proof = known
    ? await prove(known.passwordHash, input.password)
    : await choose(invitation.email, input.password);
  return instance.db.transaction(async (queries) => {
    const spent = await queries.first(spendInvitation({ tokenHash, now: instance.now().toISOString() }));
    if (!spent) throw endedInvitation();
    const tx = txOfCompany(instance, queries, spent.companyId);
    const userId = await join(tx, { ...input, ...invitation, role: spent.role, proof, known: known !== undefined });
    const data = { invitationId: spent.id };
    await recordEvent(tx, { type: "invitation.accepted", subject: { kind: "user", id: userId }, data });
    return enterCompany(tx, userId, "invitation");
  });
}

/** Whom an invitation is for, so that the page can say so. */
export async function findInvitation(
  instance: Instance,
  token: string,
): Promise<{ email: string; role: Role; companyName: string }> {
  const found = await instance.db.first(
    openInvitation({ tokenHash: hashToken(token), now: instance.now().toISOString() }),
  );
  if (!found) throw endedInvitation();
  return found;
}

async function prove(passwordHash: string | null, password = ""): Promise<string> {
  if (!(await verifyPassword(passwordHash, password)) || passwordHash === null) throw wrongCredentials();
  return passwordHash;
}

async function choose(email: string, password: string | undefined): Promise<string | null> {
  if (password === undefined) return null;
  checkPassword(password, email);
  return hashPassword(password);
}

type Joining = {
  email: string;
  role: Role;
  firstName?: string;
  lastName?: string;
  /** The hash that was proved or chosen. */
  proof: string | null;
  known: boolean;
};

async function join(tx: TxCtx, joining: Joining): Promise<number> {
  const { email, role, firstName = "", lastName = "", proof, known } = joining;
  if (!known) return addNewUser(tx, { email, role, firstName, lastName, passwordHash: proof });
  const account: Account | undefined = await lockAccount(tx, email);
  if (account?.passwordHash !== proof)
    throw new DomainError({ kind: "conflict", message: "The account changed a moment ago." });
  await addMember(tx, account.id, { email, role });
  return account.id;
}

function endedInvitation(): DomainError {
  return new DomainError({
    kind: "unauthenticated",
    message: "This invitation was used already, withdrawn, or is too old.",
  });
}

const openInvitation = prepared<{ tokenHash: Buffer; now: string }>()(
  (_db, arg) => sql<{ email: string; role: Role; companyName: string }>`
    select i.email, i.role, c.name as "companyName" from invitations i join companies c on c.id = i.company_id
    where i.token_hash = ${arg("tokenHash")} and i.accepted_at is null and i.revoked_at is null
      and i.expires_at > ${arg("now")}::timestamptz`,
);

const memberHash = prepared<{ email: string }>()(
  (_db, arg) => sql<{ passwordHash: string | null }>`
    select u.password_hash as "passwordHash" from users u
    where u.email = ${arg("email")} and exists (select from memberships m where m.user_id = u.id)`,
);

const spendInvitation = prepared<{ tokenHash: Buffer; now: string }>()(
  (_db, arg) => sql<{ id: number; companyId: number; role: Role }>`
    update invitations set accepted_at = ${arg("now")}::timestamptz
    where token_hash = ${arg("tokenHash")} and accepted_at is null and revoked_at is null
      and expires_at > ${arg("now")}::timestamptz
    returning id, company_id as "companyId", role`,
);
