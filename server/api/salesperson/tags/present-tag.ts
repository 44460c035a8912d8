import type { TaggedCustomer } from "../../../domain/customers/list-tagged-customers.ts";
import type { ContactTag } from "../../../domain/tags/tag.ts";
import { presentCustomer } from "../customers/present-customer.ts";
import { idText } from "../read-ids.ts";

export function presentCustomerTag(tag: ContactTag, contactId: number) {
  return {
    id: idText(tag.id),
    customerId: idText(contactId),
    tagId: idText(tag.tagId),
    name: tag.name,
    color: tag.color,
    notes: tag.notes,
    addedBy: idText(tag.addedBy),
    addedByName: tag.addedByName,
    addedAt: tag.addedAt,
  };
}

export function presentTaggedCustomer(customer: TaggedCustomer) {
  const tag = {
    id: idText(customer.contactTagId),
    notes: customer.tagNotes,
    addedBy: idText(customer.taggedBy),
    addedByName: customer.taggedByName,
    addedAt: customer.taggedAt,
  };
  return { ...presentCustomer(customer), tag };
}
