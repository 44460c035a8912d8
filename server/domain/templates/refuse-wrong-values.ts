import type { Json } from "../../../shared/json.ts";
import { DomainError } from "../domain-error.ts";
import type { TemplateComponent } from "../sends/outgoing-content.ts";
import { checkTemplateParameters } from "./check-template-parameters.ts";
import { templateParts } from "./template-parts.ts";

/** Values that WhatsApp would refuse with 132000 or 132012 are refused before. A template whose wording we don't know is left to it. */
export function refuseWrongValues(components: Json, given: TemplateComponent[]): void {
  if (templateParts(components).body === undefined) return;
  const problems = checkTemplateParameters(components, given).map(({ path, message }) => ({
    path: `template.${path}`,
    message,
  }));
  if (problems.length > 0) throw new DomainError({ kind: "invalid", problems });
}
