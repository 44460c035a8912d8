import type { ListedCustomer } from "../../../domain/customers/listed-customer.ts";
import { idText } from "../read-ids.ts";
import { presentNames, presentStatistics } from "./present-record.ts";

export function presentCustomer(customer: ListedCustomer) {
  return {
    id: idText(customer.contactId),
    customerId: idText(customer.contactId),
    customer: presentNames(customer),
    customerStatus: customer.customerStatus,
    ...presentStatistics(customer),
    lastContactDate: customer.lastContactedAt,
    assignedSalesId: idText(customer.ownerUserId),
  };
}
