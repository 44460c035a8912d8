import { IconUser } from "@tabler/icons-react";
import { initialsOf } from "../lib/initials.ts";
import classes from "./person-avatar.module.css";

type Props = { name: string; seed: number; size?: number };

const hues = [160, 205, 260, 320, 15, 40, 95, 185];

/** Initials on a quiet colour that stays the same for one person. */
export function PersonAvatar({ name, seed, size = 40 }: Props) {
  const initials = initialsOf(name);
  const style = { "--hue": hues[seed % hues.length], width: size, height: size, fontSize: size * 0.36 };
  return (
    <span className={classes.avatar} style={style} aria-hidden="true">
      {initials === "" ? <IconUser size={size * 0.5} stroke={1.8} /> : initials}
    </span>
  );
}
