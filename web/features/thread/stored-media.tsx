import { IconDownload, IconFile } from "@tabler/icons-react";
import type { Message } from "../../../shared/v1/conversation.ts";
import type { Media } from "../../../shared/v1/media.ts";
import body from "./message-body.module.css";
import classes from "./stored-media.module.css";

type Props = { message: Message; media: Media; url: string };

/** A file that we have: seen or heard in the thread, anything else to be downloaded. */
export function StoredMedia({ message, media, url }: Props) {
  return (
    <>
      <Shown media={media} url={url} alt={message.text ?? media.filename ?? "Picture"} />
      {message.text && message.text !== media.filename && <p className={body.text}>{message.text}</p>}
    </>
  );
}

function Shown({ media, url, alt }: { media: Media; url: string; alt: string }) {
  switch (media.mime_type?.split("/", 1)[0]) {
    case "image":
      return (
        <a href={url} target="_blank" rel="noreferrer noopener" className={classes.frame}>
          <img className={classes.picture} src={url} alt={alt} loading="lazy" />
        </a>
      );
    case "video":
      // biome-ignore lint/a11y/useMediaCaption: a customer's film has none
      return <video className={classes.picture} src={url} controls preload="metadata" />;
    case "audio":
      // biome-ignore lint/a11y/useMediaCaption: a customer's voice has none
      return <audio className={classes.sound} src={url} controls preload="metadata" />;
    default:
      return <Download media={media} url={url} />;
  }
}

function Download({ media, url }: { media: Media; url: string }) {
  return (
    <a href={url} download={media.filename ?? ""} className={body.link}>
      <span className={body.attachment}>
        <span className={body.icon}>
          <IconFile size={22} stroke={1.5} />
        </span>
        <span className={body.words}>
          <span className={body.title}>{media.filename ?? "Document"}</span>
          <span className={body.small}>{sizeWords(media.size_bytes)}</span>
        </span>
        <IconDownload size={17} stroke={1.6} aria-hidden />
      </span>
    </a>
  );
}

function sizeWords(bytes: number | null): string {
  if (bytes === null) return "";
  if (bytes < 1_000_000) return `${Math.max(1, Math.round(bytes / 1_000))} kB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}
