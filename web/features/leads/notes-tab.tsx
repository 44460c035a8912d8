import { Alert, Button, CloseButton, Group, Skeleton, Stack, Text, Textarea, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import type { Lead } from "../../../shared/v1/lead.ts";
import type { Note, WrittenNote } from "../../../shared/v1/note.ts";
import { wordsOf } from "../../lib/api/api-error.ts";
import { deleteNote, notesQuery, restoreNote, writeNote } from "../../lib/api/notes.ts";
import { usersQuery } from "../../lib/api/users.ts";
import { dayAndClock } from "../../lib/format-time.ts";
import { randomKey } from "../../lib/random-key.ts";
import { useNow } from "../../lib/use-now.ts";
import { ErrorState } from "../../ui/error-state.tsx";
import { showProblem, showUndo } from "../../ui/undo-toast.tsx";
import classes from "./lead-page.module.css";

/** Notes on the lead's person; a member named with @ is told. */
export function NotesTab({ lead }: { lead: Lead }) {
  const { data, isError, error, refetch } = useQuery(notesQuery(lead.contact_id));
  return (
    <>
      <NoteForm lead={lead} />
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

function NoteForm({ lead }: { lead: Lead }) {
  const [title, setTitle] = useState("");
  const [body, setBody] = useState("");
  const [key, setKey] = useState(randomKey);
  const client = useQueryClient();
  const writing = useMutation({
    mutationFn: () => writeNote({ contact_id: lead.contact_id, lead_id: lead.id, title: title.trim(), body }, key),
    onSuccess: () => {
      setTitle("");
      setBody("");
      setKey(randomKey());
      void client.invalidateQueries({ queryKey: ["contacts", lead.contact_id] });
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
        {writing.isError && (
          <Alert color="red" variant="light" role="alert">
            {wordsOf(writing.error)}
          </Alert>
        )}
        {notTold.length > 0 && (
          <Alert color="yellow" variant="light" role="alert">
            {inWords(notTold)}
          </Alert>
        )}
        <Group justify="flex-end">
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
  const now = useNow(60_000);
  const users = useQuery(usersQuery).data?.data ?? [];
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
        <CloseButton size="sm" aria-label={`Delete the note ${note.title}`} onClick={() => deleting.mutate()} />
      </div>
      <p className={classes.itemText}>{note.body}</p>
      <span className={classes.itemMeta}>
        {author && `${author.name || author.email} · `}
        {dayAndClock(note.created_at, now)}
      </span>
    </li>
  );
}
