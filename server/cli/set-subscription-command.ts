import type { Db } from "../db/connection.ts";
import { companyIdOfSlug } from "../domain/accounts/company-by-slug.ts";
import { setSubscription, subscriptionStatuses } from "../domain/accounts/subscription.ts";
import { createCtx } from "../domain/context.ts";
import { readOptions, readWord } from "./read-options.ts";
import { UsageError } from "./usage-error.ts";

/** `subscription set`: a running server follows within five seconds. */
export async function setSubscriptionCommand(db: Db, argv: string[]): Promise<void> {
  const options = readOptions(argv, ["company", "status"], ["plan", "ends-at"]);
  const { company, plan, "ends-at": endsAt } = options;
  const status = readWord("status", options.status, subscriptionStatuses);
  const ctx = createCtx({ db, companyId: await companyIdOfSlug(db, company), actor: { kind: "system" } });
  const after = await setSubscription(ctx, {
    status,
    ...(plan === undefined ? {} : { plan }),
    ...(endsAt === undefined ? {} : { endsAt: timeOf(endsAt) }),
  });
  const end = after.endsAt === null ? "" : ` until ${after.endsAt}`;
  console.log(`The subscription of "${company}" is ${after.status} (${after.plan})${end}.`);
}

function timeOf(text: string): string {
  const time = new Date(text);
  if (Number.isNaN(time.getTime())) throw new UsageError("--ends-at wants an ISO time such as 2027-01-31T00:00:00Z.");
  return time.toISOString();
}
