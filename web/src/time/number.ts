const whole = new Intl.NumberFormat("en-GB", { useGrouping: true });

/** `12 411`: digits grouped by a thin space, so that columns of numbers read alike in every language. */
export function formatCount(value: number): string {
  return whole.format(value).replaceAll(",", "\u202f");
}

/** `412 k`, `1.9 M`: for facets and tabs, where the size matters and not the digit. */
export function formatShortCount(value: number): string {
  if (value < 1000) return String(value);
  if (value < 1_000_000) return `${(value / 1000).toFixed(value < 9950 ? 1 : 0)}\u202fk`;
  return `${(value / 1_000_000).toFixed(value < 10_000_000 ? 1 : 0)}\u202fM`;
}

/** `1.7 MB`, decimal units as on disks and downloads. */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  const units = ["kB", "MB", "GB", "TB"];
  let value = bytes;
  let unit = -1;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ${units[unit]}`;
}

export function plural(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}
