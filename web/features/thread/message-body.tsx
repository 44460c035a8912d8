import { IconAddressBook, IconCircleOff, IconFile, IconMapPin, IconShoppingCart } from "@tabler/icons-react";
import type { ReactNode } from "react";
import type { Message } from "../../../shared/v1/conversation.ts";
import { MailBody } from "./mail-body.tsx";
import { mediaLooks } from "./media-looks.ts";
import classes from "./message-body.module.css";
import {
  cardsOf,
  mediaOf,
  type OrderContent,
  orderOf,
  type PlaceContent,
  placeOf,
  unshownWords,
} from "./message-content.ts";
import { StoredMedia } from "./stored-media.tsx";

/** What a bubble holds, whatever its type. */
export function MessageBody({ message }: { message: Message }) {
  if (message.revoked_at) return <Gone />;
  const media = mediaOf(message);
  if (message.media?.url) return <StoredMedia message={message} media={message.media} url={message.media.url} />;
  if (media) {
    const { icon: Icon, word } = mediaLooks[media.kind] ?? { icon: IconFile, word: "File" };
    return (
      <>
        <Attachment
          icon={<Icon size={22} stroke={1.5} />}
          title={media.filename ?? word}
          note={message.media?.error ?? (media.filename ? word : media.mimeType)}
        />
        {message.text && <p className={classes.text}>{message.text}</p>}
      </>
    );
  }
  const place = placeOf(message);
  if (place) return <Place place={place} />;
  const cards = cardsOf(message);
  if (cards.length > 0)
    return cards.map((card) => (
      <Attachment
        key={`${card.name} ${card.phones.join(" ")}`}
        icon={<IconAddressBook size={22} stroke={1.5} />}
        title={card.name}
        note={card.phones.join(", ")}
      />
    ));
  const order = orderOf(message);
  if (order && (order.lines.length > 0 || order.total)) return <Order order={order} text={message.text} />;
  if (message.type === "reaction") return <p className={classes.note}>Reacted {message.text || "and took it back"}</p>;
  if (message.type === "email") return <MailBody message={message} />;
  if (message.text) return <p className={classes.text}>{message.text}</p>;
  return <p className={classes.note}>{unshownWords(message)}</p>;
}

function Order({ order, text }: { order: OrderContent; text: string | null }) {
  return (
    <>
      {order.lines.map(({ name, words }, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines of a stored order never change places, and may repeat.
        <Attachment key={place} icon={<IconShoppingCart size={22} stroke={1.5} />} title={name} note={words} />
      ))}
      {order.total && <p className={classes.text}>Total {order.total}</p>}
      {text && <p className={classes.text}>{text}</p>}
    </>
  );
}

function Gone() {
  return (
    <p className={classes.note}>
      <IconCircleOff size={14} /> This message was deleted
    </p>
  );
}

function Place({ place }: { place: PlaceContent }) {
  const coordinates = `${place.latitude.toFixed(5)}, ${place.longitude.toFixed(5)}`;
  const href = `https://www.openstreetmap.org/?mlat=${place.latitude}&mlon=${place.longitude}#map=16/${place.latitude}/${place.longitude}`;
  return (
    <a href={href} target="_blank" rel="noreferrer noopener" className={classes.link}>
      <Attachment
        icon={<IconMapPin size={22} stroke={1.5} />}
        title={place.name ?? "Location"}
        note={place.address ?? coordinates}
      />
    </a>
  );
}

function Attachment({ icon, title, note }: { icon: ReactNode; title: string; note?: string | undefined }) {
  return (
    <span className={classes.attachment}>
      <span className={classes.icon}>{icon}</span>
      <span className={classes.words}>
        <span className={classes.title}>{title}</span>
        {note && <span className={classes.small}>{note}</span>}
      </span>
    </span>
  );
}
