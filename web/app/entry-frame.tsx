import { Paper, Title } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import type { ReactNode } from "react";
import { BrandMark } from "../ui/brand-mark.tsx";
import classes from "./entry-frame.module.css";

/** The page around everything that happens before the shell. */
export function EntryFrame({ title, children }: { title: string; children: ReactNode }) {
  useDocumentTitle(`${title} · Rapport`);
  return (
    <main className={classes.page}>
      <div className={classes.column}>
        <div className={classes.brand}>
          <BrandMark size={34} />
          <span>Rapport</span>
        </div>
        <Paper className={classes.paper} withBorder radius="lg">
          <Title order={1} fz="xl" mb="lg">
            {title}
          </Title>
          {children}
        </Paper>
      </div>
    </main>
  );
}
