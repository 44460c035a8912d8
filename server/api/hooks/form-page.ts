import { createHash } from "node:crypto";
import type { FormTarget } from "../../../shared/form-targets.ts";
import type { FieldProblem } from "../../domain/domain-error.ts";
import { consentField, type FormField, honeypot } from "../../domain/forms/form-fields.ts";
import type { PublicForm } from "../../domain/forms/get-form.ts";

export type FilledIn = { sent: ReadonlyMap<string, string>; problems: FieldProblem[] };

const style = `
:root{color-scheme:light dark;--ink:#1b2430;--soft:#5b6776;--paper:#fff;--line:#c9d1da;--accent:#0b7a5c;--bad:#b3261e}
@media (prefers-color-scheme:dark){:root{--ink:#e8edf2;--soft:#a3afbd;--paper:#12181f;--line:#3a4652;--accent:#3fbf97;--bad:#ff8a80}}
*{box-sizing:border-box}
body{margin:0;font:16px/1.5 system-ui,sans-serif;color:var(--ink);background:var(--paper)}
main{max-width:34rem;margin:0 auto;padding:1.5rem 1rem}
h1{font-size:1.4rem;line-height:1.25;margin:0 0 1rem;text-wrap:balance}
label{display:block;margin:1rem 0 .25rem;font-weight:600}
input,textarea{width:100%;font:inherit;color:inherit;background:transparent;border:1px solid var(--line);border-radius:.4rem;padding:.6rem .7rem}
input:focus-visible,textarea:focus-visible,button:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
input[type=checkbox]{width:auto;margin:.3rem .6rem 0 0;flex:none}
.consent{display:flex;align-items:flex-start;font-weight:400}
.bad{color:var(--bad);margin:.25rem 0 0}
.optional{color:var(--soft);font-weight:400}
.apart{position:absolute;left:-100vw;height:1px;overflow:hidden}
button{margin-top:1.5rem;width:100%;font:inherit;font-weight:600;padding:.75rem;border:0;border-radius:.4rem;background:var(--accent);color:var(--paper);cursor:pointer}
`;

const styleHash = createHash("sha256").update(style).digest("base64");

/** Only our own style, no script at all; the form may be shown inside of a company's own page. */
export function pagePolicyOf({ redirectUrl }: Pick<PublicForm, "redirectUrl">): string {
  // Browsers judge the address after the redirect too.
  const then = redirectUrl === null ? "" : ` ${new URL(redirectUrl).origin}`;
  return `default-src 'none'; style-src 'sha256-${styleHash}'; form-action 'self'${then}; base-uri 'none'; frame-ancestors *`;
}

/** The form as a page; after a refusal with what was typed and what is wrong beside each field. */
export function formPage(form: PublicForm, filledIn?: FilledIn): string {
  const problems = new Map(filledIn?.problems.map(({ path, message }) => [path, message]));
  const fields = form.fields.map((field) =>
    fieldOf(field, filledIn?.sent.get(field.name) ?? "", problems.get(field.name)),
  );
  const named = new Set([...form.fields.map(({ name }) => name), consentField]);
  const others = [...problems].flatMap(([path, message]) => (named.has(path) ? [] : [problemOf(path, message)]));
  return page(
    form,
    form.name,
    `<form method="post">${fields.join("")}${others.join("")}
<div class="apart" aria-hidden="true"><label for="${honeypot}">Leave this empty</label>
<input id="${honeypot}" name="${honeypot}" tabindex="-1" autocomplete="off"></div>
${form.consentText === "" ? "" : consentOf(form, problems.get(consentField))}
<button>Send</button></form>`,
  );
}

export function thanksPage(form: PublicForm, message: string): string {
  return page(form, form.name, `<p role="status">${escapeHtml(message)}</p>`);
}

function page(form: PublicForm, title: string, content: string): string {
  return `<!doctype html><html lang="${escapeHtml(form.locale)}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">
<title>${escapeHtml(title)} · ${escapeHtml(form.companyName)}</title><style>${style}</style></head>
<body><main><h1>${escapeHtml(title)}</h1>${content}</main></body></html>`;
}

function fieldOf({ name, label, target, required }: FormField, typed: string, problem: string | undefined): string {
  const optional = required ? "" : ' <span class="optional">(optional)</span>';
  const attributes = [
    `id="${name}" name="${name}" maxlength="5000"`,
    required ? "required" : "",
    problem === undefined ? "" : `aria-invalid="true" aria-describedby="${name}-problem"`,
  ].join(" ");
  const control =
    target === "need" || target === "note"
      ? `<textarea rows="4" ${attributes}>${escapeHtml(typed)}</textarea>`
      : `<input ${kindOf[target] ?? 'type="text"'} ${attributes} value="${escapeHtml(typed)}">`;
  return `<label for="${name}">${escapeHtml(label)}${optional}</label>${control}${problem === undefined ? "" : problemOf(name, problem)}`;
}

const kindOf: Partial<Record<FormTarget, string>> = {
  name: 'type="text" autocomplete="name"',
  first_name: 'type="text" autocomplete="given-name"',
  last_name: 'type="text" autocomplete="family-name"',
  email: 'type="email" autocomplete="email"',
  phone: 'type="tel" autocomplete="tel"',
  company: 'type="text" autocomplete="organization"',
  position: 'type="text" autocomplete="organization-title"',
};

function consentOf({ consentText, consentRequired }: PublicForm, problem: string | undefined): string {
  const required = consentRequired ? "required" : "";
  return `<label class="consent"><input type="checkbox" name="${consentField}" ${required}><span>${escapeHtml(consentText)}</span></label>
${problem === undefined ? "" : problemOf(consentField, problem)}`;
}

function problemOf(name: string, message: string): string {
  return `<p class="bad" id="${escapeHtml(name)}-problem" role="alert">${escapeHtml(message)}</p>`;
}

function escapeHtml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}
