import { Button, FileButton } from "@mantine/core";
import { IconPaperclip } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import type { Attachment } from "../../../shared/v1/attachment.ts";
import { wordsOf } from "../../lib/api/api-error.ts";
import { type FileSubject, uploadAttachment } from "../../lib/api/attachments.ts";
import { showProblem } from "../../ui/undo-toast.tsx";

type Props = {
  subject: FileSubject;
  onAttached: (file: Attachment) => void;
  /** Whether a file is on its way: what takes files along does not leave without it. */
  onPending?: (pending: boolean) => void;
};

/** Puts a file on a person, from where a mail takes it along, or on a note. */
export function AttachFile({ subject, onAttached, onPending }: Props) {
  const uploading = useMutation({
    mutationFn: (file: File) => uploadAttachment(subject, file),
    onMutate: () => onPending?.(true),
    onSuccess: onAttached,
    onError: (failure) => showProblem("The file was not stored", wordsOf(failure)),
    onSettled: () => onPending?.(false),
  });
  return (
    <FileButton onChange={(file) => file && uploading.mutate(file)}>
      {(props) => (
        <Button
          {...props}
          size="compact-xs"
          variant="subtle"
          leftSection={<IconPaperclip size={14} />}
          loading={uploading.isPending}
        >
          Attach a file
        </Button>
      )}
    </FileButton>
  );
}
