export type Tag = { id: number; name: string; color: string | null; createdAt: string };

/** A tag on a person: why, by whom, since when. */
export type ContactTag = {
  /** Of the tag on this person. */
  id: number;
  tagId: number;
  name: string;
  color: string | null;
  notes: string | null;
  addedBy: number | null;
  addedByName: string | null;
  addedAt: string;
};
