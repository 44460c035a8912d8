import { formatPhone } from "../../../shared/phone/format-phone.ts";

/** How a person is called in a title: by name, else by number. */
export function displayName({ name, phone }: { name: string; phone: string | null }): string {
  if (name !== "") return name;
  return phone === null ? "a new person" : formatPhone(phone);
}
