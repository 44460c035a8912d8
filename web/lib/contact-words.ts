/** The name shown for a person; one without gets the number, one without a number says so. */
export function contactName(contact: { name: string; phone: string | null }): string {
  return contact.name || contact.phone || "Unnamed person";
}

export function phoneWords(phone: string | null): string {
  return phone ?? "No phone number, reached by WhatsApp user id";
}
