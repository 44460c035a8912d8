import { Skeleton, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { SendOptions } from "../../../shared/v1/sending.ts";
import { conversationQuery, isMail } from "../../lib/api/conversations.ts";
import { sendOptionsQuery } from "../../lib/api/sending.ts";
import { useMay } from "../../lib/use-may.ts";
import { useToastRoom } from "../../ui/use-toast-room.ts";
import classes from "./composer.module.css";
import { RefusedNotice } from "./refused-notice.tsx";
import { TemplatePicker } from "./template-picker.tsx";
import { TextField } from "./text-field.tsx";

type Props = { conversationId: number };

/** Where one answers: free text while WhatsApp takes it, a template otherwise, and always why and at what price. */
export function Composer({ conversationId }: Props) {
  const may = useMay();
  if (may.write) return <Answer conversationId={conversationId} />;
  return (
    <Text className={classes.composer} fz="sm" c="dimmed">
      Your role reads conversations and does not answer them.
    </Text>
  );
}

function Answer({ conversationId }: Props) {
  const { data: options, isError } = useQuery(sendOptionsQuery(conversationId));
  const conversation = useQuery(conversationQuery(conversationId)).data;
  const [pickerShown, setPickerShown] = useState(false);
  const toastRoom = useToastRoom();
  const openTemplates = conversation && isMail(conversation) ? undefined : () => setPickerShown(true);
  return (
    <section ref={toastRoom} className={classes.composer} aria-label="Answer">
      {options ? (
        <Field options={options} onTemplates={openTemplates} />
      ) : (
        <Waiting conversationId={conversationId} failed={isError} onTemplates={openTemplates} />
      )}
      {options && (
        <TemplatePicker
          key={conversationId}
          options={options}
          opened={pickerShown}
          onClose={() => setPickerShown(false)}
        />
      )}
    </section>
  );
}

/** Where there are no templates, in a mailbox's conversation, there are no files of WhatsApp's kinds either. */
type OnTemplates = (() => void) | undefined;

function Field({ options, onTemplates }: { options: SendOptions; onTemplates: OnTemplates }) {
  const { free_text: decision, conversation_id: conversationId } = options;
  if (decision.outcome === "refused")
    return <RefusedNotice decision={decision} templates={options.templates.length} onTemplates={onTemplates} />;
  return <TextField conversationId={conversationId} decision={decision} onTemplates={onTemplates} />;
}

/** Before the policy has spoken one may write already; it is asked again when the message is sent. */
function Waiting({
  conversationId,
  failed,
  onTemplates,
}: {
  conversationId: number;
  failed: boolean;
  onTemplates: OnTemplates;
}) {
  if (!failed) return <Skeleton height={40} radius="md" role="status" aria-label="Loading what may be sent" />;
  return <TextField conversationId={conversationId} decision={undefined} onTemplates={onTemplates} />;
}
