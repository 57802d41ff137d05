// Keys and options of everything the cache holds. Writes and live events invalidate by these keys only.
import { infiniteQueryOptions, keepPreviousData, QueryClient, queryOptions } from "@tanstack/react-query";
import { ApiError, api, type CaseListQuery, type SeriesQuery, type TraceQuery } from "./client.ts";
import type { AuditFilter, IntakeReport, LineFilter } from "./types.ts";

const QUEUE_PAGE = 100;
const READING_POLL_MS = 5000;
const CLOCKS_POLL_MS = 60_000;

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      // Rows must not move because a window got focus; the event stream says what changed.
      refetchOnWindowFocus: false,
      retry: (count, error) =>
        count < 2 &&
        !(error instanceof ApiError && error.problem.status >= 400 && error.problem.status < 500),
    },
  },
});

export const sessionQuery = queryOptions({
  queryKey: ["session"],
  queryFn: ({ signal }) => api.session(signal),
  staleTime: Number.POSITIVE_INFINITY,
  retry: false,
});

export const peopleQuery = queryOptions({
  queryKey: ["people"],
  queryFn: api.people,
  staleTime: 600_000,
});

/** Who works now ages by itself: a shift begins without an event. */
const SHIFT_POLL_MS = 60_000;
export const homeQuery = queryOptions({
  queryKey: ["home"],
  queryFn: ({ signal }) => api.home(signal),
  staleTime: 5_000,
});
export const draftQuery = queryOptions({
  queryKey: ["draft"],
  queryFn: ({ signal }) => api.draftHandoff(signal),
  // what is edited must not change under the hands
  staleTime: Number.POSITIVE_INFINITY,
  gcTime: 0,
});
export const nextStepQuery = (number: string) =>
  queryOptions({ queryKey: ["next-step", number], queryFn: () => api.nextStep(number) });
export const atWorkQuery = (area: string) =>
  queryOptions({
    queryKey: ["at-work", area],
    queryFn: ({ signal }) => api.atWork(area, signal),
    refetchInterval: SHIFT_POLL_MS,
  });
export const personQuery = (id: string) =>
  queryOptions({ queryKey: ["person", id], queryFn: () => api.person(id) });
export const teamsQuery = queryOptions({ queryKey: ["teams"], queryFn: api.teams });

export const countsQuery = queryOptions({ queryKey: ["counts"], queryFn: api.caseCounts });

