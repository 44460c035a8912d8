import { ActionIcon, Tooltip } from "@mantine/core";
import { IconPaperclip } from "@tabler/icons-react";
import { type ChangeEvent, useRef, useState } from "react";
import { wordsOf } from "../../lib/api/api-error.ts";
import { uploadMedia } from "../../lib/api/media.ts";
import { randomKey } from "../../lib/random-key.ts";
import { showProblem } from "../../ui/undo-toast.tsx";
import { useSend } from "./use-send.ts";

/** Sends a file: uploaded first, so that what is wrong with it is said before anything is sent. */
export function AttachButton({ conversationId }: { conversationId: number }) {
  const input = useRef<HTMLInputElement>(null);
  const [uploading, setUploading] = useState(false);
  const send = useSend(conversationId);
  const attach = async (event: ChangeEvent<HTMLInputElement>) => {
    const file = event.target.files?.[0];
    event.target.value = "";
    if (!file) return;
    setUploading(true);
    try {
      const media = await uploadMedia(file);
      send({ body: bodyOf(media, file), text: file.name, key: randomKey(), source: "file" });
    } catch (error) {
      showProblem("The file was not sent", wordsOf(error));
    } finally {
      setUploading(false);
    }
  };
  return (
    <>
      <input ref={input} type="file" hidden aria-hidden tabIndex={-1} onChange={(event) => void attach(event)} />
      <Tooltip label="Attach a file">
        <ActionIcon
          variant="subtle"
          color="gray"
          size={40}
          aria-label="Attach a file"
          loading={uploading}
          onClick={() => input.current?.click()}
        >
          <IconPaperclip size={20} stroke={1.6} />
        </ActionIcon>
      </Tooltip>
    </>
  );
}

/** WhatsApp shows pictures, videos and sound as such; everything else is a document. */
function bodyOf({ id, mime_type: mimeType }: { id: number; mime_type: string | null }, file: File): object {
  const kind = mimeType?.split("/", 1)[0] ?? "";
  const type = ["image", "video", "audio"].includes(kind) ? kind : "document";
  return { type, [type]: { media_id: id, ...(type === "document" ? { filename: file.name } : {}) } };
}
