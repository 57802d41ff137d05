// `MS-1042/E7`: how evidence is named in notes, replies and links.

export interface Citation {
  caseNumber: string;
  item: string;
}

const CITATION = /^([A-Z]{2,5}-\d{1,9})\/(E\d{1,9})$/;

export function parseCitation(text: string | null | undefined): Citation | null {
  const match = CITATION.exec(text?.trim() ?? "");
  return match ? { caseNumber: match[1]!, item: match[2]! } : null;
}

export function citationPath({ caseNumber, item }: Citation): string {
  return `/cases/${caseNumber}/evidence/${item}`;
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
