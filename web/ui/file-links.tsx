import { CloseButton } from "@mantine/core";
import { IconPaperclip } from "@tabler/icons-react";
import type { Attachment } from "../../shared/v1/attachment.ts";
import { sizeWords } from "../lib/size-words.ts";
import classes from "./file-links.module.css";

type Props = { files: Attachment[]; onLeaveOut?: (id: number) => void };

/** The files that came or go with something, to be opened. */
export function FileLinks({ files, onLeaveOut }: Props) {
  if (files.length === 0) return null;
  return (
    <ul className={classes.files} aria-label="Attached files">
      {files.map(({ id, filename, size_bytes, url }) => (
        <li key={id} className={classes.file}>
          <IconPaperclip size={14} stroke={1.7} aria-hidden />
          <a href={url} target="_blank" rel="noopener" className={classes.name}>
            {filename}
          </a>
          <span className={classes.size}>{sizeWords(size_bytes)}</span>
          {onLeaveOut && <CloseButton size="xs" aria-label={`Leave out ${filename}`} onClick={() => onLeaveOut(id)} />}
        </li>
      ))}
    </ul>
  );
}
