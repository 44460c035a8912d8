import { IconFile, IconMicrophone, IconMusic, IconPhoto, IconSticker, IconVideo } from "@tabler/icons-react";

/** A file of a message in a word and a picture, by its kind. */
export const mediaLooks: Record<string, { icon: typeof IconFile; word: string }> = {
  image: { icon: IconPhoto, word: "Picture" },
  video: { icon: IconVideo, word: "Video" },
  audio: { icon: IconMusic, word: "Audio" },
  voice: { icon: IconMicrophone, word: "Voice message" },
  document: { icon: IconFile, word: "Document" },
  sticker: { icon: IconSticker, word: "Sticker" },
};
