import { Anchor } from "@mantine/core";
import { IconAddressBook, IconFile, IconMapPin, IconMicrophone } from "@tabler/icons-react";
import type { ReactNode } from "react";
import type { SimulatedMessage } from "../../../shared/v1/simulator.ts";
import classes from "./phone-bubble.module.css";
import { useSimulator } from "./use-simulator.ts";

/** Header, files, text and footer, as WhatsApp lays them out. */
export function BubbleContent({ message }: { message: SimulatedMessage }) {
  const { header, text, footer, media, place, cards } = message;
  return (
    <>
      {header && <span className={classes.heading}>{header}</span>}
      {media && <Media message={message} media={media} />}
      {place && (
        <Line icon={<IconMapPin size={18} />}>
          {place.name || `${place.latitude.toFixed(4)}, ${place.longitude.toFixed(4)}`}
        </Line>
      )}
      {cards.map(({ name, phones }) => (
        <Line key={`${name} ${phones.join()}`} icon={<IconAddressBook size={18} />}>
          {[name, ...phones].join(", ")}
        </Line>
      ))}
      {text && <span className={classes.text}>{text}</span>}
      {footer && <span className={classes.footer}>{footer}</span>}
    </>
  );
}

type Media = NonNullable<SimulatedMessage["media"]>;

function Media({ message, media }: { message: SimulatedMessage; media: Media }) {
  const { act } = useSimulator();
  const { kind, url, stored, voice, filename } = media;
  if (!stored) {
    return (
      <Line icon={<IconFile size={18} />}>
        <Anchor href={url} target="_blank" rel="noreferrer noopener" fz="inherit">
          {filename ?? `${kind} from a link`}
        </Anchor>
      </Line>
    );
  }
  if (kind === "image" || kind === "sticker")
    return <img className={classes.picture} src={url} alt={message.text ?? "Picture"} />;
  if (kind === "audio") {
    const isHeard = message.author === "business" && message.status !== "played";
    return (
      <span className={classes.sound}>
        {voice && <IconMicrophone size={16} aria-hidden />}
        {/* biome-ignore lint/a11y/useMediaCaption: nobody wrote down what a customer said */}
        <audio
          controls
          preload="none"
          src={url}
          aria-label={voice ? "Voice note" : "Audio"}
          onPlay={() => isHeard && void act({ type: "action", action: "listen", message_id: message.id })}
        />
      </span>
    );
  }
  return (
    <Line icon={<IconFile size={18} />}>
      <Anchor href={url} target="_blank" rel="noreferrer noopener" fz="inherit">
        {filename ?? kind}
      </Anchor>
    </Line>
  );
}

function Line({ icon, children }: { icon: ReactNode; children: ReactNode }) {
  return (
    <span className={classes.line}>
      {icon}
      <span className={classes.text}>{children}</span>
    </span>
  );
}
