import { IconExternalLink, IconSpeakerphone } from "@tabler/icons-react";
import classes from "./ad-card.module.css";
import type { Ad } from "./ad-content.ts";

/** What the customer saw before they wrote. Its picture stays with the ad: nothing is loaded from outside. */
export function AdCard({ ad: { word, headline, text, source } }: { ad: Ad }) {
  return (
    <figure className={classes.ad} aria-label={word}>
      <span className={classes.word}>
        <IconSpeakerphone size={14} aria-hidden /> {word}
      </span>
      {headline !== undefined && <strong className={classes.headline}>{headline}</strong>}
      {text !== undefined && <span className={classes.text}>{text}</span>}
      {source && (
        <a href={source.href} title={source.href} target="_blank" rel="noreferrer noopener" className={classes.source}>
          {source.host} <IconExternalLink size={13} aria-hidden />
        </a>
      )}
    </figure>
  );
}
