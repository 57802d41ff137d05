// The list somebody came from: `[` and `]` walk it inside the case, and Esc goes back to it as it was.

let numbers: readonly string[] = [];
let address = "/queue";

export function rememberList(list: readonly string[], from: string): void {
  numbers = list;
  address = from;
}

export function neighbour(number: string, by: 1 | -1): string | null {
  const at = numbers.indexOf(number);
  return at < 0 ? null : (numbers[at + by] ?? null);
}

/** The queue as it was left, with the cursor on the case. */
export function queueAddress(number: string): string {
  const [path, search] = address.split("?");
  const parameters = new URLSearchParams(search);
  parameters.set("row", number);
  parameters.delete("peek");
  return `${path}?${parameters}`;
}
