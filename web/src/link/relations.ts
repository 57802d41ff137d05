// The words of a link, as either of its cases says them. Not here: what a link may do, which the server decides.

export const RELATIONS: readonly { word: string; name: string; means: string }[] = [
  { word: "duplicate-of", name: "is a duplicate of", means: "the same problem" },
  { word: "duplicated-by", name: "is duplicated by", means: "the same problem, told again" },
  { word: "caused-by", name: "is caused by", means: "it goes away with the other" },
  { word: "causes", name: "causes", means: "the other goes away with it" },
  { word: "affected-by", name: "is affected by", means: "hears what is said about the other" },
  { word: "affects", name: "affects", means: "the other hears what is said here" },
  { word: "follow-up-of", name: "is a follow-up of", means: "what was left over" },
  { word: "followed-up-by", name: "is followed up by", means: "what was left over is there" },
  { word: "parent-of", name: "is the parent of", means: "the other is a part of the work" },
  { word: "child-of", name: "is a child of", means: "a part of the work" },
];

const OTHERS: Record<string, string> = {
  "split-from": "was split from",
  "split-into": "was split into",
};

export function relationName(word: string): string {
  return RELATIONS.find((relation) => relation.word === word)?.name ?? OTHERS[word] ?? word;
}

/** `MS-1042` from what people type: any case, or the bare number. */
export function caseNumberOf(text: string): string | null {
  const digits = /^(?:ms-)?(\d{1,9})$/i.exec(text.trim())?.[1];
  return digits && Number(digits) > 0 ? `MS-${Number(digits)}` : null;
}
