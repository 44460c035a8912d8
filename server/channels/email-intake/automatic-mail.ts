import type { AutomaticKind } from "../../domain/mail-intake/read-mail.ts";

/** Why nobody is to be answered: RFC 3834, and what servers did before and beside it. Null: a person wrote this to somebody. */
export function automaticKind(headers: Map<string, string[]>, subject: string): AutomaticKind | null {
  const header = (name: string) => headers.get(name)?.[0]?.trim().toLowerCase() ?? "";
  const submitted = header("auto-submitted");
  const precedence = header("precedence");
  if (
    submitted.startsWith("auto-replied") ||
    precedence === "auto_reply" ||
    replyHeaders.some((name) => headers.has(name))
  )
    return "auto_reply";
  if (absence.test(subject)) return "auto_reply";
  if (listHeaders.some((name) => headers.has(name))) return "list";
  if (/^(bulk|list|junk)$/.test(precedence) || headers.has("list-unsubscribe") || headers.has("feedback-id"))
    return "bulk";
  if (submitted !== "" && submitted !== "no") return "generated";
  if (/\b(all|oof|autoreply)\b/.test(header("x-auto-response-suppress"))) return "generated";
  return header("return-path") === "<>" || machine.test(header("from")) ? "generated" : null;
}

const replyHeaders = ["x-autoreply", "x-autorespond", "x-autoreply-from", "x-mail-autoreply", "x-auto-reply-from"];
const listHeaders = ["list-id", "list-post", "mailing-list", "x-mailing-list"];

// Of those that send no header: Exchange of old, and most that people set up in their own mail program.
const absence =
  /^\s*(?:(?:re|aw|sv|antw)\s*:\s*)?(?:auto(?:matic)?[ -]?(?:reply|response|answer)\b|autoreply\b|auto\s*:|out of (?:the )?office\b|(?:automatische|automatisk[at]?) (?:antwort|svar|antwoord)|abwesenheits|réponse automatique|respuesta automática|fuera de la oficina|resposta automática|ausência temporária|risposta automatica|fuori sede|автоматический ответ|автоответ|自動応答|自動返信|自动回复)/iu;

const machine = /(?:mailer-daemon|no-?reply|do-?not-?reply|postmaster)@/;
