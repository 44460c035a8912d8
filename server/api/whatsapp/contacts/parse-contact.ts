import type { Static } from "typebox";
import { withoutUndefined } from "../../../../shared/without-undefined.ts";
import type { ContactPatch } from "../../../domain/contacts/contact-fields.ts";
import type { ContactBody } from "./contact-schemas.ts";

export function parseContact({ name, phone, email, notes }: Static<typeof ContactBody>): ContactPatch {
  return withoutUndefined({ name, phone, email, notes });
}
