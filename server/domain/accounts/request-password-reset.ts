import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import { recordEvent } from "../events/record-event.ts";
import { notifyTeam } from "../notifications/notify-team.ts";
import { foldEmail } from "./email-address.ts";
import { type Instance, txOfCompany } from "./instance.ts";
import { displayName } from "./user.ts";

/**
 * Somebody forgot their password. There is no mail yet that could reach them, so the admins of their companies are told, once an
 * hour at most, and hand them a link. Nothing tells the caller whether the address is known.
 */
export async function requestPasswordReset(instance: Instance, emailAsTyped: string): Promise<void> {
  const memberships = await instance.db.all(membershipsOf({ email: foldEmail(emailAsTyped) }));
  const hour = instance.now().toISOString().slice(0, 13);
  for (const { userId, companyId, ...person } of memberships) {
    await instance.db.transaction(async (queries) => {
      const tx = txOfCompany(instance, queries, companyId);
      const dedupeKey = `password_reset.requested:${userId}:${hour}`;
      await notifyTeam(tx, {
        kind: "password_reset.requested",
        title: `${displayName(person)} cannot sign in`,
        body: `${person.email} asked for a new password. Make a reset link in the team's settings and hand it over.`,
        dedupeKey,
        roles: ["admin"],
      });
      await recordEvent(tx, {
        type: "user.password_reset_requested",
        subject: { kind: "user", id: userId },
        dedupeKey,
      });
    });
  }
}

type Person = { userId: number; companyId: number; email: string; firstName: string; lastName: string };

const membershipsOf = prepared<{ email: string }>()(
  (_db, arg) => sql<Person>`
    select u.id as "userId", m.company_id as "companyId", u.email, u.first_name as "firstName", u.last_name as "lastName"
    from users u join memberships m on m.user_id = u.id
    where u.email = ${arg("email")} and u.disabled_at is null
    order by m.company_id limit 20`,
);
