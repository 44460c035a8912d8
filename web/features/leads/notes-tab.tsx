import { Alert, Button, CloseButton, Group, Skeleton, Stack, Text, Textarea, TextInput } from "@mantine/core";
import { IconNotes } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import type { Lead } from "../../../shared/v1/lead.ts";
import type { Note, WrittenNote } from "../../../shared/v1/note.ts";
import { wordsOf } from "../../lib/api/api-error.ts";
import { attachmentsQuery } from "../../lib/api/attachments.ts";
import { deleteNote, notesQuery, restoreNote, writeNote } from "../../lib/api/notes.ts";
import { usersQuery } from "../../lib/api/users.ts";
import { dayAndClock } from "../../lib/format-time.ts";
import { randomKey } from "../../lib/random-key.ts";
import { useMay } from "../../lib/use-may.ts";
import { useNow } from "../../lib/use-now.ts";
import { ErrorState } from "../../ui/error-state.tsx";
import { FileLinks } from "../../ui/file-links.tsx";
import { FormProblem } from "../../ui/form-problem.tsx";
import { showProblem, showUndo } from "../../ui/undo-toast.tsx";
import { AttachFile } from "./attach-file.tsx";
import classes from "./lead-page.module.css";

/** Notes on the lead's person; a member named with @ is told. */
export function NotesTab({ lead }: { lead: Lead }) {
  const { data, isError, error, refetch } = useQuery(notesQuery(lead.contact_id));
  const may = useMay();
  return (
    <>
      {may.write && <NewNote lead={lead} />}
      {!data && isError && <ErrorState what="The notes" error={error} onRetry={() => void refetch()} />}
      {!data && !isError && <Skeleton height={80} mt="md" />}
      {data?.data.length === 0 && (
        <Text fz="sm" c="dimmed" mt="md">
          No note yet.
        </Text>
      )}
      <ul className={classes.items}>
        {data?.data.map((note) => (
          <NoteItem key={note.id} note={note} contactId={lead.contact_id} />
        ))}
      </ul>
    </>
  );
}

function NewNote({ lead }: { lead: Lead }) {
  const [writing, setWriting] = useState(false);
  if (writing) return <NoteForm lead={lead} onDone={() => setWriting(false)} />;
  return (
    <Button size="xs" leftSection={<IconNotes size={16} />} onClick={() => setWriting(true)}>
      New Note
    </Button>
  );
}

function NoteForm({ lead, onDone }: { lead: Lead; onDone: () => void }) {
  const [title, setTitle] = useState("");
  const [body, setBody] = useState("");
  const [key, setKey] = useState(randomKey);
  const client = useQueryClient();
  const writing = useMutation({
    mutationFn: () => writeNote({ contact_id: lead.contact_id, lead_id: lead.id, title: title.trim(), body }, key),
    onSuccess: ({ mentions_not_told: notTold }) => {
      void client.invalidateQueries({ queryKey: ["contacts", lead.contact_id] });
      if (notTold.length === 0) return onDone();
      setTitle("");
      setBody("");
      setKey(randomKey());
    },
  });
  const notTold = writing.data?.mentions_not_told ?? [];
  const submit = (event: FormEvent) => {
    event.preventDefault();
    writing.mutate();
  };
  return (
    <form onSubmit={submit} aria-label="New note">
      <Stack gap="xs">
        <TextInput
          aria-label="Title of the note"
          placeholder="Title"
          autoFocus
          maxLength={500}
          value={title}
          onChange={(event) => setTitle(event.currentTarget.value)}
        />
        <Textarea
          aria-label="Note"
          placeholder="A note; @name tells a colleague"
          autosize
          minRows={2}
          maxRows={12}
          maxLength={100_000}
          value={body}
          onChange={(event) => setBody(event.currentTarget.value)}
        />
        <FormProblem error={writing.error} />
        {notTold.length > 0 && (
          <Alert color="yellow" variant="light" role="alert">
            {inWords(notTold)}
          </Alert>
        )}
        <Group justify="flex-end" gap="xs">
          <Button size="xs" variant="default" onClick={onDone}>
            {notTold.length > 0 ? "Close" : "Discard"}
          </Button>
          <Button size="xs" type="submit" loading={writing.isPending} disabled={body.trim() === ""}>
            Add note
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function inWords(notTold: WrittenNote["mentions_not_told"]): string {
  const names = notTold.map(({ name }) => name).join(", ");
  return `The note is saved. Not told of it: ${names}, whose role does not see this person.`;
}

function NoteItem({ note, contactId }: { note: Note; contactId: number }) {
  const may = useMay();
  const now = useNow(60_000);
  const users = useQuery(usersQuery).data?.data ?? [];
  const files = useQuery(attachmentsQuery(contactId)).data?.data ?? [];
  const client = useQueryClient();
  const settled = () => void client.invalidateQueries({ queryKey: ["contacts", contactId] });
  const restoring = useMutation({ mutationFn: () => restoreNote(note.id), onSettled: settled });
  const deleting = useMutation({
    mutationFn: () => deleteNote(note.id),
    onSuccess: () => showUndo("Note deleted.", () => restoring.mutate()),
    onError: (error) => showProblem("The note was not deleted", wordsOf(error)),
    onSettled: settled,
  });
  const author = users.find(({ id }) => id === note.user_id);
  return (
    <li className={classes.item}>
      <div className={classes.itemHead}>
        <span className={classes.itemTitle}>{note.title || "Note"}</span>
        {may.write && (
          <CloseButton size="sm" aria-label={`Delete the note ${note.title}`} onClick={() => deleting.mutate()} />
        )}
      </div>
      <p className={classes.itemText}>{note.body}</p>
      <FileLinks files={files.filter(({ note_id }) => note_id === note.id)} />
      <div className={classes.itemHead}>
        <span className={classes.itemMeta}>
          {author && `${author.name} · `}
          {dayAndClock(note.created_at, now)}
        </span>
        {may.write && <AttachFile subject={{ note_id: note.id }} onAttached={settled} />}
      </div>
    </li>
  );
}
