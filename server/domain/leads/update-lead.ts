import type { JsonObject } from "../../../shared/json.ts";
import { withoutUndefined } from "../../../shared/without-undefined.ts";
import type { ContactPatch } from "../contacts/contact-fields.ts";
import { getContact } from "../contacts/get-contact.ts";
import { requireSomeName } from "../contacts/require-some-name.ts";
import { updateContact } from "../contacts/update-contact.ts";
import type { Ctx, TxCtx } from "../context.ts";
import { mergeCustom } from "../custom-fields/merge-custom.ts";
import { canonicalAmount } from "../deals/deal-fields.ts";
import { changedFields } from "../events/changed-fields.ts";
import { recordEvent } from "../events/record-event.ts";
import { assignLead } from "./assign-lead.ts";
import { moveLead } from "./change-lead-stage.ts";
import { getLead } from "./get-lead.ts";
import type { Lead } from "./lead.ts";
import { detailsOf } from "./lead-details.ts";
import { checkLeadFields, type LeadPatch, personOf } from "./lead-fields.ts";
import { lockLead } from "./lock-lead.ts";
import { resolveOwner } from "./resolve-owner.ts";
import { type EditableLead, writeLead } from "./write-lead.ts";

export type LeadEdit = LeadPatch & { custom?: JsonObject; stageReason?: string };

/** Changes what is given: on the lead and on its person; stage and owner with both. */
export async function updateLead(
  ctx: Ctx,
  leadId: number,
  patch: LeadEdit,
  options: { ifVersion?: number } = {},
): Promise<Lead> {
  checkLeadFields(patch);
  return ctx.transact(async (tx) => {
    const seen = await getLead(tx, leadId);
    const person = personOf(patch);
    // Before the lead's row: names are locked before people, and people before leads.
    if (Object.keys(person).length > 0) await editPerson(tx, seen.contactId, person);
    const before = await lockLead(tx, leadId, options.ifVersion);
    await rewrite(tx, before, await edited(tx, before, patch));
    const owner = await resolveOwner(tx, patch);
    if (owner) await assignLead(tx, before, owner);
    if (patch.stage !== undefined) await moveLead(tx, before, patch.stage, patch.stageReason);
    const after = await getLead(tx, leadId);
    // The lead shows its person: who reads it again sees another version of it.
    if (after.version === before.version && changedFields(shownOf(seen), shownOf(after)))
      await writeLead(tx, editableOf(after));
    return getLead(tx, leadId);
  });
}

// A lead is of somebody: only its person's own record may be emptied.
async function editPerson(tx: TxCtx, contactId: number, patch: ContactPatch): Promise<void> {
  const before = await getContact(tx, contactId);
  const after = await updateContact(tx, contactId, patch);
  if (before.name || before.phone || before.email) requireSomeName(after);
}

async function edited(tx: TxCtx, lead: Lead, patch: LeadEdit): Promise<EditableLead> {
  const { source, need, budget, budgetCurrency, custom } = patch;
  const texts = { source: source === "" ? null : source, need, budgetCurrency };
  return {
    ...editableOf(lead),
    ...detailsOf(patch),
    ...withoutUndefined({ ...texts, budget: typeof budget === "string" ? canonicalAmount(budget) : budget }),
    custom: custom === undefined ? lead.custom : await mergeCustom(tx, "lead", lead.custom, custom),
  };
}

async function rewrite(tx: TxCtx, lead: Lead, after: EditableLead): Promise<void> {
  const change = changedFields(editableOf(lead), after);
  if (!change) return;
  await writeLead(tx, after);
  const subject = { kind: "lead", id: lead.id } as const;
  await recordEvent(tx, { type: "lead.updated", subject, contactId: lead.contactId, ...change });
}

function editableOf(lead: Lead): EditableLead {
  const { id, salutation, gender, website, industry, employees, annualRevenue, territory, source, notes } = lead;
  const { estimatedValue, metadata, need, budget, budgetCurrency, custom } = lead;
  return {
    ...{ id, salutation, gender, website, industry, employees, annualRevenue, territory, source, notes },
    ...{ estimatedValue, metadata, need, budget, budgetCurrency, custom },
  };
}

function shownOf({ firstName, lastName, contactName, email, phone, jobTitle, organizationName }: Lead) {
  return { firstName, lastName, contactName, email, phone, jobTitle, organizationName };
}
