import type { ShownLine, ShownPart } from "../api/types.ts";

/** Lines as a diff: what goes, what stands there then, and the rule that says so. */
export function ShownLines({ lines, label }: { lines: ShownLine[]; label: string }) {
  return (
    <ol className="shown-lines" aria-label={label}>
      {lines.map((line) => (
        <li key={line.line} value={line.line}>
          <span className="shown-number tabular" aria-hidden>
            {line.line}
          </span>
          <ShownLineText line={line} />
        </li>
      ))}
    </ol>
  );
}

function ShownLineText({ line }: { line: ShownLine }) {
  const hits = line.parts.filter(({ hit }) => hit);
  if (hits.length === 0) return <code className="shown-same">{line.parts.map(({ text }) => text)}</code>;
  const rules = [...new Set(hits.map(({ hit }) => `${hit?.rule} (${hit?.kind})`))];
  return (
    <div className="shown-change">
      <code className="shown-before">
        {line.parts.map((part, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a line do not move
          <Before key={index} part={part} />
        ))}
      </code>
      <code className="shown-after">
        {line.after ??
          line.parts.map((part, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a line do not move
            <After key={index} part={part} />
          ))}
      </code>
      <small className="muted">by {rules.join(", ")}</small>
    </div>
  );
}

function Before({ part }: { part: ShownPart }) {
  return part.hit ? <del title={part.hit.reason}>{part.text}</del> : part.text;
}

function After({ part }: { part: ShownPart }) {
  if (!part.hit) return part.text;
  return part.hit.replacement ? <ins title={part.hit.reason}>{part.hit.replacement}</ins> : null;
}
