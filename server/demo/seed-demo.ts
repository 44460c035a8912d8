import { sql } from "kysely";
import type { Db } from "../db/connection.ts";
import { prepared } from "../db/prepared.ts";
import { createCompany } from "../domain/accounts/create-company.ts";
import { createUser } from "../domain/accounts/create-user.ts";
import { createSignInLink } from "../domain/accounts/sign-in-link.ts";
import { createCtx, inTransaction, type TxCtx } from "../domain/context.ts";
import { fillDemo } from "./fill-demo.ts";
import { demoSlug, findDemo } from "./find-demo.ts";
import { teachBot } from "./teach-bot.ts";

const name = "Solmarea Care & Software";
/** Admin, manager, salesperson. */
const demoEmails = ["demo@rapport.local", "tomas@rapport.local", "noor@rapport.local"] as const;

export type SeededDemo = { companyId: number; signInLinkToken: string };

/**
 * The demo company, made whole in one transaction where it is not there yet; one that is there stays as it is, whatever was
 * done in it. Either way with a fresh link for its admin, because the demo has no passwords.
 */
export async function seedDemo(db: Db, now: Date): Promise<SeededDemo> {
  return db.transaction(async (queries) => {
    const known = await findDemo(queries);
    // createCompany opens a transaction of its own; here it joins ours, so that no empty demo can be left behind.
    const joined: Db = { ...db, transaction: (work) => work(queries) };
    const companyId = known ?? (await createCompany(joined, { slug: demoSlug, name, isDemo: true })).id;
    const ctx = createCtx({ db, companyId, actor: { kind: "system" }, now: () => now });
    const tx = inTransaction(ctx, queries);
    if (known === undefined) {
      await fillDemo(tx, await addUsers(tx));
      await teachBot(tx);
      await queries.run(analyzeFilled({}));
    }
    return { companyId, signInLinkToken: await createSignInLink(tx, await adminOf(tx)) };
  });
}

async function addUsers(tx: TxCtx): Promise<[number, number, number]> {
  const [admin, manager, salesperson] = demoEmails;
  const one = await createUser(tx, { email: admin, role: "admin", firstName: "Ada", lastName: "Lindmark" });
  const two = await createUser(tx, { email: manager, role: "manager", firstName: "Tomás", lastName: "Arrieta" });
  const three = await createUser(tx, {
    email: salesperson,
    role: "salesperson",
    firstName: "Noor",
    lastName: "Velasco",
  });
  return [one.id, two.id, three.id];
}

/** The demo's own admin, or another one where somebody removed it. */
async function adminOf(tx: TxCtx): Promise<number> {
  const admin = await tx.tx.first(selectAdmin({ companyId: tx.companyId, email: demoEmails[0] }));
  return admin?.id ?? (await createUser(tx, { email: demoEmails[0], role: "admin" })).id;
}

const selectAdmin = prepared<{ companyId: number; email: string }>()(
  (_db, arg) => sql<{ id: number }>`
    select u.id from memberships m join users u on u.id = m.user_id
    where m.company_id = ${arg("companyId")}::bigint and m.role = 'admin' and u.disabled_at is null
    order by u.email = ${arg("email")}::text desc, u.id limit 1`,
);

// Planned for tables that were filled just now, a list of tasks reads all people for each (measured: 600 ms instead of 8), until the
// server gathers statistics by itself, a minute later.
const analyzeFilled = prepared<object>()(
  () => sql<never>`
    analyze contacts, contact_identities, contact_inbox, contact_search, organizations, conversations, messages, leads, deals, tasks,
      activities, notes, appointments, customer_records, events`,
);
