// One function per endpoint of the contract. Not here: caching (queries.ts), live events (events.ts)
// and the streamed upload (upload.ts).
import type * as T from "./types.ts";

export const BASE = "/api/v1";

export class ApiError extends Error {
  readonly problem: T.ApiProblem;
  constructor(problem: T.ApiProblem) {
    super(problem.detail || problem.title);
    this.name = "ApiError";
    this.problem = problem;
  }
}

/** What went wrong, in the server's words where it had some. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

let csrfToken = "";

export function setCsrfToken(token: string): void {
  csrfToken = token;
}

export function getCsrfToken(): string {
  return csrfToken;
}

export function goToSignIn(): void {
  const next = window.location.pathname + window.location.search;
  window.location.assign(`/sign-in?next=${encodeURIComponent(next)}`);
}

/** A fresh key for a write; `crypto.randomUUID` is absent on plain http beyond loopback. */
export function idempotencyKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export function problemOf(status: number, body: unknown): T.ApiProblem {
  const found = (body ?? {}) as Partial<T.ApiProblem>;
  return {
    title: found.title ?? (status === 0 ? "no connection" : `request failed (${status})`),
    status,
    code: found.code ?? (status === 0 ? "busy" : "internal"),
    detail: found.detail ?? (status === 0 ? "the server did not answer; check that it is running" : ""),
    query: found.query,
  };
}

type Query = Record<string, string | number | null | undefined>;

function address(path: string, query?: Query): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value !== undefined && value !== null && value !== "") search.set(name, String(value));
  }
  const text = search.toString();
  return BASE + path + (text ? `?${text}` : "");
}

interface Options {
  query?: Query;
  body?: unknown;
  /** The version this write is based on; another one is refused. */
  seen?: number;
  signal?: AbortSignal;
}

async function request<R>(method: string, path: string, options: Options = {}): Promise<R> {
  const headers: Record<string, string> = { Accept: "application/json" };
  if (method !== "GET") {
    headers["X-CSRF-Token"] = csrfToken;
    headers["Idempotency-Key"] = idempotencyKey();
  }
  if (options.seen !== undefined) headers["If-Match"] = `"${options.seen}"`;
  if (options.body !== undefined) headers["Content-Type"] = "application/json";
  let response: Response;
  try {
    response = await fetch(address(path, options.query), {
      method,
      headers,
      body: options.body === undefined ? undefined : JSON.stringify(options.body),
      signal: options.signal,
      credentials: "same-origin",
    });
  } catch (error) {
    if (options.signal?.aborted) throw error;
    throw new ApiError(problemOf(0, null));
  }
  if (response.status === 401) goToSignIn();
  if (!response.ok) {
    throw new ApiError(problemOf(response.status, await response.json().catch(() => null)));
  }
  if (response.status === 204) return undefined as R;
  return (await response.json()) as R;
}

const get = <R>(path: string, query?: Query, signal?: AbortSignal) =>
  request<R>("GET", path, { query, signal });
const post = <R>(path: string, body?: unknown) => request<R>("POST", path, { body });
const at = (number: string) => `/cases/${encodeURIComponent(number)}`;
const personAt = (id: string) => `/people/${encodeURIComponent(id)}`;
const customerAt = (id: string) => `/customers/${encodeURIComponent(id)}`;
const signatureAt = (number: string) => `/signatures/${encodeURIComponent(number)}`;
const of = (bundle: string) => `/bundles/${encodeURIComponent(bundle)}`;

export function filterQuery(filter: T.LineFilter): Query {
  return { query: filter.query.trim() };
}

export interface CaseListQuery {
  view: T.CaseView;
  severity: T.Severity[];
  text: string;
  sort: T.CaseSort;
}

/** A type and not an interface, so that it can be spread into a query. */
export type SeekQuery = {
  /** The position to start beside; without one the search starts at the edge of the selection. */
  after: number | null;
  direction: "next" | "previous";
  seek?: "error" | "warn";
  find?: string;
};

/** Types and not interfaces for the same reason. */
export type TraceQuery = {
  from?: string;
  to?: string;
  service?: string;
  failed?: "true";
  order?: string;
  offset: number;
  limit: number;
};
export type SeriesQuery = {
  text?: string;
  component?: string;
  changed?: "true";
  /** This series before all others. */
  first?: number;
  offset: number;
  limit: number;
};

