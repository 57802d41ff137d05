// Short names for what the server says. The shapes are generated (`npm run types`); by hand are only those
// the description leaves open: the closed words behind a plain string, the filter, and the live events.
import type { components } from "./schema.d.ts";

type Schemas = components["schemas"];

/** The description calls everything that may be null optional as well; the server always writes it. */
type Whole<T> = T extends readonly (infer Item)[]
  ? Whole<Item>[]
  : T extends object
    ? { [Name in keyof T]-?: Whole<T[Name]> }
    : T;

type Answer<Name extends keyof Schemas> = Whole<Schemas[Name]>;

export type Severity = Schemas["Severity"];
export type Level = Schemas["Level"];
export type Audience = Schemas["Audience"];
export type NewCase = Schemas["OpenCase"];

export type CaseView = "all" | "mine" | "unowned" | "waiting" | "resolved";
export type CaseSort = "severity" | "updated" | "opened" | "due";
export type CaseStatus = Schemas["CaseStatus"];
export type ProblemCode =
  | "invalid"
  | "unauthenticated"
  | "forbidden"
  | "not_found"
  | "conflict"
  | "stale"
  | "key_reused"
  | "too_large"
  | "busy"
  | "internal";

export interface ApiProblem extends Pick<Answer<"Problem">, "title" | "status" | "detail"> {
  code: ProblemCode;
  /** Where a query goes wrong. */
  query?: QueryProblem;
}

export type Person = Answer<"Person">;
export type Session = Answer<"Session">;
export type CaseSummary = Answer<"CaseSummary">;
export type CaseDetail = Answer<"CaseDetail">;
export type NextClock = Answer<"NextClock">;
export type Clock = Answer<"Clock">;
export type CaseClocks = Answer<"CaseClocks">;
export type AuditEntry = Answer<"AuditEntry">;
export type AuditPage = Answer<"AuditPage">;
export type AuditEvent = Answer<"AuditEvent">;
export type AuditReport = Answer<"AuditReport">;
export type Checkpoint = Answer<"Checkpoint">;
/** Only what a field names; an empty one names everything. */
export type AuditFilter = { case: string; kind: string; actor: string };
export type Gate = Schemas["Gate"];
export type Left = Schemas["Left"];
export type Swarm = Answer<"Swarm">;
export type SwarmOutcome = Schemas["SwarmOutcome"];
export type NewSwarm = Schemas["OpenSwarm"];
export type Mitigation = Answer<"Mitigation">;
export type MitigationState = Schemas["MitigationState"];
export type NewMitigation = Schemas["ProposeMitigation"];
export type Risk = Schemas["Risk"];
export type PersonAtWork = Answer<"PersonAtWork">;
export type PersonProfile = Schemas["PersonProfile"];
export type AbsenceKind = Schemas["AbsenceKind"];
export type RemovePerson = Schemas["RemovePerson"];
export type Team = Answer<"Team">;
export type TeamProfile = Schemas["TeamProfile"];
export type HandoffParts = Answer<"HandoffParts">;
export type HandoffCase = Answer<"HandoffCase">;
export type HandoffDecision = Schemas["HandoffDecision"];
export type SendHandoff = Schemas["SendHandoff"];
export type Handoff = Answer<"Handoff">;
export type HandoffSent = Answer<"HandoffSent">;
export type NextStep = Answer<"NextStep">;
export type HomeCase = Answer<"HomeCase">;
export type Home = Answer<"Home">;
export type Customer = Answer<"Customer">;
export type CustomerProfile = Answer<"CustomerProfile">;
export type Signature = Answer<"SignatureSummary">;
export type SignatureDetail = Answer<"SignatureDetail">;
export type SignatureMatch = Answer<"SignatureMatch">;
export type SignatureProposal = Answer<"SignatureProposal">;
export type SignatureStage = Schemas["SignatureStage"];
export type MatchReason = Answer<"MatchReason">;
export type MatchAnswer = Schemas["MatchAnswer"];
export type CaseLink = Answer<"CaseLink">;
export type RelatedCases = Answer<"RelatedCases">;
export type Intake = Answer<"Intake">;
export type IntakeReport = Answer<"IntakeReport">;
export type IntakeAssessment = Answer<"IntakeAssessment">;
export type IntakeItem = Answer<"IntakeItem">;
export type SubmitIntake = Answer<"SubmitIntake">;
export type ReturnReason = Schemas["ReturnReason"];
export type ReturnRate = Answer<"ReturnRate">;
export type CaseCounts = Answer<"CaseCounts">;
export type TimelineEntry = Answer<"TimelineEntry">;
export type Evidence = Answer<"Evidence">;
export type Progress = Answer<"Progress">;
export type Bundle = Answer<"Bundle">;
export type BundleFile = Answer<"BundleFile">;
export type Source = Answer<"Source">;
export type Place = Answer<"Place">;
export type Template = Answer<"Template">;
export type TemplateList = Answer<"TemplateList">;
export type Bucket = Answer<"Bucket">;
export type Histogram = Answer<"Histogram">;
export type FacetValue = Answer<"FacetValue">;
export type Facets = Answer<"Facets">;
export type FieldFacet = Answer<"FieldFacet">;
export type QueryField = Answer<"QueryField">;
export type QueryProblem = Answer<"QueryProblem">;
export type LinePosition = Answer<"LinePosition">;
export type Cite = Answer<"Cite">;
export type Contribution = Answer<"Contribution">;
export type Suspect = Answer<"Suspect">;
export type Change = Answer<"Change">;
export type MessageShift = Answer<"MessageShift">;
export type Comparison = Answer<"Comparison">;
export type Judgement = Schemas["Judgement"];
export type Hypothesis = Answer<"Hypothesis">;
export type Trace = Answer<"Trace">;
export type TraceWindow = Answer<"TraceWindow">;
export type Span = Answer<"Span">;
export type Waterfall = Answer<"Waterfall">;
export type Series = Answer<"Series">;
export type SeriesWindow = Answer<"SeriesWindow">;
export type SeriesPoints = Answer<"SeriesPoints">;
export type ValueContrast = Answer<"ValueContrast">;
export type FieldContrast = Answer<"FieldContrast">;
export type Contrast = Answer<"Contrast">;

