import type { Level } from "../api/types.ts";

/** The level as a word and a colour, never the colour alone. */
export function LevelWord({ level }: { level: Level }) {
  return (
    <span className="level" data-level={level}>
      {level.toUpperCase()}
    </span>
  );
}
