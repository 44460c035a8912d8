import { Modal } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import type { ReactNode } from "react";

/** What stands in an editor: one that there is, a new one, or nothing. */
export type Edited<Item> = Item | "new" | undefined;

type Props<Item> = {
  edited: Edited<Item>;
  titles: { new: string; edit: string };
  /** The largest fills a narrow screen. */
  size: "md" | "lg" | "xl";
  /** The fields of an item; of a new one where there is none. */
  children: (item: Item | undefined) => ReactNode;
  onClose: () => void;
};

/** A dialog that makes something or edits it. A click beside it loses nothing of what was typed. */
export function EditDialog<Item extends object>({ edited, titles, size, children, onClose }: Props<Item>) {
  const narrow = useMediaQuery("(max-width: 767px)") ?? false;
  return (
    <Modal
      opened={edited !== undefined}
      onClose={onClose}
      title={edited === "new" ? titles.new : titles.edit}
      size={size}
      fullScreen={size === "xl" && narrow}
      closeOnClickOutside={false}
    >
      {edited && children(edited === "new" ? undefined : edited)}
    </Modal>
  );
}
