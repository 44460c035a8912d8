import { Anchor, CloseButton, FileButton, Loader, Skeleton, Text, UnstyledButton } from "@mantine/core";
import { IconFile, IconUpload } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { Attachment } from "../../../shared/v1/attachment.ts";
import { wordsOf } from "../../lib/api/api-error.ts";
import { attachmentsQuery, deleteAttachment, restoreAttachment, uploadAttachment } from "../../lib/api/attachments.ts";
import { dayAndClock } from "../../lib/format-time.ts";
import { sizeWords } from "../../lib/size-words.ts";
import { useMay } from "../../lib/use-may.ts";
import { useNow } from "../../lib/use-now.ts";
import { ErrorState } from "../../ui/error-state.tsx";
import { Section } from "../../ui/section.tsx";
import { showProblem, showUndo } from "../../ui/undo-toast.tsx";
import classes from "./files-section.module.css";

/** Files on the person, their deals, notes and mails. */
export function FilesSection({ contactId }: { contactId: number }) {
  const may = useMay();
  const { data, isError, error, refetch } = useQuery(attachmentsQuery(contactId));
  const client = useQueryClient();
  const settled = { onSettled: () => client.invalidateQueries({ queryKey: ["contacts", contactId] }) };
  const uploading = useMutation({
    mutationFn: (file: File) => uploadAttachment({ contact_id: contactId }, file),
    onError: (failure) => showProblem("The file was not stored", wordsOf(failure)),
    ...settled,
  });
  return (
    <Section
      title="Files"
      count={data?.data.length}
      aside={
        may.write && (
          <FileButton onChange={(file) => file && uploading.mutate(file)}>
            {(props) => (
              <UnstyledButton {...props} className={classes.upload} disabled={uploading.isPending}>
                {uploading.isPending ? <Loader size={14} /> : <IconUpload size={16} stroke={1.7} />}
                Add a file
              </UnstyledButton>
            )}
          </FileButton>
        )
      }
    >
      {!data && isError && <ErrorState what="The files" error={error} onRetry={() => void refetch()} />}
      {!data && !isError && <Skeleton height={40} />}
      {data?.data.length === 0 && (
        <Text fz="sm" c="dimmed">
          No file yet.
        </Text>
      )}
      <ul className={classes.files}>
        {data?.data.map((file) => (
          <FileLine key={file.id} file={file} contactId={contactId} />
        ))}
      </ul>
    </Section>
  );
}

function FileLine({ file, contactId }: { file: Attachment; contactId: number }) {
  const may = useMay();
  const now = useNow(60_000);
  const client = useQueryClient();
  const settled = { onSettled: () => client.invalidateQueries({ queryKey: ["contacts", contactId] }) };
  const restoring = useMutation({ mutationFn: () => restoreAttachment(file.id), ...settled });
  const deleting = useMutation({
    mutationFn: () => deleteAttachment(file.id),
    onSuccess: () => showUndo(`${file.filename} taken away.`, () => restoring.mutate()),
    onError: (error) => showProblem("The file was not taken away", wordsOf(error)),
    ...settled,
  });
  return (
    <li className={classes.file}>
      <IconFile size={18} stroke={1.5} aria-hidden />
      <span className={classes.words}>
        <Anchor href={file.url} target="_blank" rel="noopener" fz="sm" c="var(--accent-ink)">
          {file.filename}
        </Anchor>
        <span className={classes.meta}>
          {sizeWords(file.size_bytes)} · {dayAndClock(file.created_at, now)}
        </span>
      </span>
      {may.write && (
        <CloseButton size="sm" aria-label={`Take away ${file.filename}`} onClick={() => deleting.mutate()} />
      )}
    </li>
  );
}
