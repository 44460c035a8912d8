import type { FastifyInstance } from "fastify";
import { Settings, SettingsPatch } from "../../../../shared/v1/settings.ts";
import { withoutUndefined } from "../../../../shared/without-undefined.ts";
import { type CompanySettings, getSettings } from "../../../domain/accounts/company-settings.ts";
import { type SettingsPatch as DomainPatch, updateSettings } from "../../../domain/accounts/update-settings.ts";
import { ctxOf } from "../../http/request-state.ts";
import { forManagers } from "../authorise.ts";
import { ifMatch, tagged } from "../entity-tag.ts";

const tags = ["settings"];

export function settingsRoutes(app: FastifyInstance): void {
  app.get(
    "/v1/settings",
    { schema: { summary: "The company's settings", tags, response: { 200: Settings } } },
    async (request, reply) => tagged(reply, presentSettings(await getSettings(ctxOf(request)))),
  );
  app.patch<{ Body: SettingsPatch }>(
    "/v1/settings",
    {
      config: forManagers,
      schema: { summary: "Change settings", tags, body: SettingsPatch, response: { 200: Settings } },
    },
    async (request, reply) => {
      const settings = await updateSettings(ctxOf(request), parseSettingsPatch(request.body), ifMatch(request));
      return tagged(reply, presentSettings(settings));
    },
  );
}

function presentSettings(settings: CompanySettings): Settings {
  const { company } = settings;
  return {
    company: { id: company.id, slug: company.slug, name: company.name },
    time_zone: settings.timeZone,
    currency: settings.currency,
    locale: settings.locale,
    default_country: settings.defaultCountry,
    intake: {
      profile: settings.intakeProfile,
      score: settings.intakeScore,
      task: settings.intakeTask,
      notify: settings.intakeNotify,
      deal: settings.intakeDeal,
    },
    api_requests_per_minute: settings.apiRequestsPerMinute,
    hourly_limit_factor: settings.hourlyLimitFactor,
    version: settings.version,
    updated_at: settings.updatedAt,
  };
}

function parseSettingsPatch(body: SettingsPatch): DomainPatch {
  return withoutUndefined({
    timeZone: body.time_zone,
    currency: body.currency,
    locale: body.locale,
    defaultCountry: body.default_country,
    intakeProfile: body.intake?.profile,
    intakeScore: body.intake?.score,
    intakeTask: body.intake?.task,
    intakeNotify: body.intake?.notify,
    intakeDeal: body.intake?.deal,
    apiRequestsPerMinute: body.api_requests_per_minute,
    hourlyLimitFactor: body.hourly_limit_factor,
  });
}
