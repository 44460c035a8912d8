import { sql } from "kysely";
import { withoutUndefined } from "../../../shared/without-undefined.ts";
import { prepared } from "../../db/prepared.ts";
import type { Ctx } from "../context.ts";
import { DomainError, type FieldProblem, invalid } from "../domain-error.ts";
import { changedFields } from "../events/changed-fields.ts";
import { recordEvent } from "../events/record-event.ts";
import { requireVersion } from "../require-version.ts";
import { type BotSettings, getBotSettings } from "./bot-settings.ts";

/** Only what is given changes. `modelKeySealed` null forgets the key. */
export type BotSettingsPatch = Partial<Omit<BotSettings, "version" | "updatedAt">>;

export async function updateBotSettings(
  ctx: Ctx,
  patch: BotSettingsPatch,
  options: { ifVersion?: number; faultOfUrl?: (url: string) => string | undefined } = {},
): Promise<BotSettings> {
  return ctx.transact(async (tx) => {
    await tx.tx.run(ensureRow({ companyId: tx.companyId }));
    await tx.tx.first(lockRow({ companyId: tx.companyId }));
    const before = await getBotSettings(tx);
    requireVersion("bot settings", before.version, options.ifVersion);
    const after = { ...before, ...withoutUndefined({ ...patch }) };
    check(after);
    if (patch.modelUrl) requireCallable(patch.modelUrl, options.faultOfUrl);
    const change = changedFields(shown(before), shown(after));
    if (!change) return before;
    await tx.tx.run(writeRow({ ...after, companyId: tx.companyId, now: tx.now().toISOString() }));
    await recordEvent(tx, { type: "bot.settings_updated", subject: { kind: "company", id: tx.companyId }, ...change });
    return getBotSettings(tx);
  });
}

function check({ modelUrl, modelName, modelMonthlyCap }: BotSettings): void {
  if (modelUrl === null) return;
  const problems: FieldProblem[] = [];
  if (!/^https?:$/.test(URL.parse(modelUrl)?.protocol ?? "")) {
    problems.push({ path: "model.url", message: "model url must be an http:// or https:// address" });
  }
  if (!modelName) problems.push({ path: "model.name", message: "a model endpoint needs the model's name" });
  if (Number(modelMonthlyCap) <= 0) {
    problems.push({ path: "model.monthlyCap", message: "a model endpoint needs a monthly cap above 0" });
  }
  if (problems.length > 0) throw new DomainError({ kind: "invalid", problems });
}

/** Said when it is saved, because at a call nobody would be told. */
function requireCallable(url: string, faultOfUrl: (url: string) => string | undefined = () => undefined): void {
  const fault = faultOfUrl(url);
  if (fault !== undefined) throw invalid("model.url", `the model's address ${fault}`);
}

/** The key never enters the journal, only whether there is one. */
function shown({ modelKeySealed, version: _version, updatedAt: _updatedAt, ...rest }: BotSettings) {
  return { ...rest, modelKey: modelKeySealed === null ? null : `set ${modelKeySealed.slice(-6)}` };
}

const ensureRow = prepared<{ companyId: number }>()(
  (_db, arg) => sql<never>`
    insert into bot_settings (company_id) values (${arg("companyId")}::bigint) on conflict (company_id) do nothing`,
);

const lockRow = prepared<{ companyId: number }>()(
  (_db, arg) => sql<{ version: number }>`
    select version from bot_settings where company_id = ${arg("companyId")}::bigint for update`,
);

const writeRow = prepared<BotSettings & { companyId: number; now: string }>()(
  (_db, arg) => sql<never>`
    update bot_settings set enabled = ${arg("enabled")}::boolean, business_name = ${arg("businessName")}::text,
      about = ${arg("about")}::text, greeting = ${arg("greeting")}::text, prices = ${arg("prices")}::text,
      demos = ${arg("demos")}::boolean, reply_delay_ms = ${arg("replyDelayMs")}::int,
      quiet_after_person_minutes = ${arg("quietAfterPersonMinutes")}::int,
      max_replies_per_day = ${arg("maxRepliesPerDay")}::int, model_url = ${arg("modelUrl")}::text,
      model_name = ${arg("modelName")}::text, model_key_sealed = ${arg("modelKeySealed")}::text,
      model_timeout_ms = ${arg("modelTimeoutMs")}::int, model_input_price = ${arg("modelInputPrice")}::numeric,
      model_output_price = ${arg("modelOutputPrice")}::numeric, model_monthly_cap = ${arg("modelMonthlyCap")}::numeric,
      model_currency = ${arg("modelCurrency")}::text, version = version + 1, updated_at = ${arg("now")}::timestamptz
    where company_id = ${arg("companyId")}::bigint`,
);
