import X from "lucide-react/icons/x";
import { useId } from "react";

interface Props<R extends Record<string, string>> {
  title: string;
  /** What one row is called. */
  one: string;
  columns: readonly { name: keyof R & string; label: string }[];
  rows: readonly R[];
  empty: R;
  readOnly: boolean;
  onChange: (rows: R[]) => void;
}

/** A table of short texts that is typed into. */
export function RowsField<R extends Record<string, string>>({
  title,
  one,
  columns,
  rows,
  empty,
  readOnly,
  onChange,
}: Props<R>) {
  const id = useId();
  const change = (at: number, row: R) => onChange(rows.map((old, index) => (index === at ? row : old)));
  return (
    <section className="field" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {rows.length > 0 && (
        <table className="plain-table rows-field">
          <thead>
            <tr>
              {columns.map(({ name, label }) => (
                <th key={name} scope="col">
                  {label}
                </th>
              ))}
              <td />
            </tr>
          </thead>
          <tbody>
            {rows.map((row, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place until it is saved
              <tr key={at}>
                {columns.map(({ name, label }) => (
                  <td key={name}>
                    <input
                      className="input"
                      aria-label={`${label} ${at + 1}`}
                      maxLength={120}
                      readOnly={readOnly}
                      value={row[name]}
                      onChange={(event) => change(at, { ...row, [name]: event.target.value })}
                    />
                  </td>
                ))}
                <td>
                  {!readOnly && (
                    <button
                      type="button"
                      className="icon-button"
                      aria-label={`Remove ${one} ${at + 1}`}
                      onClick={() => onChange(rows.filter((_, index) => index !== at))}
                    >
                      <X size={14} aria-hidden />
                    </button>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {!readOnly && (
        <div>
          <button type="button" className="button" onClick={() => onChange([...rows, empty])}>
            Add {one}
          </button>
        </div>
      )}
    </section>
  );
}
