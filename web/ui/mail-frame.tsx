import { Skeleton, Switch } from "@mantine/core";
import { useState } from "react";
import { apiPaths } from "../lib/paths.ts";
import classes from "./mail-frame.module.css";

type Props = { messageId: number; title: string };

/** A mail as its sender made it. Nothing in it runs or leaves its frame; its pictures come only when they are asked for. */
export function MailFrame({ messageId, title }: Props) {
  const [images, setImages] = useState<"blocked" | "shown">("blocked");
  const [loaded, setLoaded] = useState<string>();
  return (
    <div className={classes.mail}>
      <div className={classes.page}>
        {loaded === undefined && <Skeleton className={classes.waiting} radius={0} />}
        <iframe
          className={classes.frame}
          title={title || "The mail as it was sent"}
          sandbox="allow-popups allow-popups-to-escape-sandbox"
          src={apiPaths.emailHtml(messageId, { images })}
          onLoad={() => setLoaded(images)}
        />
      </div>
      <Switch
        size="sm"
        label="Show pictures"
        description="They are fetched from the sender’s server, which then knows that the mail was opened."
        checked={images === "shown"}
        onChange={(event) => setImages(event.currentTarget.checked ? "shown" : "blocked")}
      />
    </div>
  );
}
