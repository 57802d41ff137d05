// `MS-1042/E7`, `MS-1042/H2`: how evidence and hypotheses are named in notes, replies and links.

export interface Citation {
  caseNumber: string;
  item: string;
}

const CITATION = /^([A-Z]{2,5}-\d{1,9})\/([EH]\d{1,9})$/;

export function parseCitation(text: string | null | undefined): Citation | null {
  const match = CITATION.exec(text?.trim() ?? "");
  return match ? { caseNumber: match[1]!, item: match[2]! } : null;
}

export function isHypothesis({ item }: Citation): boolean {
  return item.startsWith("H");
}

export function citationPath(citation: Citation): string {
  const noun = isHypothesis(citation) ? "hypotheses" : "evidence";
  return `/cases/${citation.caseNumber}/${noun}/${citation.item}`;
}

/** A citation set into a text at the cursor, with a space on each side where one is missing. */
export function insertCitation(
  text: string,
  start: number,
  end: number,
  citation: string,
): { text: string; cursor: number } {
  const before = text.slice(0, start);
  const after = text.slice(end);
  const lead = before === "" || /\s|\($/.test(before.slice(-1)) ? "" : " ";
  const trail = /^[\s.,;:)]/.test(after) ? "" : " ";
  const inserted = `${lead}${citation}${trail}`;
  return { text: before + inserted + after, cursor: before.length + inserted.length };
}
