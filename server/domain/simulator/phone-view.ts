import type { Json } from "../../../shared/json.ts";

/** A file as a phone shows it: one the simulator keeps, or one that WhatsApp fetches from an address. */
export type ShownMedia = {
  kind: string;
  id?: string;
  link?: string;
  mimeType?: string;
  filename?: string;
  voice?: boolean;
};

export type ShownButton = {
  /** What a tap does: sends an answer, opens an address, dials, copies a code; `other` does nothing here. */
  kind: "reply" | "url" | "phone" | "copy_code" | "other";
  title: string;
  /** What comes back with an answer, or is opened, dialled or copied. */
  value: string;
  /** Template buttons answer as `button`, those of a message as `interactive`. */
  answersAs: "button" | "interactive";
};

export type ShownRow = { id: string; title: string; description?: string };

export type ShownList = { button: string; sections: { title?: string; rows: ShownRow[] }[] };

/** What one message looks like on the customer's phone, whatever its type. */
export type PhoneView = {
  header?: string;
  text?: string;
  footer?: string;
  media?: ShownMedia;
  buttons?: ShownButton[];
  list?: ShownList;
  place?: { latitude: number; longitude: number; name?: string; address?: string };
  cards?: { name: string; phones: string[] }[];
  template?: string;
  referral?: Json;
};
