import { textOf } from "../../../shared/json.ts";
import type { FieldProblem } from "../domain-error.ts";
import { placeholdersIn, type TemplateButton } from "./template-parts.ts";

/** How many of a kind a template may have; what is not listed is no button. */
const most: Record<string, number> = {
  QUICK_REPLY: 10,
  URL: 2,
  PHONE_NUMBER: 1,
  COPY_CODE: 1,
  OTP: 1,
  FLOW: 1,
  CATALOG: 1,
  MPM: 1,
  SPM: 1,
  VOICE_CALL: 1,
  REQUEST_CONTACT_INFO: 1,
};

export function checkTemplateButtons(buttons: TemplateButton[], place: string): FieldProblem[] {
  const at = (index: number, message: string) => ({ path: `components.${place}.${index}`, message });
  const problems = buttons.flatMap((button, index) => buttonProblems(button).map((message) => at(index, message)));
  const tooMany = Object.entries(most).filter(
    ([kind, limit]) => buttons.filter((button) => button.kind === kind).length > limit,
  );
  return [
    ...problems,
    ...(buttons.length > 10 ? [at(10, "there are ten buttons at most")] : []),
    ...tooMany.map(([kind, limit]) => ({
      path: `components.${place}`,
      message: `of ${kind} there are ${limit} at most`,
    })),
    ...(isMixed(buttons) ? [{ path: `components.${place}`, message: "quick replies stand together" }] : []),
  ];
}

function buttonProblems({ kind, text, url, fields }: TemplateButton): string[] {
  if (most[kind] === undefined) return [`a button's type is one of ${Object.keys(most).join(", ")}`];
  const { length } = Array.from(text);
  const needsText = !["COPY_CODE", "OTP", "REQUEST_CONTACT_INFO"].includes(kind);
  return [
    ...((needsText && length === 0) || length > 25 ? ["a button's text is 1 to 25 characters long"] : []),
    ...(kind === "URL" ? urlProblems(url ?? "", fields.example !== undefined) : []),
    ...(kind === "PHONE_NUMBER" && !/^\+?\d{5,20}$/.test(textOf(fields.phone_number) ?? "")
      ? ["phone_number is a number with its country code"]
      : []),
    ...(kind === "COPY_CODE" && fields.example === undefined ? ["the code needs an example"] : []),
    ...(kind === "OTP" && typeof fields.otp_type !== "string" ? ["otp_type is COPY_CODE, ONE_TAP or ZERO_TAP"] : []),
  ];
}

function urlProblems(url: string, hasExample: boolean): string[] {
  const values = placeholdersIn(url).length;
  return [
    ...(/^https?:\/\/\S+$/.test(url) && url.length <= 2000
      ? []
      : ["url is an http(s) address, 2000 characters at most"]),
    ...(values > 1 || (values === 1 && !/\}\}$/.test(url)) ? ["the address takes one value, at its end"] : []),
    ...(values === 1 && !hasExample ? ["the address's value needs an example"] : []),
  ];
}

/** Quick replies before or after the others, not among them. */
function isMixed(buttons: TemplateButton[]): boolean {
  const changes = buttons.filter(
    (button, index) => index > 0 && (button.kind === "QUICK_REPLY") !== (buttons[index - 1]?.kind === "QUICK_REPLY"),
  );
  return changes.length > 1;
}
