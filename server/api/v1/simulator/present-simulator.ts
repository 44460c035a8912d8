import type * as View from "../../../../shared/v1/simulator.ts";
import type { PhoneMessage } from "../../../domain/simulator/phone-messages.ts";
import type { ShownMedia } from "../../../domain/simulator/phone-view.ts";
import type { SimulatedPhone } from "../../../domain/simulator/simulated-phone.ts";
import type { SimulatorFailure } from "../../../domain/simulator/simulator-failures.ts";
import type { SimulatorSettings } from "../../../domain/simulator/simulator-settings.ts";

/** A phone nobody has written from or to yet is on, and empty. */
export function presentPhone(phone: SimulatedPhone | undefined, now: Date): View.SimulatedPhone {
  return {
    user_id: phone?.userId ?? null,
    wa_id: phone?.waId ?? null,
    name: phone?.name ?? null,
    switched_off: phone?.switchedOff ?? false,
    typing: phone?.typingUntil != null && Date.parse(phone.typingUntil) > now.getTime(),
  };
}

export function presentPhoneMessage(message: PhoneMessage): View.SimulatedMessage {
  const { view } = message;
  const isGone = message.revokedAt !== null;
  return {
    id: message.providerId,
    author: message.author,
    type: message.type,
    header: view.header ?? null,
    text: isGone ? null : (view.text ?? null),
    footer: view.footer ?? null,
    template: view.template ?? null,
    media: view.media && !isGone ? presentMedia(view.media) : null,
    buttons: (view.buttons ?? []).map(({ kind, title, value }) => ({ kind, title, value })),
    list_button: view.list?.button ?? null,
    list_sections: presentSections(message),
    place: presentPlace(message),
    cards: (view.cards ?? []).map(({ name, phones }) => ({ name, phones })),
    from_ad: view.referral !== undefined,
    reply_to: message.replyTo,
    reactions: message.reactions.map(({ author, emoji }) => ({ author, emoji })),
    status: message.status,
    error: message.error,
    sent_at: message.sentAt,
    read_at: message.readAt,
    edited_at: message.editedAt,
    revoked_at: message.revokedAt,
  };
}

export function presentFailure(failure: SimulatorFailure): View.SimulatorFailure {
  return {
    id: failure.id,
    kind: failure.kind,
    stage: failure.stage,
    remaining: failure.remaining,
    probability: failure.probability,
    delay_ms: failure.delayMs,
    created_at: failure.createdAt,
  };
}

export function presentSimulatorSettings(settings: SimulatorSettings): View.SimulatorSettings {
  return {
    sent_after_ms: settings.sentAfterMs,
    delivered_after_ms: settings.deliveredAfterMs,
    read_after_ms: settings.readAfterMs,
    review_after_ms: settings.reviewAfterMs,
    messages_per_second: settings.messagesPerSecond,
  };
}

function presentMedia({ kind, id, link, mimeType, filename, voice }: ShownMedia): View.SimulatedMessage["media"] {
  return {
    kind,
    url: id === undefined ? (link ?? "") : `/v1/simulator/media/${id}`,
    stored: id !== undefined,
    mime_type: mimeType ?? null,
    filename: filename ?? null,
    voice: voice ?? false,
  };
}

function presentSections({ view }: PhoneMessage): View.SimulatedMessage["list_sections"] {
  return (view.list?.sections ?? []).map(({ title, rows }) => ({
    title: title ?? null,
    rows: rows.map(({ id, title: word, description }) => ({ id, title: word, description: description ?? null })),
  }));
}

function presentPlace({ view }: PhoneMessage): View.SimulatedMessage["place"] {
  if (!view.place) return null;
  const { latitude, longitude, name, address } = view.place;
  return { latitude, longitude, name: name ?? null, address: address ?? null };
}
