import type { Deal } from "../../../domain/deals/deal.ts";
import { presentMoney } from "../money.ts";
import { presentPhone } from "../phone-number.ts";

export function presentDeal(deal: Deal) {
  const contact = {
    name: deal.contact.name,
    company: deal.contact.company,
    phone_number: presentPhone(deal.contact.phone),
  };
  return {
    id: `deal_${deal.id}`,
    contact_id: `contact_${deal.contactId}`,
    title: deal.title,
    description: deal.description,
    value: presentMoney(deal.value),
    currency: deal.currency,
    stage: deal.stage,
    probability: deal.probability,
    expected_close_date: deal.expectedCloseOn,
    created_at: deal.createdAt,
    contact,
    contacts: contact,
  };
}
