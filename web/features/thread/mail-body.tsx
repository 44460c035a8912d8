import { Button } from "@mantine/core";
import { useState } from "react";
import type { Message } from "../../../shared/v1/conversation.ts";
import { FileLinks } from "../../ui/file-links.tsx";
import { MailFrame } from "../../ui/mail-frame.tsx";
import classes from "./message-body.module.css";
import { subjectOf } from "./message-content.ts";

/** A mail's subject and words; as it was sent where its reader wants that. */
export function MailBody({ message }: { message: Message }) {
  const [asSent, setAsSent] = useState(false);
  const subject = subjectOf(message);
  return (
    <>
      {subject && <p className={classes.subject}>{subject}</p>}
      {asSent ? (
        <div className={classes.asSent}>
          <MailFrame messageId={message.id} title={subject ?? ""} />
        </div>
      ) : (
        <p className={classes.text}>{message.text}</p>
      )}
      <FileLinks files={message.attachments} />
      {message.id > 0 && (
        <Button className={classes.asSentSwitch} size="compact-xs" variant="subtle" onClick={() => setAsSent(!asSent)}>
          {asSent ? "Show the words" : "Show as it was sent"}
        </Button>
      )}
    </>
  );
}
