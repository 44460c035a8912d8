import { type RawBuilder, sql } from "kysely";

// Brazil, Mexico and Argentina write one number in two ways (shared/phone/phone-variants.ts).
const isNumberOfRecord = sql`(i.value = ltrim(c.phone, '+')
  or left(i.value, 2) in ('55', '52', '54') and left(i.value, 2) = substr(c.phone, 2, 2) and right(i.value, 8) = right(c.phone, 8))`;

/**
 * Over a person's names `i`, their record `c` and the conversation `v`: the number they are written to, with its plus. The one on their
 * record, as WhatsApp spells it; else the one they last wrote from, for the record may name their landline. Whom we only wrote to may
 * have had a wrong number, which WhatsApp confirmed.
 */
export const whatsappAddress: RawBuilder<string | null> = sql`'+' || (array_agg(i.value order by case
    when i.kind = 'wa_id' and ${isNumberOfRecord} then 1
    when i.kind = 'wa_id' and v.last_inbound_at is not null then 2
    when i.kind = 'phone' and ${isNumberOfRecord} then 3
    when i.kind = 'wa_id' then 4 else 5 end, i.created_at desc, i.value desc)
  filter (where i.kind in ('wa_id', 'phone')))[1]`;
