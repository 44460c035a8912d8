import { sql } from "kysely";
import type { Json } from "../../../shared/json.ts";
import { prepared } from "../../db/prepared.ts";
import type { TxCtx } from "../context.ts";
import { storeTemplates, type VendorTemplate } from "../templates/store-templates.ts";
import { vendorId } from "./vendor-id.ts";

type Sample = { name: string; language: string; category: string; components: Json };

/** What a new account at Meta would not have, and a person who tries the product needs: a template of each kind. */
const samples: Sample[] = [
  {
    name: "hello_world",
    language: "en_US",
    category: "UTILITY",
    components: [
      { type: "HEADER", format: "TEXT", text: "Hello World" },
      { type: "BODY", text: "Welcome! This message shows that our number can write to you." },
      { type: "FOOTER", text: "Sent by the phone simulator" },
    ],
  },
  {
    name: "appointment_reminder",
    language: "en_US",
    category: "UTILITY",
    components: [
      { type: "HEADER", format: "TEXT", text: "Your appointment" },
      {
        type: "BODY",
        text: "Hello {{1}}, we are looking forward to seeing you on {{2}}. Does that still suit you?",
        example: { body_text: [["Nora", "Monday at 10:00"]] },
      },
      { type: "FOOTER", text: "Tap a button to answer" },
      {
        type: "BUTTONS",
        buttons: [
          { type: "QUICK_REPLY", text: "Yes, I will come" },
          { type: "QUICK_REPLY", text: "Another time" },
        ],
      },
    ],
  },
  {
    name: "spring_offer",
    language: "en_US",
    category: "MARKETING",
    components: [
      { type: "HEADER", format: "IMAGE", example: { header_handle: ["https://example.com/spring.png"] } },
      {
        type: "BODY",
        text: "Hello {{1}}, our spring prices hold until {{2}}. Shall we send you an offer?",
        example: { body_text: [["Nora", "30 April"]] },
      },
      { type: "FOOTER", text: "Not interested? Tap Stop promotions" },
      {
        type: "BUTTONS",
        buttons: [
          { type: "QUICK_REPLY", text: "Send me an offer" },
          { type: "QUICK_REPLY", text: "Stop promotions" },
          { type: "URL", text: "See the prices", url: "https://example.com/prices/{{1}}", example: ["spring"] },
        ],
      },
    ],
  },
  {
    name: "recordatorio_de_cita",
    language: "es",
    category: "UTILITY",
    components: [
      {
        type: "BODY",
        text: "Hola {{1}}, le esperamos el {{2}}. ¿Le sigue viniendo bien?",
        example: { body_text: [["Nora", "lunes a las 10:00"]] },
      },
      {
        type: "BUTTONS",
        buttons: [
          { type: "QUICK_REPLY", text: "Sí, allí estaré" },
          { type: "QUICK_REPLY", text: "Otro día" },
        ],
      },
    ],
  },
  {
    name: "time_for_a_visit",
    language: "en_US",
    category: "MARKETING",
    components: [
      {
        type: "BODY",
        text: "Hello {{1}}, it is about time for your next visit: {{2}}. These times are free: {{3}}. Would one of them suit you?",
        example: { body_text: [["Nora", "Check-up", "Monday at 10:00; Tuesday at 10:00"]] },
      },
      { type: "BUTTONS", buttons: [{ type: "QUICK_REPLY", text: "Choose a time" }] },
    ],
  },
  {
    name: "missed_appointment",
    language: "en_US",
    category: "UTILITY",
    components: [
      {
        type: "BODY",
        text: "Hello {{1}}, we missed you at {{2}}. These times are free: {{3}}. Shall we find another one for you?",
        example: { body_text: [["Nora", "Check-up", "Monday at 10:00; Tuesday at 10:00"]] },
      },
      { type: "BUTTONS", buttons: [{ type: "QUICK_REPLY", text: "Choose a time" }] },
    ],
  },
];

export async function insertSampleTemplates(tx: TxCtx): Promise<void> {
  const rows = samples.map(({ name, language, category, components }) => ({
    template_id: vendorId(),
    name,
    language,
    category,
    components,
  }));
  const made = await tx.tx.all(insertSamples({ companyId: tx.companyId, rows: JSON.stringify(rows) }));
  const [first] = made;
  // Nobody should have to wait for the next sync to write with them.
  if (first) await storeTemplates(tx, first.wabaId, made.map(asSynced));
}

function asSynced({ wabaId: _wabaId, ...template }: Made): VendorTemplate {
  return { ...template, status: "APPROVED", quality: "GREEN", parameterFormat: "POSITIONAL", reason: null };
}

type Made = Pick<VendorTemplate, "providerId" | "name" | "language" | "category" | "components"> & { wabaId: string };

const insertSamples = prepared<{ companyId: number; rows: string }>()(
  (_db, arg) => sql<Made>`
    insert into simulator_templates (company_id, waba_id, template_id, name, language, category, components, status)
    select a.company_id, coalesce(a.waba_id, a.external_id), r.template_id, r.name, r.language, r.category, r.components, 'APPROVED'
    from (select company_id, waba_id, external_id from channel_accounts
        where company_id = ${arg("companyId")}::bigint and provider = 'simulator' order by id limit 1) a,
      jsonb_to_recordset(${arg("rows")}::jsonb)
        as r (template_id text, name text, language text, category text, components jsonb)
    on conflict do nothing
    returning waba_id as "wabaId", template_id as "providerId", name, language, category, components`,
);
