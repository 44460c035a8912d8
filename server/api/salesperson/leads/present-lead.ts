import { type Lead, leadCode } from "../../../domain/leads/lead.ts";
import { presentMoney } from "../money.ts";
import { idText } from "../read-ids.ts";
import { statusWord } from "./lead-words.ts";

export function presentLead(lead: Lead) {
  return {
    id: idText(lead.id),
    leadId: leadCode(lead.number),
    customerId: idText(lead.contactId),
    source: lead.source,
    firstName: lead.firstName,
    lastName: lead.lastName,
    name: lead.contactName,
    email: lead.email,
    phone: lead.phone,
    status: statusWord(lead.stage),
    notes: lead.notes,
    estimatedValue: presentMoney(lead.estimatedValue),
    metadata: lead.metadata,
    assignedSalesId: idText(lead.ownerUserId),
    assignedSalesName: lead.ownerName,
    createdAt: lead.createdAt,
    updatedAt: lead.updatedAt,
  };
}
