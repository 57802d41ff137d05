// Every command there is. Buttons, menus, keys and the palette all call these; a test keeps keys apart.
// Not here: what a command does (the screen that offers it registers that, see registry.ts).

/** `lines` is part of the case screen; `global` is everywhere. */
export type Scope = "global" | "home" | "queue" | "case" | "lines";

export interface Command {
  id: string;
  name: string;
  keys: readonly string[];
  scope: Scope;
  group: string;
  /** Words the palette also finds it by. */
  words?: string;
  /** Works while a text field has the focus. */
  inFields?: boolean;
  /** Listed in the keys help but not in the palette (moving a cursor by palette makes no sense). */
  moves?: boolean;
}

const command = (
  scope: Scope,
  group: string,
  id: string,
  name: string,
  keys: string[],
  more: Partial<Command> = {},
): Command => ({ id, name, keys, scope, group, ...more });

const MOVES = { moves: true };

export const CATALOG: readonly Command[] = [
  command("global", "Go", "palette.open", "Open the command palette", ["Mod+k"], {
    inFields: true,
    moves: true,
  }),
  command("global", "Go", "go.home", "Go home, to the shift desk", ["g h"], { words: "shift handoff start" }),
  command("global", "Go", "go.queue", "Go to the queue", ["g q"], { words: "cases list" }),
  command("global", "Go", "go.people", "Go to people and teams", ["g e"], {
    words: "admin absences skills hours who works",
  }),
  command("global", "Go", "go.sla", "Go to what is promised", ["g p"], {
    words: "sla policies calendars clocks",
  }),
  command("global", "Go", "go.audit", "Go to the audit log", ["g a"], { words: "events verify export" }),
  command("global", "Go", "go.redaction", "Go to the redaction rules", ["g r"], {
    words: "secrets hide privacy admin",
  }),
  command("global", "Go", "go.customers", "Go to the customers", ["g c"], {
    words: "accounts tiers contacts",
  }),
  command("global", "Go", "customers.new", "Add a customer…", [], { words: "create account" }),
  command("global", "Go", "go.signatures", "Go to the known troubles", ["g k"], {
    words: "signatures knowledge known issues",
  }),
  command("global", "Go", "signatures.new", "Import a signature…", [], { words: "add known issue paste" }),
  command("global", "Go", "go.intake", "Go to the checklists of intake", ["g i"], {
    words: "checklists return rate",
  }),
  command("global", "Help", "help.keys", "Keys of this screen", ["?"], { words: "help shortcuts keyboard" }),
  command("global", "View", "zone.next", "Next time zone", ["u"], { words: "utc local clock" }),
  command("global", "View", "live.load", "Load new live items", ["."], { words: "refresh update" }),
  command("global", "View", "filter.focus", "Focus the filter", ["/"], { words: "search find" }),
  command("global", "View", "back", "Close, or back one level", ["Escape"], { inFields: true, moves: true }),
  command("global", "View", "form.submit", "Send the focused form", ["Mod+Enter"], {
    inFields: true,
    moves: true,
  }),
  command("global", "View", "link.copy", "Copy citation or permalink", ["y"], { words: "url share cite" }),
  command("global", "Settings", "theme.system", "Theme: follow the system", [], { words: "dark light" }),
  command("global", "Settings", "theme.light", "Theme: light", []),
  command("global", "Settings", "theme.dark", "Theme: dark", []),
  command("global", "Settings", "theme.contrast", "Theme: high contrast", []),
  command("global", "Settings", "density.toggle", "Density: compact or cozy rows", []),
  command("global", "Settings", "keys.toggle", "Single-letter keys: on or off", [], { words: "shortcuts" }),
  command("global", "Settings", "preview.toggle", "Preview before attaching: on or off", [], {
    words: "redaction upload drop",
  }),
  command("global", "Settings", "session.end", "Sign out", [], { words: "logout leave" }),
  command("global", "Sample", "sample.load", "Load the sample desk", [], { words: "demo example" }),

  command("global", "Go", "people.team", "Add a team…", [], { words: "create" }),
  command("global", "Go", "people.remove", "Remove this person…", [], { words: "leave offboard" }),

  command("home", "Rows", "home.next", "Next row", ["j", "ArrowDown"], MOVES),
  command("home", "Rows", "home.previous", "Previous row", ["k", "ArrowUp"], MOVES),
  command("home", "Rows", "home.open", "Open the case", ["Enter", "o"]),
  command("home", "Hand-off", "home.accept", "Accept what is handed to me", ["a"], { words: "take" }),
  command("home", "Hand-off", "home.ask", "Ask about what is handed to me…", ["i"], { words: "question" }),
  command("home", "Hand-off", "home.refuse", "Refuse what is handed to me…", ["X"], { words: "give back" }),
  command("home", "Hand-off", "home.answer", "Answer what the receiver asked…", ["r"], { words: "reply" }),
  command("home", "Shift", "home.start", "Start my shift", ["S"]),
  command("home", "Shift", "home.end", "End my shift, and hand off…", ["H"], { words: "packet leave" }),

  command("queue", "Rows", "queue.next", "Next case", ["j", "ArrowDown"], MOVES),
  command("queue", "Rows", "queue.previous", "Previous case", ["k", "ArrowUp"], MOVES),
  command("queue", "Rows", "queue.open", "Open the case", ["Enter", "o"]),
  command("queue", "Rows", "queue.select", "Select the case", ["x"]),
  command("queue", "Rows", "queue.extend.next", "Extend the selection down", ["J"], MOVES),
  command("queue", "Rows", "queue.extend.previous", "Extend the selection up", ["K"], MOVES),
  command("queue", "Case", "queue.assign", "Assign…", ["a"], { words: "owner person" }),
  command("queue", "Case", "queue.severity", "Set the severity…", ["s"], { words: "priority P1 P2 P3 P4" }),
  command("queue", "Case", "queue.accept", "Accept the intake", ["A"], { words: "take" }),
  command("queue", "Case", "queue.return", "Return the intake…", ["R"], { words: "reject send back" }),
  command("queue", "Case", "queue.new", "New case…", ["c"], { words: "create open" }),
  command("queue", "Case", "queue.inspect", "Inspect a support bundle…", [], { words: "upload file open" }),
  command("queue", "View", "queue.peek", "Peek at the case", ["v"], { words: "preview" }),
  command("queue", "View", "queue.view.next", "Next saved view", ["V"]),
  command("queue", "View", "queue.filter.drop", "Drop the filter that hides most", ["X"]),

  command("case", "Case", "case.note", "Write an internal note", ["c"], { words: "comment" }),
  command("case", "Case", "case.reply", "Write a public reply", ["r"], { words: "customer answer" }),
  command("case", "Case", "case.assign", "Assign…", ["a"], { words: "owner person" }),
  command("case", "Case", "case.severity", "Set the severity…", ["s"], { words: "priority" }),
  command("case", "Case", "case.status", "Set the status…", ["h"], { words: "pending hold waiting turn" }),
  command("case", "Case", "case.customer", "Write down what the customer said…", ["d"], {
    words: "comment phone answer",
  }),
  command("case", "Case", "case.whose", "Choose the customer…", ["C"], { words: "account company tier" }),
  command("case", "Case", "case.intake", "Fill in the intake…", ["i"], {
    words: "checklist report score submit hand over",
  }),
  command("case", "Case", "case.accept", "Accept the intake", ["A"], { words: "take" }),
  command("case", "Case", "case.return", "Return the intake…", ["R"], { words: "reject send back" }),
  command("case", "Case", "case.step", "Write down the next step…", ["S"], { words: "todo owner due" }),
  command("case", "Case", "case.link", "Link with another case…", ["H"], {
    words: "duplicate parent cause affected relation",
  }),
  command("case", "Case", "case.merge", "Merge into another case…", [], { words: "join duplicate" }),
  command("case", "Case", "case.split", "Split a part off…", [], { words: "separate new case" }),
  command("case", "Case", "case.unmerge", "Take the merge back…", [], { words: "undo unmerge" }),
  command("case", "Case", "case.clocks", "Explain the clocks", ["t"], { words: "sla due breach" }),
  command("case", "Case", "case.decide", "Write down a decision…", ["!"], { words: "decided why log" }),
  command("case", "Case", "case.close", "Close for good…", [], { words: "final" }),
  command("case", "Case", "case.resolve", "Resolve or reopen…", [], { words: "close done" }),
  command("case", "Case", "case.attach", "Attach a bundle…", ["b"], { words: "upload file" }),
  command("case", "Case", "case.preview", "Attach a bundle with a preview…", ["B"], {
    words: "upload redaction hidden",
  }),
  command("case", "Case", "case.next", "Next case of the list", ["]"]),
  command("case", "Case", "case.previous", "Previous case of the list", ["["]),
  command("case", "View", "case.panels", "Collapse or show the side panels", ["\\"], {
    words: "sidebar wide",
  }),
  command("case", "View", "case.view.timeline", "Timeline", ["1"], { words: "view tab" }),
  command("case", "View", "case.view.logs", "Logs", ["2"], { words: "view tab lines" }),
  command("case", "View", "case.view.traces", "Traces", ["3"], { words: "view tab spans waterfall" }),
  command("case", "View", "case.view.metrics", "Metrics", ["4"], { words: "view tab series charts" }),
  command("case", "View", "case.view.changes", "Changes", ["5"], {
    words: "view tab config settings diff compare kubernetes",
  }),
  command("case", "View", "case.view.files", "Files", ["6"], { words: "view tab" }),
  command("case", "View", "case.view.templates", "Templates", ["7"], { words: "view tab patterns" }),
  command("case", "View", "case.view.problems", "Problems", ["8"], { words: "view tab reading" }),

  command("case", "Hypothesis", "hypothesis.first", "Go to the first hypothesis", ["q"], {
    words: "suspect verdict cause broke",
  }),
  command("case", "Hypothesis", "hypothesis.confirm", "Confirm the hypothesis…", ["+"], {
    words: "supports judge",
  }),
  command("case", "Hypothesis", "hypothesis.refute", "Refute the hypothesis…", ["-"], { words: "judge" }),
  command("case", "Hypothesis", "hypothesis.pin", "Take up the hypothesis", ["P"], { words: "pin cite" }),
  command("case", "Hypothesis", "hypothesis.reference", "Compare with a good bundle…", ["D"], {
    words: "reference baseline diff",
  }),

  command("case", "Swarm", "swarm.open", "Call people together…", ["U"], { words: "swarm help invite" }),
  command("case", "Swarm", "swarm.join", "Join the swarm", ["G"]),
  command("case", "Swarm", "swarm.leave", "Leave the swarm", []),
  command("case", "Swarm", "swarm.tried", "Write down what was tried…", ["Y"], { words: "swarm attempt" }),
  command("case", "Swarm", "swarm.close", "Close the swarm with its decision…", [], { words: "decide end" }),
  command("case", "Mitigation", "mitigation.propose", "Propose a mitigation…", ["M"], {
    words: "workaround risk rollback",
  }),
  command("case", "Known trouble", "match.first", "Go to the known trouble", ["Q"], {
    words: "signature known issue recognised",
  }),
  command("case", "Known trouble", "match.confirm", "Confirm the known trouble…", [], {
    words: "signature known issue yes",
  }),
  command("case", "Known trouble", "match.refute", "It is not this known trouble…", [], {
    words: "signature known issue no wrong",
  }),
  command("case", "Known trouble", "match.again", "Match the bundle again", ["K"], {
    words: "signature known issue recognise",
  }),

  command("lines", "Move", "lines.next", "Next line, trace or span", ["j", "ArrowDown"], MOVES),
  command("lines", "Move", "lines.previous", "Previous line, trace or span", ["k", "ArrowUp"], MOVES),
  command("lines", "Move", "lines.page.next", "A page down", ["PageDown"], MOVES),
  command("lines", "Move", "lines.page.previous", "A page up", ["PageUp"], MOVES),
  command("lines", "Move", "lines.first", "First line", ["Home"], MOVES),
  command("lines", "Move", "lines.last", "Last line", ["End"], MOVES),
  command("lines", "Move", "lines.error.next", "Next error", ["e"]),
  command("lines", "Move", "lines.error.previous", "Previous error", ["E"]),
  command("lines", "Move", "lines.warning.next", "Next warning", ["w"]),
  command("lines", "Move", "lines.warning.previous", "Previous warning", ["W"]),
  command("lines", "Move", "lines.hit.next", "Next search hit", ["n"]),
  command("lines", "Move", "lines.hit.previous", "Previous search hit", ["N"]),
  command("lines", "Spans", "spans.collapse", "Collapse one level of the trace", ["{"], {
    words: "fold tree",
  }),
  command("lines", "Spans", "spans.expand", "Expand one level of the trace", ["}"], { words: "unfold tree" }),
  command("lines", "Line", "lines.open", "Open the line", ["Enter", "o"], { words: "detail" }),
  command("lines", "Line", "lines.pin", "Pin as evidence", ["p"], { words: "cite" }),
  command("lines", "Line", "lines.mark", "Mark the line (this browser only)", ["m"]),
  command("lines", "Line", "lines.context", "Show the line in context", ["l"], {
    words: "surrounding unfiltered",
  }),
  command("lines", "Line", "lines.around", "Show the records around: ±5, ±20, ±50, none", ["L"], {
    words: "surrounding context before after",
  }),
  command("lines", "Filter", "lines.only", "Only lines of this template", ["f"]),
  command("lines", "Filter", "lines.out", "Hide this source", ["F"]),
  command("lines", "Filter", "lines.clear", "Clear all filters", ["X"]),
  command("lines", "Time", "brush.later", "Extend the time brush to later", ["Shift+ArrowRight"], MOVES),
  command("lines", "Time", "brush.earlier", "Extend the time brush to earlier", ["Shift+ArrowLeft"], MOVES),
  command("lines", "Time", "brush.zoom", "Zoom the histogram to the brush", ["Z"]),
  command("lines", "Time", "brush.clear", "Clear the time brush", ["T"]),
  command("lines", "Time", "brush.compare", "Brush: what differs inside", ["O"], {
    words: "compare contrast outliers over-represented",
  }),
  command("lines", "Time", "histogram.errors", "Histogram: errors only", ["I"]),
];

export const COMMANDS: ReadonlyMap<string, Command> = new Map(CATALOG.map((entry) => [entry.id, entry]));

/** Scopes that can be active at once; two commands of one set may not share a key. */
const TOGETHER: readonly (readonly Scope[])[] = [
  ["global", "home"],
  ["global", "queue"],
  ["global", "case", "lines"],
];

/** Every pair of commands that would fight for a key, as text; empty when all is well. */
export function collisions(catalog: readonly Command[]): string[] {
  const found: string[] = [];
  for (const scopes of TOGETHER) {
    const taken = new Map<string, string>();
    for (const entry of catalog.filter(({ scope }) => scopes.includes(scope))) {
      for (const key of entry.keys) {
        const other = taken.get(key) ?? prefixOwner(taken, key);
        if (other) found.push(`${key}: ${other} and ${entry.id}`);
        taken.set(key, entry.id);
      }
    }
  }
  return [...new Set(found)];
}

/** `g` alone would swallow `g q`, and the other way round. */
function prefixOwner(taken: Map<string, string>, key: string): string | undefined {
  for (const [other, id] of taken) {
    if (other.startsWith(`${key} `) || key.startsWith(`${other} `)) return id;
  }
  return undefined;
}
