import { Autocomplete, Button, CloseButton, Group, Stack, Text, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import type { ContactTag } from "../../../shared/v1/tag.ts";
import { wordsOf } from "../../lib/api/api-error.ts";
import { contactTagsQuery } from "../../lib/api/contacts.ts";
import { addTag, removeTag, tagsQuery } from "../../lib/api/customers.ts";
import { showAtOnce } from "../../lib/api/show-at-once.ts";
import { useMay } from "../../lib/use-may.ts";
import { Section } from "../../ui/section.tsx";
import { showProblem, showUndo } from "../../ui/undo-toast.tsx";
import classes from "./tags-section.module.css";

type NewTag = { name: string; notes?: string };

/** What characterises a person, with a word of why and who said so. */
export function TagsSection({ contactId }: { contactId: number }) {
  const may = useMay();
  const { data } = useQuery(contactTagsQuery(contactId));
  const client = useQueryClient();
  const { queryKey } = contactTagsQuery(contactId);
  const settled = { onSettled: () => void client.invalidateQueries({ queryKey: ["contacts", contactId] }) };
  const adding = useMutation({
    mutationFn: (tag: NewTag) => addTag(contactId, tag),
    onError: (error) => showProblem("The tag was not added", wordsOf(error)),
    ...settled,
  });
  const removing = useMutation({
    mutationFn: (tag: ContactTag) => removeTag(contactId, tag.tag_id),
    onMutate: (tag) =>
      showAtOnce(client, queryKey, (page) => ({ data: page.data.filter((each) => each.tag_id !== tag.tag_id) })),
    onSuccess: (_nothing, { name, notes }) =>
      showUndo(`Tag ${name} removed.`, () => adding.mutate(notes === null ? { name } : { name, notes })),
    onError: (error) => showProblem("The tag was not removed", wordsOf(error)),
    ...settled,
  });
  return (
    <Section title="Tags" count={data?.data.length}>
      <ul className={classes.tags}>
        {data?.data.map((tag) => (
          <li key={tag.tag_id} className={classes.tag}>
            <span className={classes.words}>
              <span className={classes.name}>{tag.name}</span>
              {tag.notes && <span className={classes.notes}>{tag.notes}</span>}
              {tag.added_by_name && <span className={classes.by}>by {tag.added_by_name}</span>}
            </span>
            {may.write && (
              <CloseButton size="sm" aria-label={`Remove the tag ${tag.name}`} onClick={() => removing.mutate(tag)} />
            )}
          </li>
        ))}
      </ul>
      {data?.data.length === 0 && (
        <Text fz="sm" c="dimmed" mb="xs">
          VIP, price-sensitive, prefers mornings: what helps the next person who speaks with them.
        </Text>
      )}
      {may.write && <TagForm isBusy={adding.isPending} onAdd={adding.mutate} />}
    </Section>
  );
}

function TagForm({ isBusy, onAdd }: { isBusy: boolean; onAdd: (tag: NewTag) => void }) {
  const known = useQuery(tagsQuery).data?.data ?? [];
  const [name, setName] = useState("");
  const [notes, setNotes] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() === "") return;
    onAdd({ name: name.trim(), ...(notes.trim() === "" ? {} : { notes: notes.trim() }) });
    setName("");
    setNotes("");
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="xs">
        <Autocomplete
          size="sm"
          aria-label="New tag"
          placeholder="Add a tag"
          maxLength={100}
          data={known.map((tag) => tag.name)}
          value={name}
          onChange={setName}
        />
        {name !== "" && (
          <Group gap="xs" wrap="nowrap">
            <TextInput
              size="sm"
              style={{ flex: 1 }}
              aria-label="Why"
              placeholder="Why (optional)"
              maxLength={2_000}
              value={notes}
              onChange={(event) => setNotes(event.currentTarget.value)}
            />
            <Button type="submit" size="sm" variant="light" loading={isBusy}>
              Add
            </Button>
          </Group>
        )}
      </Stack>
    </form>
  );
}
