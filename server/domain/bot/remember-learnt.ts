import { foldText } from "../../../shared/fold-text.ts";
import { fillBlankFields } from "../contacts/fill-blank-fields.ts";
import type { TxCtx } from "../context.ts";
import { fillLeadNeeds } from "../leads/fill-lead-needs.ts";
import { organizationsNamed } from "../organizations/organizations-named.ts";
import { scoreContacts } from "../scoring/score-contacts.ts";
import type { Learnt, TurnFacts } from "./bot-turn.ts";

/** Puts what a person answered into their record, where nothing stands yet, and scores them anew. */
export async function rememberLearnt(tx: TxCtx, { contactId, leadId }: TurnFacts, learnt: Learnt): Promise<void> {
  if (Object.keys(learnt).length === 0) return;
  const { name = null, email = null, company, need } = learnt;
  const organizations = company === undefined ? new Map<string, number>() : await organizationsNamed(tx, [company]);
  const organizationId = company === undefined ? null : (organizations.get(foldText(company)) ?? null);
  const [firstName = null, ...rest] = name?.split(/\s+/) ?? [];
  if (name !== null || email !== null || organizationId !== null) {
    const lastName = name === null ? null : rest.join(" ");
    await fillBlankFields(tx, [{ contactId, name, firstName, lastName, email, position: null, organizationId }]);
  }
  if (need !== undefined && leadId !== null) await fillLeadNeeds(tx, [{ leadId, need, budget: null, currency: null }]);
  await scoreContacts(tx, [contactId]);
}
