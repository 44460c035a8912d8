import { invalid } from "../domain-error.ts";
import type { Contact } from "./contact.ts";

type Named = Pick<Contact, "name" | "phone" | "email">;

export function requireSomeName({ name, phone, email }: Named): void {
  if (name !== "" && name.trim() === "") throw invalid("name", "name must have more than blanks");
  if (name || phone || email) return;
  throw invalid("name", "A contact needs a name, a phone number or an e-mail address.");
}