export interface Ranking extends Answer<"Ranking"> {
  verdict: "fault" | "no_fault" | "inconclusive";
}

export interface Cited extends Answer<"Cited"> {
  what: "line" | "span" | "sample" | "file";
}

/** The document is JSON that people write: its shape is in docs/sla.md. */
export interface Policies extends Omit<Answer<"Policies">, "set"> {
  set: unknown;
}

export type RedactionRules = Answer<"RedactionRules">;
export type TryRedaction = Schemas["TryRedaction"];
export type TriedRedaction = Answer<"TriedRedaction">;
export type RulesMistake = Answer<"RulesMistake">;
export type ShownLine = Answer<"ShownLine">;
export type ShownPart = Answer<"ShownPart">;
export type HiddenKind = Answer<"HiddenKind">;
export type BundleRedaction = Answer<"BundleRedaction">;
export type Revealed = Answer<"Revealed">;
export type BundlePreview = Answer<"BundlePreview">;
export type PreviewFile = Answer<"PreviewFile">;
/** The document is JSON that people write: its shape is in docs/intake.md. */
export interface Checklists extends Omit<Answer<"Checklists">, "set"> {
  set: unknown;
}

/** What the customer is told, and whose turn it is after a note. */
export interface AfterNote {
  status?: CaseStatus;
  next_update_by?: string;
}

/** What could not be read of a bundle; `ApiProblem` is what a request meets. */
export type Problem = Answer<"ReadProblem">;

export interface Finding extends Answer<"Finding"> {
  severity: "high" | "medium" | "low" | "info";
}

export type TimeConfidence =
  | "exact"
  | "zone_assumed"
  | "year_inferred"
  | "date_inferred"
  | "inherited"
  | "file_only"
  | "none";

export interface Line extends Answer<"Line"> {
  time_confidence: TimeConfidence;
}

export interface LineDetail extends Answer<"LineDetail"> {
  time_confidence: TimeConfidence;
}

export interface LineWindow extends Answer<"LineWindow"> {
  lines: Line[];
}

export interface Page<T> extends Omit<Answer<"Page_CaseSummary">, "items"> {
  items: T[];
}

/** What the rows of a bundle are narrowed to: a query of docs/query.md; empty when it does not narrow. */
export interface LineFilter {
  query: string;
}

export interface ChangeEvent {
  stream: string;
  kind: string;
  actor_id: string;
  case_number?: string;
  bundle_id?: string;
  at: string;
}

export interface ProgressEventData {
  bundle_id: string;
  case_number: string;
  progress: Progress;
}
