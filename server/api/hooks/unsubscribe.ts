import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Db } from "../../db/connection.ts";
import { createCtx } from "../../domain/context.ts";
import { escapeHtml } from "../../domain/email/html-of-text.ts";
import { mailTokens } from "../../domain/email/tracking/mail-token.ts";
import { type Subscription, subscriptionOf, unsubscribe } from "../../domain/email/unsubscribe.ts";
import { refuseGuess } from "./refuse-guess.ts";
import { unsubscribeWords } from "./unsubscribe-words.ts";

type Params = { token: string };

/**
 * `/u/<token>`: the way out of marketing mails, without signing in. GET shows a page with a button and changes nothing, because scanners
 * follow links; POST is that button, and one click in a mail program (RFC 8058).
 */
export function unsubscribeHook({ db, encryptionKey, now }: { db: Db; encryptionKey: string; now?: () => Date }) {
  const tokens = mailTokens(encryptionKey, "unsubscribe");
  const clock = now === undefined ? {} : { now };
  return async (app: FastifyInstance): Promise<void> => {
    // Mail programs post a form of one field; what it says is always the same, so it is not read.
    app.removeAllContentTypeParsers();
    app.addContentTypeParser("*", { parseAs: "buffer", bodyLimit: 64 * 1024 }, (_request, _body, done) => done(null));
    const answer = async (
      request: FastifyRequest<{ Params: Params }>,
      reply: FastifyReply,
      act: typeof subscriptionOf,
    ): Promise<FastifyReply> => {
      const token = tokens.read(request.params.token);
      const ctx = token && createCtx({ db, companyId: token.companyId, actor: { kind: "system" }, ...clock });
      const standing = ctx && (await act(ctx, token.id));
      return standing
        ? sendPage(reply, standing)
        : refuseGuess(db, request, reply, { kind: "not_found", entity: "link" });
    };
    app.get<{ Params: Params }>("/u/:token", { logLevel: "silent" }, (request, reply) =>
      answer(request, reply, subscriptionOf),
    );
    app.post<{ Params: Params }>("/u/:token", { logLevel: "silent" }, (request, reply) =>
      answer(request, reply, unsubscribe),
    );
  };
}

function sendPage(reply: FastifyReply, standing: Subscription): FastifyReply {
  return reply
    .type("text/html; charset=utf-8")
    .header("cache-control", "no-store, private")
    .header("x-robots-tag", "noindex")
    .header("referrer-policy", "no-referrer")
    .header(
      "content-security-policy",
      "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'",
    )
    .send(page(standing));
}

function page({ companyName, locale, isOut }: Subscription): string {
  const words = unsubscribeWords(locale);
  const named = (text: string) => text.replace("{name}", () => escapeHtml(companyName));
  const body = isOut
    ? `<h1>${words.doneTitle}</h1><p>${named(words.done)}</p>`
    : `<h1>${words.title}</h1><p>${named(words.ask)}</p>
<form method="post"><input type="hidden" name="List-Unsubscribe" value="One-Click"><button>${words.button}</button></form>`;
  return `<!doctype html>
<html lang="${words.language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${isOut ? words.doneTitle : words.title}</title>
<style>body{font:1rem/1.5 system-ui,sans-serif;max-width:32rem;margin:12vh auto;padding:0 1.5rem}button{font:inherit;padding:.6rem 1.2rem}</style>
</head><body>${body}</body></html>`;
}