export const api = {
  session: (signal?: AbortSignal) => get<T.Session>("/session", undefined, signal),
  signOut: () => request<void>("DELETE", "/session"),
  people: () => get<T.Person[]>("/people"),

  cases: (list: CaseListQuery, cursor: string | null, limit: number, signal?: AbortSignal) =>
    get<T.Page<T.CaseSummary>>(
      "/cases",
      { view: list.view, severity: list.severity.join(","), text: list.text, sort: list.sort, cursor, limit },
      signal,
    ),
  caseCounts: () => get<T.CaseCounts>("/cases/counts"),
  openCase: (body: T.NewCase) => post<T.CaseDetail>("/cases", body),
  case: (number: string, signal?: AbortSignal) => get<T.CaseDetail>(at(number), undefined, signal),
  timeline: (number: string, cursor: string | null) =>
    get<T.Page<T.TimelineEntry>>(`${at(number)}/timeline`, { cursor, limit: 200 }),
  assign: (number: string, assignee: string | null) =>
    post<T.CaseDetail>(`${at(number)}/assign`, { assignee }),
  setSeverity: (number: string, severity: T.Severity, reason: string) =>
    post<T.CaseDetail>(`${at(number)}/severity`, { severity, reason }),
  note: (number: string, audience: T.Audience, text: string, after: T.AfterNote = {}) =>
    post<T.TimelineEntry>(`${at(number)}/notes`, { audience, text, ...after }),
  setStatus: (number: string, status: T.CaseStatus, waits_on: string, reason: string) =>
    post<T.CaseDetail>(`${at(number)}/status`, { status, waits_on, reason }),
  recordCustomer: (number: string, contact: string, text: string) =>
    post<T.TimelineEntry>(`${at(number)}/customer-comments`, { contact, text }),
  close: (number: string, gate: T.Gate) => post<T.CaseDetail>(`${at(number)}/close`, { gate }),
  decide: (number: string, decision: string, reason: string) =>
    post<T.CaseDetail>(`${at(number)}/decisions`, { decision, reason }),
  clocks: (number: string, signal?: AbortSignal) =>
    get<T.CaseClocks>(`${at(number)}/clocks`, undefined, signal),
  resolve: (number: string, resolution: string) =>
    post<T.CaseDetail>(`${at(number)}/resolve`, { resolution }),
  reopen: (number: string, reason: string) => post<T.CaseDetail>(`${at(number)}/reopen`, { reason }),

  evidence: (number: string) => get<T.Evidence[]>(`${at(number)}/evidence`),
  evidenceItem: (number: string, item: string) => get<T.Evidence>(`${at(number)}/evidence/${item}`),
  pin: (number: string, bundle_id: string, file: number, line: number) =>
    post<T.Evidence>(`${at(number)}/evidence`, { bundle_id, file, line }),
  unpin: (number: string, item: string) => request<void>("DELETE", `${at(number)}/evidence/${item}`),

  bundle: (id: string) => get<T.Bundle>(of(id)),
  files: (id: string) => get<T.BundleFile[]>(`${of(id)}/files`),
  sources: (id: string) => get<T.Source[]>(`${of(id)}/sources`),
  problems: (id: string) => get<T.Problem[]>(`${of(id)}/problems`),
  findings: (id: string) => get<T.Finding[]>(`${of(id)}/findings`),
  lines: (id: string, filter: T.LineFilter, offset: number, limit: number, signal?: AbortSignal) =>
    get<T.LineWindow>(`${of(id)}/lines`, { ...filterQuery(filter), offset, limit }, signal),
  linePosition: (id: string, filter: T.LineFilter, file: number, line: number, signal?: AbortSignal) =>
    get<T.LinePosition>(
      `${of(id)}/lines/position`,
      { ...filterQuery(filter), at_file: file, at_line: line },
      signal,
    ),
  nextLine: (id: string, filter: T.LineFilter, seek: SeekQuery) =>
    get<{ position: number | null }>(`${of(id)}/lines/next`, { ...filterQuery(filter), ...seek }),
  line: (id: string, row: number, signal?: AbortSignal) =>
    get<T.LineDetail>(`${of(id)}/lines/${row}`, undefined, signal),
  histogram: (id: string, filter: T.LineFilter, buckets: number, signal?: AbortSignal) =>
    get<T.Histogram>(`${of(id)}/histogram`, { ...filterQuery(filter), buckets }, signal),
  facets: (id: string, filter: T.LineFilter, signal?: AbortSignal) =>
    get<T.Facets>(`${of(id)}/facets`, filterQuery(filter), signal),
  fieldFacet: (id: string, field: string, filter: T.LineFilter, limit: number, signal?: AbortSignal) =>
    get<T.FieldFacet>(
      `${of(id)}/facets/${encodeURIComponent(field)}`,
      { ...filterQuery(filter), limit },
      signal,
    ),
  queryFields: (id: string) => get<T.QueryField[]>(`${of(id)}/fields`),
  context: (id: string, row: number, count: number, signal?: AbortSignal) =>
    get<{ lines: T.Line[] }>(`${of(id)}/lines/${row}/context`, { count }, signal),
  templates: (id: string, filter: T.LineFilter, limit: number, signal?: AbortSignal) =>
    get<T.TemplateList>(`${of(id)}/templates`, { ...filterQuery(filter), limit }, signal),
  contrast: (id: string, filter: T.LineFilter, signal?: AbortSignal) =>
    get<T.Contrast>(`${of(id)}/contrast`, filterQuery(filter), signal),

  ranking: (id: string, reference: string | null, signal?: AbortSignal) =>
    get<T.Ranking>(`${of(id)}/ranking`, { reference }, signal),
  comparison: (id: string, reference: string, signal?: AbortSignal) =>
    get<T.Comparison>(`${of(id)}/comparison`, { reference }, signal),
  chooseReference: (id: string, reference: string | null) =>
    post<T.Bundle>(`${of(id)}/reference`, { reference }),
  cited: (id: string, file: number, line: number, component?: string, name?: string) =>
    get<T.Cited>(`${of(id)}/cited`, { file, line, component, name }),
  hypotheses: (number: string) => get<T.Hypothesis[]>(`${at(number)}/hypotheses`),
  hypothesis: (number: string, item: string) => get<T.Hypothesis>(`${at(number)}/hypotheses/${item}`),
  pinHypothesis: (number: string, bundle_id: string, component: string, reference: string | null) =>
    post<T.Hypothesis>(`${at(number)}/hypotheses`, { bundle_id, component, reference }),
  judgeHypothesis: (number: string, item: string, judgement: T.Judgement, reason: string) =>
    post<T.Hypothesis>(`${at(number)}/hypotheses/${item}/judgement`, { judgement, reason }),

  swarms: (number: string) => get<T.Swarm[]>(`${at(number)}/swarms`),
  openSwarm: (number: string, body: T.NewSwarm) => post<T.Swarm[]>(`${at(number)}/swarms`, body),
  joinSwarm: (number: string, swarm: number) => post<T.Swarm[]>(`${at(number)}/swarms/${swarm}/join`),
  leaveSwarm: (number: string, swarm: number) => post<T.Swarm[]>(`${at(number)}/swarms/${swarm}/leave`),
  triedInSwarm: (number: string, swarm: number, text: string) =>
    post<T.Swarm[]>(`${at(number)}/swarms/${swarm}/tried`, { text }),
  closeSwarm: (
    number: string,
    swarm: number,
    outcome: T.SwarmOutcome,
    decision: string,
    owner: string | null,
  ) => post<T.Swarm[]>(`${at(number)}/swarms/${swarm}/close`, { outcome, decision, owner }),
  mitigations: (number: string) => get<T.Mitigation[]>(`${at(number)}/mitigations`),
  proposeMitigation: (number: string, body: T.NewMitigation) =>
    post<T.Mitigation[]>(`${at(number)}/mitigations`, body),
  moveMitigation: (number: string, mitigation: number, to: T.MitigationState, note: string) =>
    post<T.Mitigation[]>(`${at(number)}/mitigations/${mitigation}/state`, { to, note }),

  traces: (id: string, ask: TraceQuery, signal?: AbortSignal) =>
    get<T.TraceWindow>(`${of(id)}/traces`, ask, signal),
  trace: (id: string, trace: string, signal?: AbortSignal) =>
    get<T.Waterfall>(`${of(id)}/traces/${encodeURIComponent(trace)}`, undefined, signal),
  series: (id: string, ask: SeriesQuery, signal?: AbortSignal) =>
    get<T.SeriesWindow>(`${of(id)}/series`, ask, signal),
  seriesPoints: (
    id: string,
    ids: readonly number[],
    from: string | undefined,
    to: string | undefined,
    signal?: AbortSignal,
  ) => get<T.SeriesPoints[]>(`${of(id)}/series/points`, { ids: ids.join(","), from, to }, signal),
  reportAddress: (id: string) => `${BASE}${of(id)}/report.html`,

  policies: (signal?: AbortSignal) => get<T.Policies>("/sla/policies", undefined, signal),
  publishPolicies: (set: unknown, reason: string, seen: number) =>
    request<T.Policies>("POST", "/sla/policies", { body: { set, reason }, seen }),
  simulateClocks: (question: unknown) => post<{ clocks: T.Clock[] }>("/sla/simulate", question),

  auditTrail: (filter: T.AuditFilter, cursor: string | null, limit: number, signal?: AbortSignal) =>
    get<T.AuditPage>("/audit/events", { ...filter, cursor, limit }, signal),
  auditEvent: (seq: number) => get<T.AuditEvent>(`/audit/events/${seq}`),
  verifyLog: () => post<T.AuditReport>("/audit/verify"),
  checkpoints: () => get<T.Checkpoint[]>("/audit/checkpoints"),
  /** Nothing when there was nothing to sign. */
  makeCheckpoint: () => post<T.Checkpoint | undefined>("/audit/checkpoints"),
  checkpointAddress: (number: number) => `${BASE}/audit/checkpoints/${number}`,
  exportAddress: `${BASE}/audit/export`,
  redactionRules: (signal?: AbortSignal) => get<T.RedactionRules>("/redaction/rules", undefined, signal),
  redactionHistory: (signal?: AbortSignal) =>
    get<T.RedactionRules[]>("/redaction/rules/history", undefined, signal),
  publishRedactionRules: (text: string, reason: string, seen: number) =>
    request<T.RedactionRules>("POST", "/redaction/rules", { body: { text, reason }, seen }),
  tryRedaction: (body: T.TryRedaction, signal?: AbortSignal) =>
    request<T.TriedRedaction>("POST", "/redaction/try", { body, signal }),
  bundleRedaction: (id: string) => get<T.BundleRedaction>(`${of(id)}/redaction`),
  reveal: (id: string, pseudonym: string, reason: string) =>
    post<T.Revealed>(`${of(id)}/reveal`, { pseudonym, reason }),
  attachPreview: (number: string, id: string) => post<T.Bundle>(`${at(number)}/previews/${id}`),
  forgetPreview: (number: string, id: string) => request<void>("DELETE", `${at(number)}/previews/${id}`),
  customers: (text: string, cursor: string | null, signal?: AbortSignal) =>
    get<T.Page<T.Customer>>("/customers", { text, cursor }, signal),
  customer: (id: string) => get<T.Customer>(customerAt(id)),
  customerCases: (id: string) => get<T.CaseSummary[]>(`${customerAt(id)}/cases`),
  addCustomer: (profile: T.CustomerProfile) => post<T.Customer>("/customers", profile),
  changeCustomer: (id: string, profile: T.CustomerProfile, seen: number) =>
    request<T.Customer>("PUT", customerAt(id), { body: profile, seen }),
  setCustomer: (number: string, name: string) => post<T.CaseDetail>(`${at(number)}/customer`, { name }),

  signatures: (text: string, stage: string, cursor: string | null, signal?: AbortSignal) =>
    get<T.Page<T.Signature>>("/signatures", { text, stage, cursor }, signal),
  signature: (number: string) => get<T.SignatureDetail>(signatureAt(number)),
  importSignature: (text: string) => post<T.SignatureDetail>("/signatures", { text }),
  editSignature: (number: string, text: string, seen: number) =>
    request<T.SignatureDetail>("PUT", signatureAt(number), { body: { text }, seen }),
  activateSignature: (number: string, reason: string) =>
    post<T.SignatureDetail>(`${signatureAt(number)}/activate`, { reason }),
  retireSignature: (number: string, reason: string) =>
    post<T.SignatureDetail>(`${signatureAt(number)}/retire`, { reason }),
  signatureProposal: (number: string) => get<T.SignatureProposal>(`${at(number)}/signature-proposal`),
  caseSignatures: (number: string) => get<T.Signature[]>(`${at(number)}/signatures`),
  draftSignature: (number: string, text: string, bundle_id: string | null) =>
    post<T.SignatureDetail>(`${at(number)}/signatures`, { text, bundle_id }),
  declineSignature: (number: string, reason: string) => post<void>(`${at(number)}/no-signature`, { reason }),
  matches: (id: string, signal?: AbortSignal) =>
    get<T.SignatureMatch[]>(`${of(id)}/matches`, undefined, signal),
  matchAgain: (id: string) => post<T.SignatureMatch[]>(`${of(id)}/matches`),
  answerMatch: (id: string, signature: string, answer: T.MatchAnswer, reason: string) =>
    post<T.SignatureMatch[]>(`${of(id)}/matches/${encodeURIComponent(signature)}/answer`, { answer, reason }),
  related: (number: string) => get<T.RelatedCases>(`${at(number)}/links`),
  linkCase: (number: string, relation: string, other: string, reason: string) =>
    post<T.RelatedCases>(`${at(number)}/links`, { relation, other, reason }),
  unlinkCase: (number: string, relation: string, other: string) =>
    post<T.RelatedCases>(`${at(number)}/unlink`, { relation, other }),
  mergeCase: (number: string, into: string, reason: string) =>
    post<T.CaseDetail>(`${at(number)}/merge`, { into, reason }),
  unmergeCase: (number: string, reason: string) => post<T.CaseDetail>(`${at(number)}/unmerge`, { reason }),
  splitCase: (number: string, subject: string, messages: number[], evidence: string[], reason: string) =>
    post<T.CaseDetail>(`${at(number)}/split`, { subject, messages, evidence, reason }),

  intake: (number: string) => get<T.Intake>(`${at(number)}/intake`),
  assessIntake: (number: string, report: T.IntakeReport, signal?: AbortSignal) =>
    request<T.IntakeAssessment>("POST", `${at(number)}/intake/assess`, { body: report, signal }),
  reportIntake: (number: string, report: T.IntakeReport, seen: number, submit: T.SubmitIntake | null) =>
    post<T.Intake>(`${at(number)}/intake`, { report, seen, submit }),
  acceptIntake: (number: string) => post<T.Intake>(`${at(number)}/intake/accept`),
  returnIntake: (number: string, reason: T.ReturnReason, text: string) =>
    post<T.Intake>(`${at(number)}/intake/return`, { reason, text }),
  checklists: (signal?: AbortSignal) => get<T.Checklists>("/intake/checklists", undefined, signal),
  publishChecklists: (set: unknown, reason: string, seen: number) =>
    request<T.Checklists>("POST", "/intake/checklists", { body: { set, reason }, seen }),
  returnRates: () => get<T.ReturnRate[]>("/intake/return-rates"),

  home: (signal?: AbortSignal) => get<T.Home>("/home", undefined, signal),
  startShift: () => post<void>("/shift/start"),
  endShift: () => post<void>("/shift/end"),
  draftHandoff: (signal?: AbortSignal) => get<T.HandoffCase[]>("/handoffs/draft", undefined, signal),
  sendHandoff: (body: T.SendHandoff) => post<T.Handoff>("/handoffs", body),
  decideHandoff: (number: string, decision: T.HandoffDecision, handoff_id: string, text: string) =>
    post<T.CaseDetail>(`${at(number)}/handoff`, { decision, handoff_id, text }),
  nextStep: (number: string) => get<T.NextStep | null>(`${at(number)}/next-step`),
  setNextStep: (number: string, text: string, owner: string | null, due_at: string | null) =>
    post<T.NextStep | null>(`${at(number)}/next-step`, { text, owner, due_at }),
  atWork: (area: string, signal?: AbortSignal) => get<T.PersonAtWork[]>("/people/at-work", { area }, signal),
  person: (id: string) => get<T.PersonAtWork>(personAt(id)),
  changePerson: (id: string, profile: T.PersonProfile, seen: number) =>
    request<T.PersonAtWork>("PUT", personAt(id), { body: profile, seen }),
  removePerson: (id: string, body: T.RemovePerson) => post<void>(`${personAt(id)}/remove`, body),
  teams: () => get<T.Team[]>("/teams"),
  addTeam: (profile: T.TeamProfile) => post<T.Team>("/teams", profile),
  changeTeam: (id: string, profile: T.TeamProfile, seen: number) =>
    request<T.Team>("PUT", `/teams/${encodeURIComponent(id)}`, { body: profile, seen }),

  loadSample: () => post<{ cases: number }>("/sample"),
};
