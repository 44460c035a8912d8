import { ActionIcon } from "@mantine/core";
import { IconSend2, IconX } from "@tabler/icons-react";
import type { FormEvent } from "react";
import classes from "./phone-screen.module.css";
import { updateSimulator } from "./simulator-store.ts";
import { useSimulator } from "./use-simulator.ts";

/** Where the customer writes; a reply names what it answers above the field. */
export function PhoneComposer() {
  const { draft, quoted, send, act } = useSimulator();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const text = draft.trim();
    if (text === "") return;
    updateSimulator(() => ({ draft: "", quoted: undefined }));
    if (!quoted) return send({ type: "text", text });
    const { id: message_id, purpose } = quoted;
    if (purpose === "reply") return send({ type: "action", action: "reply", message_id, text });
    void act({ type: "action", action: "edit", message_id, text });
  };
  return (
    <>
      {quoted && (
        <div className={classes.quoted}>
          <span className={classes.excerpt}>
            {quoted.purpose === "reply" ? "Replying to" : "Editing"}: {quoted.excerpt}
          </span>
          <ActionIcon
            size={24}
            variant="subtle"
            color="gray"
            aria-label="Leave it as it is"
            onClick={() => updateSimulator(() => ({ quoted: undefined }))}
          >
            <IconX size={15} />
          </ActionIcon>
        </div>
      )}
      <form className={classes.composer} onSubmit={submit}>
        <textarea
          className={classes.input}
          rows={1}
          maxLength={4096}
          aria-label="Message as the customer"
          placeholder="Message"
          value={draft}
          onChange={(event) => updateSimulator(() => ({ draft: event.target.value }))}
          onKeyDown={(event) => {
            if (event.key === "Enter" && !event.shiftKey && !event.nativeEvent.isComposing) submit(event);
          }}
        />
        <ActionIcon
          type="submit"
          size={40}
          radius="xl"
          aria-label="Send as the customer"
          disabled={draft.trim() === ""}
        >
          <IconSend2 size={19} />
        </ActionIcon>
      </form>
    </>
  );
}
