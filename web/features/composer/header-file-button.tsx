import { ActionIcon, FileButton, Tooltip } from "@mantine/core";
import { IconPaperclip, IconX } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { wordsOf } from "../../lib/api/api-error.ts";
import { uploadMedia } from "../../lib/api/media.ts";
import { showProblem } from "../../ui/undo-toast.tsx";
import type { HeaderFile } from "./template-fields.ts";

type Props = {
  media: "image" | "video" | "document";
  file: HeaderFile | undefined;
  onChange: (file: HeaderFile | undefined) => void;
};

/** A file of one's own for the head of a template, in place of a public address; uploaded at once, as in the composer. */
export function HeaderFileButton({ media, file, onChange }: Props) {
  const upload = useMutation({
    mutationFn: uploadMedia,
    onSuccess: ({ id }, { name }) => onChange({ id, name }),
    onError: (error) => showProblem("The file was not taken", wordsOf(error)),
  });
  if (file) return <IconButton label={`Take ${file.name} away`} icon="remove" onClick={() => onChange(undefined)} />;
  return (
    // Made anew for each try, because a browser does not tell of the same file twice.
    <FileButton
      key={upload.submittedAt}
      accept={media === "document" ? "*/*" : `${media}/*`}
      onChange={(chosen) => chosen && upload.mutate(chosen)}
    >
      {({ onClick }) => (
        <IconButton label={`Choose the ${media}`} icon="attach" busy={upload.isPending} onClick={onClick} />
      )}
    </FileButton>
  );
}

type ButtonProps = { label: string; icon: "attach" | "remove"; busy?: boolean; onClick: () => void };

function IconButton({ label, icon, busy = false, onClick }: ButtonProps) {
  const Icon = icon === "attach" ? IconPaperclip : IconX;
  return (
    <Tooltip label={label}>
      <ActionIcon variant="subtle" color="gray" aria-label={label} loading={busy} onClick={onClick}>
        <Icon size={18} stroke={1.6} />
      </ActionIcon>
    </Tooltip>
  );
}
