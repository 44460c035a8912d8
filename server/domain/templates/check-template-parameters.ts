import type { Json } from "../../../shared/json.ts";
import type { FieldProblem } from "../domain-error.ts";
import type { TemplateComponent, TemplateParameter } from "../sends/outgoing-content.ts";
import { placeholdersIn, type TemplateButton, type TemplateParts, templateParts } from "./template-parts.ts";

/** Whether the values fit the template: how many, how named, of which kind. Empty where they do. */
export function checkTemplateParameters(components: Json, given: TemplateComponent[]): FieldProblem[] {
  const parts = templateParts(components);
  return [...checkParts(parts, given, ""), ...checkCards(parts.cards, given)];
}

function checkParts(parts: TemplateParts, given: TemplateComponent[], place: string): FieldProblem[] {
  const values = (type: "header" | "body") =>
    given.flatMap((component) => (component.type === type ? component.parameters : []));
  return [
    ...checkHeader(parts.header, values("header"), place),
    ...checkTexts(parts.body?.text ?? "", values("body"), `${place}body`, isAuthentication(parts)),
    ...parts.buttons.flatMap((button, index) => checkButton(button, index, given, place)),
    ...given.flatMap((component) =>
      component.type === "button" && parts.buttons[component.index] === undefined
        ? [problem(`${place}buttons`, `the template has no button ${component.index}`)]
        : [],
    ),
  ];
}

/** The vendor writes that body itself, around the one code it is given. */
function isAuthentication({ body, buttons }: TemplateParts): boolean {
  return body !== undefined && buttons.some(({ kind }) => kind === "OTP");
}

function checkHeader(header: TemplateParts["header"], values: TemplateParameter[], place: string): FieldProblem[] {
  const path = `${place}header`;
  if (header === undefined)
    return values.length === 0 ? [] : [problem(path, "the template has no header to put values into")];
  const { format } = header;
  if (format === "TEXT") return checkTexts(header.text, values, path, false);
  const [value] = values;
  const wanted = format.toLowerCase();
  const fits = value?.type === "media" ? value.kind === wanted : value?.type === wanted;
  return values.length === 1 && fits ? [] : [problem(path, `the header needs one ${wanted}`)];
}

function checkTexts(text: string, values: TemplateParameter[], path: string, hasOwnText: boolean): FieldProblem[] {
  const names = placeholdersIn(text);
  const wanted = hasOwnText ? Math.max(names.length, values.length) : names.length;
  if (values.length !== wanted)
    return [problem(path, `the ${lastWord(path)} takes ${count(wanted)}, and ${values.length} came`)];
  const wrong = values.find((value) => !["text", "currency", "date_time"].includes(value.type));
  if (wrong) return [problem(path, `the ${lastWord(path)} takes text, not ${wrong.type}`)];
  if (values.some((value) => value.type === "text" && value.text.trim() === ""))
    return [problem(path, `a value of the ${lastWord(path)} is empty`)];
  const named = names.filter((name) => !/^\d+$/.test(name));
  const missing = named.filter((name) => !values.some((value) => "name" in value && value.name === name));
  return missing.length === 0 ? [] : [problem(path, `values are missing for ${missing.join(", ")}`)];
}

function checkButton(button: TemplateButton, index: number, given: TemplateComponent[], place: string): FieldProblem[] {
  const values = given.flatMap((component) =>
    component.type === "button" && component.index === index ? component.parameters : [],
  );
  const path = `${place}buttons.${index}`;
  const wanted = valueOfButton(button);
  if (wanted === undefined) {
    const mayTake = ["QUICK_REPLY", "FLOW", "CATALOG", "MPM", "SPM", "VOICE_CALL"].includes(button.kind);
    return values.length === 0 || mayTake ? [] : [problem(path, `button ${index} takes no value`)];
  }
  if (values.length === 1 && values[0]?.type === wanted) return [];
  return [problem(path, `button ${index} needs one value of the type ${wanted}`)];
}

function valueOfButton({ kind, url }: TemplateButton): TemplateParameter["type"] | undefined {
  if (kind === "COPY_CODE") return "coupon_code";
  if (kind === "OTP") return "text";
  return kind === "URL" && placeholdersIn(url ?? "").length > 0 ? "text" : undefined;
}

function checkCards(cards: TemplateParts[], given: TemplateComponent[]): FieldProblem[] {
  const sent = given.flatMap((component) => (component.type === "carousel" ? component.cards : []));
  if (sent.length !== cards.length)
    return [problem("carousel", `the template has ${cards.length} cards, and ${sent.length} came`)];
  return cards.flatMap((card, index) =>
    checkParts(card, sent.find((one) => one.index === index)?.components ?? [], `carousel.${index}.`),
  );
}

function count(values: number): string {
  if (values === 0) return "no values";
  return values === 1 ? "1 value" : `${values} values`;
}

function lastWord(path: string): string {
  return path.slice(path.lastIndexOf(".") + 1);
}

function problem(path: string, message: string): FieldProblem {
  return { path: `components.${path}`, message };
}
