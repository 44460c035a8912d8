import { Select } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";

export type Choice = { id: number; label: string };

type Props = {
  label: string;
  placeholder: string;
  chosen: Choice | null;
  /** Whether it may be left empty. */
  clearable: boolean;
  find: (words: string, signal: AbortSignal) => Promise<Choice[]>;
  onChoose: (choice: Choice | null) => void;
};

/** One of many, found by the server while one types. */
export function SearchedSelect({ label, placeholder, chosen, clearable, find, onChoose }: Props) {
  const [words, setWords] = useState(chosen?.label ?? "");
  // What is chosen stands in the field, too, and is nothing to look for.
  const [asked] = useDebouncedValue(words === chosen?.label ? "" : words.trim(), 250);
  const found = useQuery({
    queryKey: ["choices", label, asked],
    queryFn: ({ signal }) => find(asked, signal),
    placeholderData: keepPreviousData,
  });
  const choices = withChosen(found.data ?? [], chosen);
  return (
    <Select
      label={label}
      placeholder={placeholder}
      searchable
      clearable={clearable}
      allowDeselect={clearable}
      nothingFoundMessage={found.isFetching ? "Searching …" : "Nothing found"}
      data={choices.map((choice) => ({ value: String(choice.id), label: choice.label }))}
      filter={({ options }) => options}
      searchValue={words}
      onSearchChange={setWords}
      value={chosen === null ? null : String(chosen.id)}
      onChange={(value) => onChoose(choices.find(({ id }) => String(id) === value) ?? null)}
      comboboxProps={{ shadow: "md" }}
    />
  );
}

function withChosen(found: Choice[], chosen: Choice | null): Choice[] {
  return chosen === null || found.some(({ id }) => id === chosen.id) ? found : [chosen, ...found];
}
