import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { pages } from "../lib/paths.ts";
import { EntryFrame } from "./entry-frame.tsx";

export function MissingPage() {
  return (
    <EntryFrame title="There is no such page">
      <Button component={Link} to={pages.inbox} fullWidth>
        To the inbox
      </Button>
    </EntryFrame>
  );
}
