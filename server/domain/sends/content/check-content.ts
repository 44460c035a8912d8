import { DomainError, type FieldProblem } from "../../domain-error.ts";
import { checkOutboundUrl } from "../../outbound-addresses/check-outbound-url.ts";
import type { OutgoingContent, OutgoingEmail, OutgoingMedia, TemplateComponent } from "../outgoing-content.ts";
import { interactiveProblems } from "./interactive-problems.ts";
import { lengthProblems, problem } from "./length-problems.ts";

/** Refuses what no vendor would take (protocols A.9), before anything is stored. Lengths are counted as people see them, in code points. */
export function checkContent(content: OutgoingContent): void {
  const problems = problemsOf(content);
  if (problems.length > 0) throw new DomainError({ kind: "invalid", problems });
}

function problemsOf(content: OutgoingContent): FieldProblem[] {
  switch (content.type) {
    case "text":
      return lengthProblems("text.body", content.text, { least: 1, most: 4_096 });
    case "email":
      return emailProblems(content);
    case "image":
    case "video":
    case "audio":
    case "document":
    case "sticker":
      return mediaProblems(content);
    case "location":
      return [
        ...within("location.latitude", content.latitude, 90),
        ...within("location.longitude", content.longitude, 180),
        ...lengthProblems("location.name", content.name, { most: 1_000 }),
        ...lengthProblems("location.address", content.address, { most: 1_000 }),
      ];
    case "contacts":
      if (content.contacts.length >= 1 && content.contacts.length <= 257) return [];
      return [problem("contacts", "1 to 257 contact cards can be sent at once")];
    case "interactive":
      return interactiveProblems(content.interactive);
    case "template":
      return templateProblems(content);
    case "reaction":
      return [
        ...lengthProblems("reaction.messageId", content.messageProviderId, { least: 1, most: 500 }),
        ...(isEmoji(content.emoji) ? [] : [problem("reaction.emoji", "reaction.emoji must be one emoji, or empty")]),
      ];
  }
}

function emailProblems({ subject, text, html, to, cc, bcc, attachmentIds }: OutgoingEmail): FieldProblem[] {
  const recipients = to.length + cc.length + bcc.length;
  return [
    ...lengthProblems("subject", subject, { most: 900 }),
    ...lengthProblems("body", text, { least: html === null ? 1 : 0, most: 500_000 }),
    ...lengthProblems("html", html ?? undefined, { most: 1_000_000 }),
    ...(to.length > 0 ? [] : [problem("to", "a mail needs somebody to go to")]),
    ...(recipients <= 100 ? [] : [problem("to", "a mail goes to at most 100 addresses")]),
    ...(attachmentIds.length <= 20 ? [] : [problem("attachmentIds", "a mail carries at most 20 files")]),
  ];
}

type Media = Extract<OutgoingContent, { media: OutgoingMedia }>;

function mediaProblems({ type, media, caption, filename, voice }: Media): FieldProblem[] {
  const captioned = type !== "audio" && type !== "sticker";
  return [
    ...(captioned ? [] : absent(`${type}.caption`, caption, `${type} has no caption`)),
    ...(type === "document" ? [] : absent(`${type}.filename`, filename, "only a document has a filename")),
    ...(type === "audio" ? [] : absent(`${type}.voice`, voice || undefined, "only audio can be a voice message")),
    ...lengthProblems(`${type}.caption`, caption, { most: 1_024 }),
    ...lengthProblems(`${type}.filename`, filename, { most: 240 }),
    ...linkProblems(`${type}.link`, media),
  ];
}

export function linkProblems(path: string, media: OutgoingMedia): FieldProblem[] {
  if (!("link" in media)) return [];
  if (media.link.length > 2_000) return [problem(path, `${path} must have at most 2000 characters`)];
  const checked = checkOutboundUrl(media.link, { allowPrivate: false, httpsOnly: false });
  return checked.ok ? [] : [problem(path, `${path} ${checked.why}`)];
}

function templateProblems({ name, language, components }: Extract<OutgoingContent, { type: "template" }>) {
  return [
    ...(/^[a-z0-9_]{1,512}$/.test(name)
      ? []
      : [problem("template.name", "template.name must be lower-case letters, digits and underscores")]),
    ...lengthProblems("template.language", language, { least: 2, most: 20 }),
    ...(components.length <= 20 ? [] : [problem("template.components", "a template has at most 20 components")]),
    ...components.flatMap(componentProblems),
  ];
}

function componentProblems(component: TemplateComponent): FieldProblem[] {
  if (component.type === "limited_time_offer") return [];
  if (component.type === "carousel")
    return component.cards.flatMap((card) => card.components.flatMap(componentProblems));
  return component.parameters.flatMap((parameter) =>
    parameter.type === "media" ? linkProblems(`template.${component.type}.link`, parameter.media) : [],
  );
}

function within(path: string, value: number, most: number): FieldProblem[] {
  return Math.abs(value) <= most ? [] : [problem(path, `${path} must lie between -${most} and ${most}`)];
}

function absent(path: string, value: unknown, message: string): FieldProblem[] {
  return value === undefined ? [] : [problem(path, message)];
}

// A family or a flag is one emoji of several code points.
function isEmoji(text: string): boolean {
  if (text === "") return true;
  if (text.length > 60 || /[\p{L}\p{White_Space}]/u.test(text)) return false;
  return [...new Intl.Segmenter("en", { granularity: "grapheme" }).segment(text)].length === 1 && /[^ -~]/.test(text);
}