export const casesQuery = (list: CaseListQuery) =>
  infiniteQueryOptions({
    queryKey: ["cases", list],
    queryFn: ({ pageParam, signal }) => api.cases(list, pageParam, QUEUE_PAGE, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    placeholderData: keepPreviousData,
  });

export const caseQuery = (number: string) =>
  queryOptions({
    queryKey: ["case", number],
    queryFn: ({ signal }) => api.case(number, signal),
    // Should the event stream be away, the end of the reading is still noticed.
    refetchInterval: ({ state }) =>
      state.data?.bundle_list.some((bundle) => bundle.state === "reading") ? READING_POLL_MS : false,
  });

export const timelineQuery = (number: string) =>
  queryOptions({
    queryKey: ["timeline", number],
    queryFn: async () => {
      const entries = [];
      let cursor: string | null = null;
      do {
        const page = await api.timeline(number, cursor);
        entries.push(...page.items);
        cursor = page.next_cursor;
      } while (cursor);
      return entries;
    },
  });

export const clocksQuery = (number: string) =>
  queryOptions({
    queryKey: ["clocks", number],
    queryFn: ({ signal }) => api.clocks(number, signal),
    // Counted time goes on by itself.
    refetchInterval: CLOCKS_POLL_MS,
  });

export const policiesQuery = queryOptions({
  queryKey: ["policies"],
  queryFn: ({ signal }) => api.policies(signal),
});

export const auditQuery = (filter: AuditFilter) =>
  infiniteQueryOptions({
    queryKey: ["audit", filter],
    queryFn: ({ pageParam, signal }) => api.auditTrail(filter, pageParam, QUEUE_PAGE, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    placeholderData: keepPreviousData,
    // The log grows by itself.
    staleTime: 0,
  });
/** An event never changes. */
export const auditEventQuery = (seq: number) =>
  queryOptions({
    queryKey: ["audit", "event", seq],
    queryFn: () => api.auditEvent(seq),
    staleTime: Number.POSITIVE_INFINITY,
  });
export const checkpointsQuery = queryOptions({
  queryKey: ["checkpoints"],
  queryFn: api.checkpoints,
});

export const redactionRulesQuery = queryOptions({
  queryKey: ["redaction", "rules"],
  queryFn: ({ signal }) => api.redactionRules(signal),
});

export const redactionHistoryQuery = queryOptions({
  queryKey: ["redaction", "history"],
  queryFn: ({ signal }) => api.redactionHistory(signal),
});
export const customersQuery = (text: string) =>
  infiniteQueryOptions({
    queryKey: ["customers", text],
    queryFn: ({ pageParam, signal }) => api.customers(text, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    placeholderData: keepPreviousData,
  });
export const customerQuery = (id: string) =>
  queryOptions({ queryKey: ["customer", id], queryFn: () => api.customer(id) });
export const customerCasesQuery = (id: string) =>
  queryOptions({ queryKey: ["customer", id, "cases"], queryFn: () => api.customerCases(id) });

export const signaturesQuery = (text: string, stage: string) =>
  infiniteQueryOptions({
    queryKey: ["signatures", text, stage],
    queryFn: ({ pageParam, signal }) => api.signatures(text, stage, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    placeholderData: keepPreviousData,
  });
export const signatureQuery = (number: string) =>
  queryOptions({ queryKey: ["signature", number], queryFn: () => api.signature(number) });
export const caseSignaturesQuery = (number: string) =>
  queryOptions({
    queryKey: ["case-signatures", number],
    queryFn: () => api.caseSignatures(number),
  });
/** Worked out of the evidence when the case is resolved, not before. */
export const proposalQuery = (number: string, wanted: boolean) =>
  queryOptions({
    queryKey: ["signature-proposal", number],
    queryFn: () => api.signatureProposal(number),
    enabled: wanted,
    staleTime: 0,
    retry: false,
  });
export const matchesQuery = (bundle: string) =>
  queryOptions({
    queryKey: ["bundle", bundle, "matches"],
    queryFn: ({ signal }) => api.matches(bundle, signal),
  });
export const relatedQuery = (number: string) =>
  queryOptions({ queryKey: ["related", number], queryFn: () => api.related(number) });

export const intakeQuery = (number: string) =>
  queryOptions({ queryKey: ["intake", number], queryFn: () => api.intake(number) });
export const assessmentQuery = (number: string, report: IntakeReport) =>
  queryOptions({
    queryKey: ["intake", number, "assessment", report],
    queryFn: ({ signal }) => api.assessIntake(number, report, signal),
    placeholderData: keepPreviousData,
  });
export const checklistsQuery = queryOptions({
  queryKey: ["checklists"],
  queryFn: ({ signal }) => api.checklists(signal),
});
export const returnRatesQuery = queryOptions({ queryKey: ["return-rates"], queryFn: api.returnRates });

export const evidenceQuery = (number: string) =>
  queryOptions({ queryKey: ["evidence", number], queryFn: () => api.evidence(number) });

export const evidenceItemQuery = (number: string, item: string) =>
  queryOptions({
    queryKey: ["evidence", number, item],
    queryFn: () => api.evidenceItem(number, item),
  });

export const hypothesesQuery = (number: string) =>
  queryOptions({ queryKey: ["hypotheses", number], queryFn: () => api.hypotheses(number) });

export const hypothesisQuery = (number: string, item: string) =>
  queryOptions({
    queryKey: ["hypotheses", number, item],
    queryFn: () => api.hypothesis(number, item),
  });

export const swarmsQuery = (number: string) =>
  queryOptions({ queryKey: ["swarms", number], queryFn: () => api.swarms(number) });

export const mitigationsQuery = (number: string) =>
  queryOptions({ queryKey: ["mitigations", number], queryFn: () => api.mitigations(number) });

/** What a ready bundle says never changes, so it is asked once. */
const FOREVER = { staleTime: Number.POSITIVE_INFINITY };

export const findingsQuery = (id: string) =>
  queryOptions({ queryKey: ["bundle", id, "findings"], queryFn: () => api.findings(id), ...FOREVER });
export const bundleRedactionQuery = (id: string) =>
  queryOptions({
    queryKey: ["bundle", id, "redaction"],
    queryFn: () => api.bundleRedaction(id),
    ...FOREVER,
  });
export const sourcesQuery = (id: string) =>
  queryOptions({ queryKey: ["bundle", id, "sources"], queryFn: () => api.sources(id), ...FOREVER });
export const filesQuery = (id: string) =>
  queryOptions({ queryKey: ["bundle", id, "files"], queryFn: () => api.files(id), ...FOREVER });
export const problemsQuery = (id: string) =>
  queryOptions({ queryKey: ["bundle", id, "problems"], queryFn: () => api.problems(id), ...FOREVER });

export const rankingQuery = (id: string, reference: string | null) =>
  queryOptions({
    queryKey: ["bundle", id, "ranking", reference],
    queryFn: ({ signal }) => api.ranking(id, reference, signal),
    ...FOREVER,
  });
export const comparisonQuery = (id: string, reference: string) =>
  queryOptions({
    queryKey: ["bundle", id, "comparison", reference],
    queryFn: ({ signal }) => api.comparison(id, reference, signal),
    ...FOREVER,
  });
export const contrastQuery = (id: string, filter: LineFilter) =>
  queryOptions({
    queryKey: ["bundle", id, "contrast", filter],
    queryFn: ({ signal }) => api.contrast(id, filter, signal),
    placeholderData: keepPreviousData,
    ...FOREVER,
  });
export const tracesQuery = (id: string, ask: TraceQuery) =>
  queryOptions({
    queryKey: ["bundle", id, "traces", ask],
    queryFn: ({ signal }) => api.traces(id, ask, signal),
    placeholderData: keepPreviousData,
    ...FOREVER,
  });
export const traceQuery = (id: string, trace: string) =>
  queryOptions({
    queryKey: ["bundle", id, "trace", trace],
    queryFn: ({ signal }) => api.trace(id, trace, signal),
    ...FOREVER,
  });
export const seriesQuery = (id: string, ask: SeriesQuery) =>
  queryOptions({
    queryKey: ["bundle", id, "series", ask],
    queryFn: ({ signal }) => api.series(id, ask, signal),
    placeholderData: keepPreviousData,
    ...FOREVER,
  });
export const pointsQuery = (id: string, ids: readonly number[], from?: string, to?: string) =>
  queryOptions({
    queryKey: ["bundle", id, "points", ids, from, to],
    queryFn: ({ signal }) => api.seriesPoints(id, ids, from, to, signal),
    placeholderData: keepPreviousData,
    enabled: ids.length > 0,
    ...FOREVER,
  });

export const facetsQuery = (id: string, filter: LineFilter) =>
  queryOptions({
    queryKey: ["bundle", id, "facets", filter],
    queryFn: ({ signal }) => api.facets(id, filter, signal),
    placeholderData: keepPreviousData,
    ...FOREVER,
  });
export const fieldFacetQuery = (id: string, field: string, filter: LineFilter, limit: number) =>
  queryOptions({
    queryKey: ["bundle", id, "facets", field, filter, limit],
    queryFn: ({ signal }) => api.fieldFacet(id, field, filter, limit, signal),
    placeholderData: keepPreviousData,
    ...FOREVER,
  });
export const queryFieldsQuery = (id: string) =>
  queryOptions({ queryKey: ["bundle", id, "fields"], queryFn: () => api.queryFields(id), ...FOREVER });
export const contextQuery = (id: string, row: number, count: number) =>
  queryOptions({
    queryKey: ["bundle", id, "context", row, count],
    queryFn: ({ signal }) => api.context(id, row, count, signal),
    placeholderData: keepPreviousData,
    ...FOREVER,
  });
export const histogramQuery = (id: string, filter: LineFilter, buckets: number) =>
  queryOptions({
    queryKey: ["bundle", id, "histogram", filter, buckets],
    queryFn: ({ signal }) => api.histogram(id, filter, buckets, signal),
    placeholderData: keepPreviousData,
    ...FOREVER,
  });
export const templatesQuery = (id: string, filter: LineFilter) =>
  queryOptions({
    queryKey: ["bundle", id, "templates", filter],
    queryFn: ({ signal }) => api.templates(id, filter, 300, signal),
    placeholderData: keepPreviousData,
    ...FOREVER,
  });
export const lineQuery = (id: string, row: number) =>
  queryOptions({
    queryKey: ["bundle", id, "line", row],
    queryFn: ({ signal }) => api.line(id, row, signal),
    ...FOREVER,
  });
