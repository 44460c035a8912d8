import { invalid } from "../domain-error.ts";
import type { Contact } from "./contact.ts";

type Named = Pick<Contact, "name" | "phone" | "email">;

// Control characters, joiners and fillers, which nobody sees.
const visible = /[^\s\p{Cc}\p{Cf}\u115f\u1160\u2800\u3164\uffa0]/u;

export function requireSomeName({ name, phone, email }: Named): void {
  if (name !== "" && !visible.test(name)) throw invalid("name", "name must have more than blanks");
  if (name || phone || email) return;
  throw invalid("name", "A contact needs a name, a phone number or an e-mail address.");
}
