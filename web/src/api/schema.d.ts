// Written by `npm run types` from crates/mainstay-server/openapi.json; do not edit.

export interface paths {
    "/audit/checkpoints": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The signed checkpoints, oldest first */
        get: operations["list_checkpoints"];
        put?: never;
        /** Sign what the log is now; 204 when nothing happened since the last checkpoint */
        post: operations["make_checkpoint"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/audit/checkpoints/{number}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A checkpoint as a file to keep elsewhere */
        get: operations["download_checkpoint"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/audit/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The events of the log, newest first */
        get: operations["list_audit_events"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/audit/events/{seq}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One event with what it says */
        get: operations["show_audit_event"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/audit/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The whole log, a line of JSON per event, as a download */
        get: operations["export_log"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/audit/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Verify every event, head, checkpoint and stored bundle */
        post: operations["verify_log"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/bundles/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One bundle */
        get: operations["show_bundle"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/bundles/{id}/cited": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What stands at a line of a file: a record, a span, a metric point */
        get: operations["show_cited"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/bundles/{id}/comparison": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How the bundle differs from one without fault */
        get: operations["show_comparison"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/bundles/{id}/contrast": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Values and templates whose share differs inside the filter's time and beside it */
        get: operations["show_contrast"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/bundles/{id}/facets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How many records each value of a field would show */
        get: operations["show_facets"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/bundles/{id}/facets/{field}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The commonest values of any field of the lines that pass the filter */
        get: operations["show_field_facet"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/bundles/{id}/fields": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The fields that a query can name: those of every record, and those that the texts name */
        get: operations["list_query_fields"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/bundles/{id}/files": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every file of the bundle and how it was read */
        get: operations["list_files"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/bundles/{id}/findings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What is odd, with the lines that show it */
        get: operations["list_findings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/bundles/{id}/histogram": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How many records fall into each bucket of time */
        get: operations["show_histogram"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/bundles/{id}/lines": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A window of the lines that pass the filter, in order of time */
        get: operations["list_lines"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/bundles/{id}/lines/next": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The next line with a level or a text */
        get: operations["next_line"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/bundles/{id}/lines/position": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where a line stands among the lines that pass the filter */
        get: operations["find_line"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/bundles/{id}/lines/{row}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Everything about one record */
        get: operations["show_line"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/bundles/{id}/lines/{row}/context": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The records around one in its file, whatever the filter */
        get: operations["show_context"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/bundles/{id}/matches": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The known troubles that a bundle looks like, best first */
        get: operations["list_matches"];
        put?: never;
        /** Set a bundle beside the active signatures again */
        post: operations["match_again"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/bundles/{id}/matches/{signature}/answer": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say whether a match is right */
        post: operations["answer_match"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/bundles/{id}/problems": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What could not be read, and why */
        get: operations["list_problems"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/bundles/{id}/ranking": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The verdict and the ranked suspects */
        get: operations["show_ranking"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/bundles/{id}/redaction": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** By which rules a bundle was redacted, how much was hidden, and who may look behind it */
        get: operations["show_redaction"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/bundles/{id}/reference": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say which bundle of the case shows the system of this one without fault */
        post: operations["choose_reference"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/bundles/{id}/report.html": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The offline HTML report, as a download */
        get: operations["download_report"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/bundles/{id}/reveal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Whom a pseudonym stands for; every look is written into the log first */
        post: operations["reveal_identity"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/bundles/{id}/series": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A window of the metric series, those that changed most first */
        get: operations["list_series"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/bundles/{id}/series/points": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The points of some series, each in steps of equal length */
        get: operations["show_points"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/bundles/{id}/sources": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where its log lines come from */
        get: operations["list_sources"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/bundles/{id}/templates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The commonest templates of the lines that pass the filter */
        get: operations["list_templates"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/bundles/{id}/traces": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A window of the traces, worst first */
        get: operations["list_traces"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/bundles/{id}/traces/{trace}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One trace, parents before children, with its critical path */
        get: operations["show_trace"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cases": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A page of the queue */
        get: operations["list_cases"];
        put?: never;
        /** Open a case */
        post: operations["open_case"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cases/counts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How many cases each view holds */
        get: operations["count_cases"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cases/{number}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One case */
        get: operations["show_case"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cases/{number}/assign": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Give the case to somebody, or back */
        post: operations["assign_case"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cases/{number}/bundles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send a bundle to a case; the body is the file as it is */
        post: operations["send_bundle"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cases/{number}/clocks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The clocks of a case, each laid open segment by segment */
        get: operations["show_clocks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cases/{number}/close": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Close a solved case for good */
        post: operations["close_case"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cases/{number}/customer": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say whose case it is: somebody of the list, or free text */
        post: operations["set_customer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cases/{number}/customer-comments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Write down what the customer said; an answer makes it our turn */
        post: operations["record_customer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cases/{number}/decisions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Write down what was decided, for who comes later */
        post: operations["decide"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cases/{number}/evidence": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What is pinned to a case */
        get: operations["list_evidence"];
        put?: never;
        /** Pin the record that begins at a line; the same line twice gives the same evidence */
        post: operations["pin_evidence"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cases/{number}/evidence/{evidence}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a citation leads to, pinned or not */
        get: operations["show_evidence"];
        put?: never;
        post?: never;
        /** Take a pin off; its number stays taken and readable */
        delete: operations["unpin_evidence"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cases/{number}/handoff": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Accept, refuse, ask or answer about a case that waits in a packet */
        post: operations["decide_handoff"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cases/{number}/hypotheses": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What was taken up in a case */
        get: operations["list_hypotheses"];
        put?: never;
        /** Take up a suspect of the ranking; the same one twice gives the same number */
        post: operations["pin_hypothesis"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cases/{number}/hypotheses/{hypothesis}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a citation of a hypothesis leads to */
        get: operations["show_hypothesis"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cases/{number}/hypotheses/{hypothesis}/judgement": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say what was found out about a hypothesis, and why */
        post: operations["judge_hypothesis"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cases/{number}/intake": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The intake of a case, judged now */
        get: operations["show_intake"];
        put?: never;
        /** Keep a report, and hand it over when `submit` is given */
        post: operations["report_intake"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cases/{number}/intake/accept": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take what waits; whoever takes it owns the case */
        post: operations["accept_intake"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cases/{number}/intake/assess": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What a report would score now; nothing is kept */
        post: operations["assess_intake"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cases/{number}/intake/return": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Give back what waits, with the reason; the sender owns the case again */
        post: operations["return_intake"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cases/{number}/links": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a case is to others, and who hears of it */
        get: operations["show_related"];
        put?: never;
        /** Link two cases; both timelines tell it */
        post: operations["link_case"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cases/{number}/merge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Merge a case into another one of the same customer; it leads there for ever */
        post: operations["merge_case"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cases/{number}/mitigations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The mitigations of a case, the newest first */
        get: operations["list_mitigations"];
        put?: never;
        /** Propose a mitigation, with what may break and the way back */
        post: operations["propose_mitigation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cases/{number}/mitigations/{mitigation}/state": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say how far a mitigation is; one of high risk is approved by another person first */
        post: operations["move_mitigation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cases/{number}/next-step": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What is done next on a case; null when nothing is written down */
        get: operations["show_next_step"];
        put?: never;
        /** Say what is done next on a case, by whom and until when */
        post: operations["set_next_step"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cases/{number}/no-signature": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say that a case leaves no signature, and why */
        post: operations["decline_signature"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cases/{number}/notes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Write a note; evidence is cited as `[E7]` or `MS-1042/E7` */
        post: operations["write_note"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cases/{number}/previews": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send a bundle and see what would be hidden; it waits sealed for `attach` and is forgotten else */
        post: operations["preview_bundle"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cases/{number}/previews/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Attach a bundle that was looked at */
        post: operations["attach_preview"];
        /** Forget a bundle that was looked at */
        delete: operations["forget_preview"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cases/{number}/re-evaluate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Move a case to the newest policies; what has passed stays passed */
        post: operations["re_evaluate_clocks"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cases/{number}/reopen": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Open a resolved case again */
        post: operations["reopen_case"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cases/{number}/resolve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Resolve the case */
        post: operations["resolve_case"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cases/{number}/severity": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Set how urgent the case is */
        post: operations["set_severity"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cases/{number}/signature-proposal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the case could leave behind */
        get: operations["propose_signature"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cases/{number}/signatures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The signatures that a case left */
        get: operations["list_case_signatures"];
        put?: never;
        /** Draft the signature that a case leaves */
        post: operations["draft_signature"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cases/{number}/split": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Open a case with a part of this one; nothing leaves this one */
        post: operations["split_case"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cases/{number}/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say whose turn it is: open, pending or hold */
        post: operations["set_status"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cases/{number}/swarms": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The swarms of a case, the newest first */
        get: operations["list_swarms"];
        put?: never;
        /** Call people together on a case; one swarm runs at a time */
        post: operations["open_swarm"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cases/{number}/swarms/{swarm}/close": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Close a swarm with its decision; there is no other end */
        post: operations["close_swarm"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cases/{number}/swarms/{swarm}/join": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Join a swarm; the owner of the case stays its owner */
        post: operations["join_swarm"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cases/{number}/swarms/{swarm}/leave": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Leave a swarm */
        post: operations["leave_swarm"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cases/{number}/swarms/{swarm}/tried": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Write down what was tried, and what it showed */
        post: operations["try_in_swarm"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cases/{number}/timeline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What happened in a case, oldest first */
        get: operations["show_timeline"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cases/{number}/unlink": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take a link away; what was told of it stays */
        post: operations["unlink_case"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cases/{number}/unmerge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take a merge back, whenever it was */
        post: operations["unmerge_case"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/customers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A page of customers, by name */
        get: operations["list_customers"];
        put?: never;
        /** Add a customer */
        post: operations["add_customer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/customers/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One customer */
        get: operations["show_customer"];
        /** Change what is known of a customer; `If-Match` holds the version that was edited */
        put: operations["change_customer"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/customers/{id}/cases": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The cases of a customer, open ones in front */
        get: operations["list_customer_cases"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Live events; resume with `Last-Event-ID` */
        get: operations["follow_events"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/handoffs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Packets that wait for me, that I sent, or that nobody took in time */
        get: operations["list_handoffs"];
        put?: never;
        /** Send a packet; the giver owns each case until the receiver accepts it */
        post: operations["send_handoff"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/handoffs/draft": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** My open cases as they would stand in a packet now */
        get: operations["draft_handoff"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/handoffs/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One packet */
        get: operations["show_handoff"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/handoffs/{id}/packet.html": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The same as a page of its own, as a download */
        get: operations["export_handoff_page"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/handoffs/{id}/packet.md": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The packet as it was sent, as Markdown */
        get: operations["export_handoff"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/home": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The shift desk of whoever asks */
        get: operations["show_home"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/intake/checklists": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The checklists; version 0 when none was published and the built-in one holds */
        get: operations["show_checklists"];
        put?: never;
        /** Publish the next version; `If-Match` holds the newest version the caller saw */
        post: operations["publish_checklists"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/intake/mail": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take a mail with a report: it is handed over if its score lets it, and kept otherwise */
        post: operations["take_mail"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/intake/return-rates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How often intake came back within 90 days: per team for who may see all, else one's own */
        get: operations["list_return_rates"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/people": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Everybody with an account */
        get: operations["list_people"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/people/at-work": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Everybody with who works now, what they carry and how well they know an area */
        get: operations["list_people_at_work"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/people/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One person */
        get: operations["show_person"];
        /** Change what is known of a person; `If-Match` holds the version that was edited */
        put: operations["change_person"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/people/{id}/remove": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take somebody from the desk; their open cases go where it is said */
        post: operations["remove_person"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/redaction/rules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The redaction rules; version 0 when none was published */
        get: operations["show_redaction_rules"];
        put?: never;
        /** Publish the next version; `If-Match` holds the newest version the caller saw */
        post: operations["publish_redaction_rules"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/redaction/rules/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The versions of the redaction rules, the newest first */
        get: operations["list_redaction_rules"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/redaction/try": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What rules make of a few lines, and every mistake of the rules; nothing is kept */
        post: operations["try_redaction"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sample": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Load the sample desk; a second call loads nothing twice */
        post: operations["load_sample"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who is signed in, and what they may do */
        get: operations["show_session"];
        put?: never;
        /** Sign in; the session comes as a cookie */
        post: operations["sign_in"];
        /** Sign out; the session ends at once */
        delete: operations["sign_out"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/shift/end": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say that one's shift is over */
        post: operations["end_shift"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/shift/start": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say that one's shift begins */
        post: operations["start_shift"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/signatures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A page of signatures, newest first */
        get: operations["list_signatures"];
        put?: never;
        /** Draft a signature that comes from elsewhere */
        post: operations["import_signature"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/signatures/{signature}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One signature, with its history and the bundles that look like it */
        get: operations["show_signature"];
        /** Change its text; `If-Match` holds the version that was edited */
        put: operations["edit_signature"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/signatures/{signature}/activate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Match bundles with it from now on */
        post: operations["activate_signature"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/signatures/{signature}/retire": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Match bundles with it no more */
        post: operations["retire_signature"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sla/policies": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The policies; version 0 when none was published */
        get: operations["show_policies"];
        put?: never;
        /** Publish the next version; `If-Match` holds the newest version the caller saw */
        post: operations["publish_policies"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sla/simulate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The clocks of a made-up history, as docs/sla.md describes */
        post: operations["simulate_clocks"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/teams": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All teams, by name */
        get: operations["list_teams"];
        put?: never;
        /** Add a team */
        post: operations["add_team"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/teams/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Change a team; `If-Match` holds the version that was edited */
        put: operations["change_team"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description A time away. */
        Absence: {
            /** @description The id of whoever is asked meanwhile. */
            cover?: string | null;
            from: string;
            kind: components["schemas"]["AbsenceKind"];
            /** @description From here on they are back. */
            to: string;
        };
        /** @enum {string} */
        AbsenceKind: "leave" | "sick" | "training" | "duty" | "other";
        AnswerMatch: {
            answer: components["schemas"]["MatchAnswer"];
            /** @description Needed for one that is not this trouble. */
            reason?: string;
        };
        AssignCase: {
            /** @description The id of a person, or null to give it back. */
            assignee?: string | null;
        };
        /** @enum {string} */
        Audience: "internal" | "public";
        /** @description One event, without what it says. */
        AuditEntry: {
            actor: components["schemas"]["Person"];
            at: string;
            /** @description The case it is about, as MS-1042 */
            case_number?: string | null;
            /** @description The request it belongs to */
            correlation: string;
            hash: string;
            /** @description `case.noted`, ... */
            kind: string;
            /** @description `ui`, `api`, `cli`, `automation`, ... */
            origin: string;
            /** @description When the database wrote it down */
            recorded_at: string;
            /**
             * Format: int64
             * @description Its place in this database
             */
            seq: number;
            /** @description `case/<id>`, `bundle/<id>`, `policies`, `admin` */
            stream: string;
            /**
             * Format: int64
             * @description Its place in its stream
             */
            version: number;
        };
        /** @description An event with what it says. */
        AuditEvent: components["schemas"]["AuditEntry"] & {
            /** @description JSON, byte for byte as it was hashed; null once it is erased */
            body?: string | null;
            /** @description The hash of the event before it in its stream */
            prev_hash: string;
        };
        /** @description Something that is not as it was written. */
        AuditFault: {
            /** @description A stream, the number of a checkpoint, an id, or the address of evidence */
            place: string;
            /**
             * Format: int64
             * @description The version in the stream, where it is an event
             */
            version?: number | null;
            what: string;
        };
        /** @description A page of events, newest first. */
        AuditPage: {
            items: components["schemas"]["AuditEntry"][];
            next_cursor?: string | null;
        };
        /** @description What a verification found. */
        AuditReport: {
            /** Format: int64 */
            bundles: number;
            /** Format: int64 */
            checkpoints: number;
            /** @description Everything is as it was written. */
            clean: boolean;
            /** Format: int64 */
            events: number;
            faults: components["schemas"]["AuditFault"][];
            /** Format: int64 */
            streams: number;
        };
        Bucket: {
            /** Format: int64 */
            all: number;
            /** Format: int64 */
            error: number;
            /** Format: int64 */
            warn: number;
        };
        Bundle: {
            case_number: string;
            /** Format: int64 */
            errors: number;
            /** @description Why nothing could be read, and what to do. */
            failure?: string | null;
            /** Format: int64 */
            files: number;
            first?: string | null;
            id: string;
            /**
             * Format: int64
             * @description How many pseudonyms lead back by the sealed map; null where no map was kept.
             */
            identities?: number | null;
            last?: string | null;
            /** Format: int64 */
            lines: number;
            name: string;
            /** Format: int64 */
            problems: number;
            progress?: components["schemas"]["Progress"] | null;
            received_at: string;
            received_by: components["schemas"]["Person"];
            /** Format: int64 */
            records: number;
            /** Format: int64 */
            redactions: number;
            /** @description The bundle of the case that shows the same system without fault. */
            reference?: string | null;
            rules?: components["schemas"]["RulesUsed"] | null;
            /** Format: int64 */
            size_bytes: number;
            state: components["schemas"]["BundleState"];
            /** Format: int64 */
            templates: number;
        };
        /** @description One file of the bundle and how it was read. */
        BundleFile: {
            /**
             * Format: float
             * @description Share of the sample that fits the format, 0 to 1.
             */
            confidence: number;
            first?: string | null;
            /** @description For people: `CRI › Spring Boot`. */
            format: string;
            /** Format: int32 */
            id: number;
            /**
             * Format: int64
             * @description Spans, samples or objects.
             */
            items: number;
            kind: string;
            last?: string | null;
            /** Format: int64 */
            lines: number;
            note?: string | null;
            path: string;
            /** Format: int64 */
            problems: number;
            read: boolean;
            /** Format: int64 */
            records: number;
            /** Format: int64 */
            redactions: number;
            /** Format: int64 */
            size_bytes: number;
            /** Format: int32 */
            source?: number | null;
        };
        /** @description What would be hidden in a bundle that waits for a decision. */
        BundlePreview: {
            /** @description Those with something hidden or withheld, the most first. */
            files: components["schemas"]["PreviewFile"][];
            /** Format: int64 */
            files_total: number;
            id: string;
            kinds: components["schemas"]["HiddenKind"][];
            /**
             * Format: int64
             * @description What could not be opened or read.
             */
            problems: number;
            rules?: components["schemas"]["RulesUsed"] | null;
            /** Format: int64 */
            size_bytes: number;
        };
        /** @description How a bundle was redacted, and who may look behind it. */
        BundleRedaction: {
            /** @description Has the desk a reveal key now? */
            has_key: boolean;
            /**
             * Format: int64
             * @description How many pseudonyms lead back by the sealed map; null where no map was kept.
             */
            identities?: number | null;
            kinds: components["schemas"]["HiddenKind"][];
            may_reveal: components["schemas"]["Role"][];
            rules?: components["schemas"]["RulesUsed"] | null;
        };
        /** @enum {string} */
        BundleState: "reading" | "ready" | "failed";
        CarriedBreach: {
            /** Format: int64 */
            elapsed_s: number;
            /** @description `first_reply_time`, ... */
            metric: string;
            /** Format: int32 */
            number: number;
            /** Format: int64 */
            target_s: number;
        };
        /** @description The clocks of a case at a moment. */
        CaseClocks: {
            at: string;
            clocks: components["schemas"]["Clock"][];
            /**
             * Format: int32
             * @description The newest version there is.
             */
            newest?: number | null;
            /**
             * Format: int32
             * @description The version of the policies whose promises hold.
             */
            policies?: number | null;
        };
        /** @description How many cases each view holds. */
        CaseCounts: {
            /** Format: int64 */
            all: number;
            /** Format: int64 */
            mine: number;
            /** Format: int64 */
            resolved: number;
            /** Format: int64 */
            unowned: number;
            /**
             * Format: int64
             * @description Intake that waits for a decision.
             */
            waiting: number;
        };
        /** @description A whole case, without its timeline. */
        CaseDetail: components["schemas"]["CaseSummary"] & {
            bundle_list: components["schemas"]["Bundle"][];
            description: string;
            description_html: string;
            gate?: components["schemas"]["Gate"] | null;
            opened_by: components["schemas"]["Person"];
            resolution?: string | null;
        };
        /** @description How far the intake of a case is. */
        CaseIntake: {
            /** Format: int32 */
            score: number;
            state: components["schemas"]["IntakeState"];
        };
        /** @description A link as one of its cases says it. */
        CaseLink: {
            customer: string;
            linked_at: string;
            linked_by: components["schemas"]["Person"];
            /** @description Where the other case went. */
            merged_into?: string | null;
            /** @description The other case. */
            number: string;
            reason: string;
            /** @description `duplicate-of`, `caused-by`, ...; from the other end `duplicated-by`, `causes`, ... */
            relation: string;
            severity: components["schemas"]["Severity"];
            status: components["schemas"]["CaseStatus"];
            subject: string;
        };
        /** @enum {string} */
        CaseStatus: "new" | "open" | "pending" | "hold" | "solved" | "closed";
        /** @description A row of the queue. */
        CaseSummary: {
            assignee?: components["schemas"]["Person"] | null;
            /** Format: int64 */
            bundles: number;
            /** Format: int64 */
            bundles_reading: number;
            /**
             * Format: int64
             * @description For `If-Match`.
             */
            case_version: number;
            clock?: components["schemas"]["NextClock"] | null;
            customer: string;
            /** @description Who was chosen from the list; a case of free text has none. */
            customer_id?: string | null;
            /** Format: int64 */
            evidence: number;
            id: string;
            intake?: components["schemas"]["CaseIntake"] | null;
            /** @description Where it went; nothing is written to it any more. */
            merged_into?: string | null;
            /** Format: int64 */
            notes: number;
            /** @description `MS-1042` */
            number: string;
            opened_at: string;
            product: string;
            /** @description When the customer was promised to hear from us. */
            promised_at?: string | null;
            sample: boolean;
            severity: components["schemas"]["Severity"];
            status: components["schemas"]["CaseStatus"];
            subject: string;
            /** @description Of the customer, as it was when they were chosen. */
            tier: string;
            updated_at: string;
            version: string;
            /** @description Who has the ball while it is on hold. */
            waits_on: string;
        };
        /** @description A restart, a kill, an image or a setting. */
        Change: {
            about: string;
            at?: string | null;
            cites: components["schemas"]["Cite"][];
            detail: string;
            kind: string;
        };
        /** @description A published version of the checklists. */
        Checklists: {
            published_at?: string | null;
            published_by?: components["schemas"]["Person"] | null;
            reason: string;
            /** @description Checklists, as docs/intake.md describes. */
            set: unknown;
            /**
             * Format: int32
             * @description From 1; 0 when none was published and the built-in one holds.
             */
            version: number;
        };
        /** @description A signed checkpoint. */
        Checkpoint: {
            /** Format: int64 */
            events?: number | null;
            made_at?: string | null;
            /** Format: int64 */
            number: number;
            public_key: string;
            /** Format: int64 */
            streams?: number | null;
        };
        ChooseReference: {
            /** @description Another bundle of the case, or null to look at this one alone. */
            reference?: string | null;
        };
        /** @description A line of a file, of this bundle or of the reference. */
        Cite: {
            bundle_id: string;
            /** Format: int32 */
            file: number;
            /**
             * Format: int64
             * @description From 1; what it means is told by `cited`.
             */
            line: number;
            path: string;
        };
        /** @description What stands at a line of a file. */
        Cited: {
            at?: string | null;
            /** Format: int64 */
            line?: number | null;
            metric?: string | null;
            /**
             * Format: int64
             * @description Of a record: its number, and its first line.
             */
            row?: number | null;
            /** Format: int32 */
            series?: number | null;
            span?: string | null;
            trace?: string | null;
            /** @description `line`, `span`, `sample` or `file` */
            what: string;
        };
        /** @description One run of a metric against its target, laid open. */
        Clock: {
            activated_at: string;
            /** @description When the count passed the target. */
            breached_at?: string | null;
            calendar: string;
            /** @description When the target is reached if nothing happens. */
            due_at?: string | null;
            /**
             * Format: int64
             * @description Counted seconds.
             */
            elapsed_s: number;
            ended_at?: string | null;
            /** @description `first_reply_time`, ... */
            metric: string;
            /**
             * Format: int64
             * @description The run of the metric, from 1.
             */
            number: number;
            policy: string;
            /** @description The next opening, where `due_at` is a closing time. */
            reopens_at?: string | null;
            /** @description They tile the run, and the counted ones add up to `elapsed_s`. */
            segments: components["schemas"]["Segment"][];
            state: components["schemas"]["ClockState"];
            /** Format: int64 */
            target_s: number;
        };
        /**
         * @description How a clock stands.
         * @enum {string}
         */
        ClockState: "on_track" | "due_soon" | "due_now" | "breached" | "paused" | "met" | "cancelled" | "exhausted";
        CloseCase: {
            gate: components["schemas"]["Gate"];
            /** @description Anything that the answers do not say. */
            reason?: string;
        };
        CloseSwarm: {
            decision: string;
            outcome: components["schemas"]["SwarmOutcome"];
            /** @description The id of who does the next step; needed for `next_step`. */
            owner?: string | null;
        };
        ComparedSide: {
            bundle_id: string;
            /** Format: int64 */
            errors: number;
            /** Format: int64 */
            messages: number;
            name: string;
            /** Format: int64 */
            records: number;
        };
        /** @description How a bundle differs from the one without fault. */
        Comparison: {
            bad: components["schemas"]["ComparedSide"];
            /** Format: int64 */
            both: number;
            /** @description Only in the bad one. */
            changes: components["schemas"]["Change"][];
            gone: components["schemas"]["MessageShift"][];
            gone_components: string[];
            /** Format: int64 */
            gone_others: number;
            good: components["schemas"]["ComparedSide"];
            /**
             * Format: int64
             * @description Messages of either: gone + new + both = all.
             */
            messages: number;
            metrics: components["schemas"]["MetricShift"][];
            new: components["schemas"]["MessageShift"][];
            new_components: string[];
            /** Format: int64 */
            new_others: number;
            shifted: components["schemas"]["MessageShift"][];
            /** Format: int64 */
            shifted_others: number;
            values: components["schemas"]["ValueShift"][];
        };
        /**
         * @description Who says that it is over.
         * @enum {string}
         */
        Confirmation: "customer" | "monitoring" | "nobody";
        /** @description What a window of time has more of than the rest of the records. */
        Contrast: {
            /** Format: int64 */
            compared: number;
            /** @description Most different first. */
            fields: components["schemas"]["FieldContrast"][];
            /** Format: int64 */
            inside: number;
            /** Format: int64 */
            outside: number;
            /**
             * Format: int64
             * @description Values in texts were counted on so many records of either side at most.
             */
            sampled?: number | null;
            /** Format: int64 */
            untimed: number;
        };
        /** @description One summand of a score. */
        Contribution: {
            cites: components["schemas"]["Cite"][];
            detail: string;
            group: string;
            name: string;
            /**
             * Format: double
             * @description Below zero it was taken away.
             */
            value: number;
        };
        /** @description Signing in. */
        Credentials: {
            login: string;
            password: string;
        };
        Customer: {
            added_at: string;
            /** Format: int64 */
            cases: number;
            changed_at: string;
            changed_by: components["schemas"]["Person"];
            id: string;
            /** Format: int64 */
            open_cases: number;
            profile: components["schemas"]["CustomerProfile"];
            /**
             * Format: int64
             * @description For `If-Match`.
             */
            version: number;
        };
        /** @description Somebody there. */
        CustomerContact: {
            email?: string;
            name: string;
            /** @description What they are asked about. */
            role?: string;
        };
        /** @description What is known of a customer: one document, changed as a whole. */
        CustomerProfile: {
            contacts?: components["schemas"]["CustomerContact"][];
            entitlements?: string[];
            name: string;
            /** @description Where their data may be. */
            residency?: string;
            /** @description `platinum`, `gold`: whatever the policies call it. */
            tier?: string;
            uses?: components["schemas"]["CustomerUse"][];
        };
        /** @description A product that runs there. */
        CustomerUse: {
            /** @description `production`, `staging`, ... */
            environment?: string;
            product: string;
            version?: string;
        };
        /** @description What is said about one case of a packet; `text` is the reason, the question or the answer. */
        DecideHandoff: {
            decision: components["schemas"]["HandoffDecision"];
            /** @description The packet that was read; another one that waits is then a conflict. */
            handoff_id?: string | null;
            text?: string;
        };
        DecideInCase: {
            /** @description One line. */
            decision: string;
            reason: string;
        };
        DraftSignature: {
            /** @description The bundle it was drawn from. */
            bundle_id?: string | null;
            text: string;
        };
        /** @description A pinned line: what a citation leads to. */
        Evidence: {
            at?: string | null;
            /**
             * Format: int32
             * @description Where the message starts in `excerpt`, in UTF-16 units; 0 when the bundle cannot be asked.
             */
            body_start: number;
            bundle_id: string;
            /** @description `MS-1042/E7` */
            citation: string;
            excerpt: string;
            /** Format: int32 */
            file: number;
            level?: components["schemas"]["Level"] | null;
            /** Format: int64 */
            line: number;
            /** @description `E7` */
            number: string;
            pinned: boolean;
            pinned_at: string;
            pinned_by: components["schemas"]["Person"];
            source: string;
        };
        Excluded: {
            component: string;
            from: string;
            until: string;
            what: string;
        };
        FacetValue: {
            /** Format: int64 */
            count: number;
            label: string;
            value: string;
        };
        Facets: {
            files: components["schemas"]["FacetValue"][];
            levels: components["schemas"]["FacetValue"][];
            sources: components["schemas"]["FacetValue"][];
        };
        FieldContrast: {
            /**
             * Format: double
             * @description 0 the same, 1 nothing in common.
             */
            distance: number;
            field: string;
            /** Format: int64 */
            others: number;
            values: components["schemas"]["ValueContrast"][];
        };
        /**
         * @description The commonest values of a field: the counts, `others_records` and `without` are all records that
         *     pass.
         */
        FieldFacet: {
            /** Format: int64 */
            others: number;
            /** Format: int64 */
            others_records: number;
            values: components["schemas"]["FacetValue"][];
            /**
             * Format: int64
             * @description Records that have no such field.
             */
            without: number;
        };
        /** @description Something odd, with the lines that show it. */
        Finding: {
            at?: string | null;
            cites: components["schemas"]["Place"][];
            detail: string;
            /** Format: int32 */
            id: number;
            kind: string;
            severity: string;
            title: string;
            until?: string | null;
        };
        /** @description What a case is closed with: all of it is asked. */
        Gate: {
            article: components["schemas"]["Left"];
            cause: string;
            confirmed: components["schemas"]["Confirmation"];
            /** @description Who said it and where, or why nobody did. */
            confirmed_how: string;
            signature: components["schemas"]["Left"];
        };
        /** @description A packet that was sent. */
        Handoff: {
            /** @description When the lead is told of what nobody took. */
            answer_by: string;
            cases: components["schemas"]["HandoffSent"][];
            /** @description No part was left empty by the giver. */
            complete: boolean;
            giver: components["schemas"]["Person"];
            id: string;
            lead?: components["schemas"]["Person"] | null;
            note: string;
            /**
             * Format: int64
             * @description How often somebody had to ask.
             */
            questions: number;
            /** @description The person or the team, as it is called now. */
            receiver: string;
            sent_at: string;
            to_person?: string | null;
            to_team?: string | null;
            told_at?: string | null;
        };
        /** @description A case as it stands in a packet, or would now. */
        HandoffCase: {
            /** @description What is new since the last packet of this case. */
            difference: string[];
            /** @description The parts that the giver left empty. */
            missing: string[];
            number: string;
            parts: components["schemas"]["HandoffParts"];
            promised_at?: string | null;
            severity: components["schemas"]["Severity"];
            step_due?: string | null;
            /** @description The id of whoever does the next step. */
            step_owner?: string | null;
            subject: string;
        };
        /** @enum {string} */
        HandoffDecision: "accept" | "refuse" | "ask" | "answer";
        /** @description The parts of a case in a packet; an empty one is sent as "none". */
        HandoffParts: {
            /** @default  */
            clocks: string;
            /** @default  */
            hypotheses: string;
            /** @default  */
            next_step: string;
            /** @default  */
            open: string;
            /** @default  */
            people: string;
            /** @default  */
            promise: string;
            /** @default  */
            risks: string;
            /** @default  */
            state: string;
            /** @default  */
            tried: string;
        };
        HandoffQuestion: {
            answer?: string | null;
            answered_at?: string | null;
            answered_by?: components["schemas"]["Person"] | null;
            asked_at: string;
            asked_by: components["schemas"]["Person"];
            /** Format: int32 */
            number: number;
            question: string;
        };
        /** @description A case of a packet, and what became of it. */
        HandoffSent: components["schemas"]["HandoffCase"] & {
            asked: components["schemas"]["HandoffQuestion"][];
            /** @description What changed since it was sent, while it waits. */
            changed: string[];
            decided_at?: string | null;
            decided_by?: components["schemas"]["Person"] | null;
            /** @description Why it was refused. */
            reason?: string | null;
            state: components["schemas"]["HandoffState"];
        };
        /** @enum {string} */
        HandoffState: "waiting" | "accepted" | "refused" | "replaced" | "void";
        HiddenKind: {
            /** Format: int64 */
            count: number;
            kind: string;
        };
        Histogram: {
            buckets: components["schemas"]["Bucket"][];
            start?: string | null;
            /** Format: int64 */
            total: number;
            /**
             * Format: int64
             * @description Records without a time.
             */
            untimed: number;
            /** Format: int64 */
            width_us: number;
        };
        /** @description What one person sees when they come in. */
        Home: {
            at: string;
            /** Format: int64 */
            at_risk: number;
            changed: components["schemas"]["HomeChange"][];
            /** @description My open cases, what is due first in front. */
            due: components["schemas"]["HomeCase"][];
            inbox: components["schemas"]["Handoff"][];
            /** @description What nobody took in time, if I am to see to it. */
            late: components["schemas"]["Handoff"][];
            me: components["schemas"]["PersonAtWork"];
            sent: components["schemas"]["Handoff"][];
            /** @description What changed is told since then. */
            since: string;
            team: components["schemas"]["PersonAtWork"][];
            /** Format: int64 */
            unowned: number;
        };
        HomeCase: components["schemas"]["CaseSummary"] & {
            next_step?: components["schemas"]["NextStep"] | null;
        };
        /** @description A case of mine that others worked on. */
        HomeChange: {
            actor: components["schemas"]["Person"];
            at: string;
            /** Format: int64 */
            entries: number;
            /** @description The kind of the newest entry of its timeline. */
            kind: string;
            number: string;
            severity: components["schemas"]["Severity"];
            subject: string;
        };
        /** @description A hypothesis as it was stated when somebody took it up, and the newest judgement of it. */
        Hypothesis: {
            bundle_id: string;
            /** @description `MS-1042/H2` */
            citation: string;
            component: string;
            judged_at?: string | null;
            judged_by?: components["schemas"]["Person"] | null;
            judgement?: components["schemas"]["Judgement"] | null;
            kind: string;
            /** @description `H2` */
            number: string;
            pinned_at: string;
            pinned_by: components["schemas"]["Person"];
            /** @description Markdown as written. */
            reason?: string | null;
            /** @description The same, rendered and cleaned. */
            reason_html?: string | null;
            /** @description The bundle without fault it was ranked against. */
            reference?: string | null;
            statement: string;
        };
        /** @description Somebody who hears what is said in the case. */
        Informed: {
            /** @description Empty when nobody told us. */
            address: string;
            name: string;
            /** @description The case they answer to; a merged one leads on. */
            replies_to: string;
        };
        /** @description The intake of a case, judged now. */
        Intake: {
            assessment: components["schemas"]["IntakeAssessment"];
            case_number: string;
            report: components["schemas"]["IntakeReport"];
            reported_at?: string | null;
            reported_by?: components["schemas"]["Person"] | null;
            /**
             * Format: int32
             * @description For `seen`; 0 before anything was reported.
             */
            revision: number;
            rounds: components["schemas"]["IntakeRound"][];
            state?: components["schemas"]["IntakeState"] | null;
        };
        IntakeAssessment: {
            checklist: string;
            items: components["schemas"]["IntakeItem"][];
            passes: boolean;
            /** Format: int32 */
            score: number;
            /**
             * Format: int32
             * @description What is needed to submit; none for P1.
             */
            threshold?: number | null;
            /**
             * Format: int32
             * @description The version of the checklists; 0 for the built-in one.
             */
            version: number;
        };
        IntakeDecision: {
            at: string;
            by: components["schemas"]["Person"];
            missing: string[];
            note: string;
            /** @description A reason to return; empty for what was accepted. */
            reason: string;
            state: components["schemas"]["IntakeState"];
        };
        IntakeImpact: {
            /** @default  */
            effect: string;
            /** @default  */
            how_many: string;
            /** @default  */
            who: string;
            /** @default  */
            workaround: string;
        };
        /** @description An item of the checklist, judged. */
        IntakeItem: {
            /** @description What to run to fill the gap. */
            command: string;
            /** @description How to find it out. */
            hint: string;
            item: string;
            /** @description What a question of the checklist asks; empty for what every checklist knows. */
            text: string;
            verdict: components["schemas"]["IntakeVerdict"];
            /** Format: int32 */
            weight: number;
            why: string;
        };
        /** @description What the sender answers; docs/intake.md says what is looked at. */
        IntakeReport: {
            /** @default  */
            actual: string;
            /** @default {} */
            answers: {
                [key: string]: string;
            };
            /** @default  */
            ask: string;
            /** @default  */
            changes: string;
            /** @default  */
            component: string;
            /** @default  */
            conditions: string;
            /** @default  */
            error_text: string;
            /** @default  */
            expected: string;
            /** @default  */
            frequency: string;
            /** @default  */
            hypothesis: string;
            /** @default [] */
            identifiers: string[];
            /**
             * @default {
             *       "effect": "",
             *       "how_many": "",
             *       "who": "",
             *       "workaround": ""
             *     }
             */
            impact: components["schemas"]["IntakeImpact"];
            /** @default {} */
            not_applicable: {
                [key: string]: string;
            };
            /** @default false */
            not_logged: boolean;
            /** @default  */
            owner: string;
            /** @default [] */
            steps: string[];
            /** @default [] */
            tried: components["schemas"]["IntakeTried"][];
            /** @default  */
            version: string;
            /**
             * @default {
             *       "from": "",
             *       "ongoing": false,
             *       "to": ""
             *     }
             */
            window: components["schemas"]["IntakeWindow"];
        };
        /** @description One hand-over. */
        IntakeRound: {
            decision?: components["schemas"]["IntakeDecision"] | null;
            override_reason: string;
            /** @description What the sender owes, and until when. */
            owed: string[];
            owed_by?: string | null;
            /** Format: int32 */
            round: number;
            /** Format: int32 */
            score: number;
            sender: components["schemas"]["Person"];
            submitted_at: string;
            team: string;
            /** Format: int32 */
            threshold?: number | null;
        };
        /** @enum {string} */
        IntakeState: "draft" | "waiting" | "accepted" | "returned";
        IntakeTried: {
            /** @default  */
            result: string;
            /** @default  */
            step: string;
        };
        /** @enum {string} */
        IntakeVerdict: "yes" | "no" | "not_applicable";
        /** @description When it happened, with a zone. */
        IntakeWindow: {
            /** @default  */
            from: string;
            /** @default false */
            ongoing: boolean;
            /** @default  */
            to: string;
        };
        JudgeHypothesis: {
            judgement: components["schemas"]["Judgement"];
            reason: string;
        };
        /** @enum {string} */
        Judgement: "confirmed" | "refuted" | "inconclusive";
        /** @enum {string} */
        Kept: "linked" | "created" | "not_needed";
        /** @description A pattern of the library that messages of the component fit. */
        KnownCause: {
            article: string;
            cause: string;
            check: string;
            fix: string;
            id: string;
        };
        /** @description What stays of a case for the next one. */
        Left: {
            kept: components["schemas"]["Kept"];
            /** @description Its name, or why none is needed. */
            text: string;
        };
        /**
         * @description The level a log line states for itself.
         * @enum {string}
         */
        Level: "trace" | "debug" | "info" | "notice" | "warn" | "error" | "fatal";
        /** @description One record of a log in a selection. */
        Line: {
            /**
             * Format: int32
             * @description Where the message starts in `text`, in UTF-16 units.
             */
            body_start: number;
            /** Format: int32 */
            file: number;
            level?: components["schemas"]["Level"] | null;
            /**
             * Format: int64
             * @description First physical line of the record, from 1.
             */
            line: number;
            /** Format: int32 */
            lines: number;
            /** @description Continuation lines, cut. */
            more?: string | null;
            /** Format: int32 */
            more_lines: number;
            /**
             * Format: int64
             * @description Place in this selection.
             */
            position: number;
            /**
             * Format: int64
             * @description Number of the record within the bundle; stable.
             */
            row: number;
            /** Format: int32 */
            source: number;
            template: string;
            /** @description First physical line, redacted. */
            text: string;
            time?: string | null;
            time_confidence: string;
        };
        /** @description The records around one, in the order of their file. */
        LineContext: {
            lines: components["schemas"]["Line"][];
        };
        /** @description Everything about one record. */
        LineDetail: components["schemas"]["Line"] & {
            body: string;
            header: string;
            more_full: string;
            /**
             * Format: int64
             * @description Byte offset in the unpacked original file.
             */
            offset: number;
            path: string;
            /** @description `E7` when this line is pinned in the bundle's case. */
            pinned?: string | null;
            request_id?: string | null;
            span_id?: string | null;
            trace_id?: string | null;
            variables: string[];
        };
        /** @description Where a line stands in a selection. */
        LinePosition: {
            /** Format: int64 */
            position?: number | null;
            /** Format: int64 */
            row?: number | null;
        };
        /** @description A window of a selection; `total + hidden` is every record of the bundle. */
        LineWindow: {
            /** Format: int64 */
            hidden: number;
            lines: components["schemas"]["Line"][];
            /** Format: int64 */
            offset: number;
            /** Format: int64 */
            total: number;
        };
        LinkCase: {
            /** @description The other case, like MS-1043. */
            other: string;
            reason?: string;
            /**
             * @description `duplicate-of`, `caused-by`, `affected-by`, `follow-up-of`, `split-from`, `parent-of`, or the
             *     same from the other end.
             */
            relation: string;
        };
        /** @description A mail with a report. */
        MailIntake: {
            /** @description `MS-1042`, when it belongs to a case. */
            case?: string;
            customer?: string;
            from?: string;
            /** @description The same mail twice is one case. */
            message_id: string;
            product?: string;
            report?: components["schemas"]["IntakeReport"];
            severity?: components["schemas"]["Severity"];
            subject: string;
            team?: string;
            text?: string;
            version?: string;
        };
        /**
         * @description Is it this trouble?
         * @enum {string}
         */
        MatchAnswer: "confirmed" | "not_this";
        /** @description What both have, and where the bundle says it first. */
        MatchReason: {
            feature: string;
            /**
             * Format: int32
             * @description The number of the file in the bundle.
             */
            file?: number | null;
            /** Format: int64 */
            line?: number | null;
            words: string;
        };
        MergeCase: {
            /** @description The case that stays, like MS-1042. */
            into: string;
            reason?: string;
        };
        /** @description A case that went into this one. */
        MergedCase: {
            /** @description What was late there when it went. */
            breached: components["schemas"]["CarriedBreach"][];
            merged_at: string;
            merged_by: components["schemas"]["Person"];
            number: string;
            /** @description What its people were promised and did not get yet. */
            promised_at?: string | null;
            reason: string;
            severity: components["schemas"]["Severity"];
            /** @description Its beginning; the clocks count from the earliest one. */
            started_at: string;
            status: components["schemas"]["CaseStatus"];
            subject: string;
        };
        MessageShift: {
            /** Format: int64 */
            bad: number;
            cites: components["schemas"]["Cite"][];
            component: string;
            /** Format: double */
            false_discovery: number;
            /** Format: int64 */
            good: number;
            level?: components["schemas"]["Level"] | null;
            /**
             * Format: double
             * @description Share of the component's records in the bad one over that in the good one.
             */
            ratio: number;
            text: string;
        };
        MetricShift: {
            /** Format: double */
            bad: number;
            cites: components["schemas"]["Cite"][];
            component: string;
            /** Format: double */
            good: number;
            metric: string;
            /**
             * Format: double
             * @description In robust deviations of the good one.
             */
            score: number;
        };
        /** @description What is done before the cause is gone. */
        Mitigation: {
            approved_by?: components["schemas"]["Person"] | null;
            /** @description The change it is done under; empty without one. */
            change: string;
            moved_at: string;
            moved_by: components["schemas"]["Person"];
            /** @description The states that may follow; approval needs another person and their role. */
            next: components["schemas"]["MitigationState"][];
            /** @description What was said with the newest state. */
            note: string;
            /**
             * Format: int32
             * @description Within the case, from 1.
             */
            number: number;
            proposed_at: string;
            proposed_by: components["schemas"]["Person"];
            risk: components["schemas"]["Risk"];
            /** @description What may break, and for whom. */
            risk_why: string;
            rollback: string;
            state: components["schemas"]["MitigationState"];
            what: string;
            what_html: string;
        };
        /** @enum {string} */
        MitigationState: "proposed" | "approved" | "applied" | "helped" | "rolled_back" | "dropped";
        /** @description A span of time. */
        Moments: {
            from: string;
            to: string;
        };
        MoveMitigation: {
            /** @description Needed for `rolled_back` and `dropped`. */
            note?: string;
            to: components["schemas"]["MitigationState"];
        };
        /** @description The running clock of a case that is due first. */
        NextClock: {
            /** @description From here on more than the target has passed. */
            due_at: string;
            /** @description `first_reply_time`, ... */
            metric: string;
            /** @description A quarter of the target is left. */
            warn_at: string;
        };
        /** @description What is done next on a case. */
        NextStep: {
            due_at?: string | null;
            owner?: components["schemas"]["Person"] | null;
            set_at: string;
            set_by: components["schemas"]["Person"];
            text: string;
        };
        OpenCase: {
            customer?: string;
            description?: string;
            product?: string;
            severity: components["schemas"]["Severity"];
            subject: string;
            version?: string;
        };
        OpenSwarm: {
            /**
             * Format: int32
             * @description 30 by default, at most 480.
             */
            box_minutes?: number | null;
            /** @description When it may end. */
            exit: string;
            /** @description Ids of people. */
            people?: string[];
            question: string;
            skills?: string[];
        };
        /** @description One page of a list; `next_cursor` asks for the one after it. */
        Page_CaseSummary: {
            items: {
                assignee?: components["schemas"]["Person"] | null;
                /** Format: int64 */
                bundles: number;
                /** Format: int64 */
                bundles_reading: number;
                /**
                 * Format: int64
                 * @description For `If-Match`.
                 */
                case_version: number;
                clock?: components["schemas"]["NextClock"] | null;
                customer: string;
                /** @description Who was chosen from the list; a case of free text has none. */
                customer_id?: string | null;
                /** Format: int64 */
                evidence: number;
                id: string;
                intake?: components["schemas"]["CaseIntake"] | null;
                /** @description Where it went; nothing is written to it any more. */
                merged_into?: string | null;
                /** Format: int64 */
                notes: number;
                /** @description `MS-1042` */
                number: string;
                opened_at: string;
                product: string;
                /** @description When the customer was promised to hear from us. */
                promised_at?: string | null;
                sample: boolean;
                severity: components["schemas"]["Severity"];
                status: components["schemas"]["CaseStatus"];
                subject: string;
                /** @description Of the customer, as it was when they were chosen. */
                tier: string;
                updated_at: string;
                version: string;
                /** @description Who has the ball while it is on hold. */
                waits_on: string;
            }[];
            next_cursor?: string | null;
            /** Format: int64 */
            total: number;
        };
        /** @description One page of a list; `next_cursor` asks for the one after it. */
        Page_Customer: {
            items: {
                added_at: string;
                /** Format: int64 */
                cases: number;
                changed_at: string;
                changed_by: components["schemas"]["Person"];
                id: string;
                /** Format: int64 */
                open_cases: number;
                profile: components["schemas"]["CustomerProfile"];
                /**
                 * Format: int64
                 * @description For `If-Match`.
                 */
                version: number;
            }[];
            next_cursor?: string | null;
            /** Format: int64 */
            total: number;
        };
        /** @description One page of a list; `next_cursor` asks for the one after it. */
        Page_SignatureSummary: {
            items: {
                /** Format: int64 */
                answered: number;
                /**
                 * Format: int64
                 * @description Bundles it was ever matched with, and their cases.
                 */
                bundles: number;
                /** @description The case it was drafted from. */
                case_number?: string | null;
                /** Format: int64 */
                cases: number;
                changed_at: string;
                changed_by: components["schemas"]["Person"];
                /**
                 * Format: int64
                 * @description Matches that people confirmed, of those they answered: its precision.
                 */
                confirmed: number;
                drafted_at: string;
                drafted_by: components["schemas"]["Person"];
                /** @description The kind of trouble; empty when nobody knows. */
                kind: string;
                last_seen_at?: string | null;
                name: string;
                /** @description `SIG-1012` */
                number: string;
                stage: components["schemas"]["SignatureStage"];
                /**
                 * Format: int64
                 * @description For `If-Match`.
                 */
                version: number;
            }[];
            next_cursor?: string | null;
            /** Format: int64 */
            total: number;
        };
        /** @description One page of a list; `next_cursor` asks for the one after it. */
        Page_TimelineEntry: {
            items: {
                actor: components["schemas"]["Person"];
                assignee?: components["schemas"]["Person"] | null;
                at: string;
                audience?: components["schemas"]["Audience"] | null;
                bundle?: string | null;
                cites: string[];
                /** @description When the next update is promised for, or when the clock was due to ring. */
                due_at?: string | null;
                evidence?: string | null;
                from?: components["schemas"]["Severity"] | null;
                /** @description The same, rendered and cleaned; citations are links with `data-citation`. */
                html?: string | null;
                kind: string;
                /**
                 * Format: int64
                 * @description Rises along the timeline of the case; stable.
                 */
                sequence: number;
                status?: components["schemas"]["CaseStatus"] | null;
                /** @description Markdown as written. */
                text?: string | null;
                title?: string | null;
                to?: components["schemas"]["Severity"] | null;
            }[];
            next_cursor?: string | null;
            /** Format: int64 */
            total: number;
        };
        /** @description A person who works here. */
        Person: {
            id: string;
            login: string;
            name: string;
            role: components["schemas"]["Role"];
        };
        /** @description A person as somebody sees them who looks for help now. */
        PersonAtWork: {
            absence?: components["schemas"]["Absence"] | null;
            /**
             * Format: int32
             * @description How well they know the area that was asked for, 0 to 3.
             */
            fit: number;
            left_at?: string | null;
            /** @description Open cases, P1 to P4. */
            load: number[];
            /** @description When they are next there. */
            next_work_at?: string | null;
            on_shift_since?: string | null;
            person: components["schemas"]["Person"];
            profile: components["schemas"]["PersonProfile"];
            removed: boolean;
            removed_reason?: string | null;
            teams: components["schemas"]["TeamName"][];
            /**
             * Format: int64
             * @description For `If-Match`.
             */
            version: number;
            /**
             * Format: int64
             * @description The same with P1 as 8, P2 as 4, P3 as 2 and P4 as 1.
             */
            weight: number;
            /** @description By hours and absences; null when nobody knows their hours. */
            works?: boolean | null;
        };
        /** @description What is known of a person: one document, changed as a whole. */
        PersonProfile: {
            absences?: components["schemas"]["Absence"][];
            hours?: components["schemas"]["WorkHours"] | null;
            languages?: string[];
            skills?: components["schemas"]["Skill"][];
        };
        /** @enum {string} */
        Phase: "opening" | "reading" | "mining" | "storing";
        PinEvidence: {
            bundle_id: string;
            /** Format: int32 */
            file: number;
            /** Format: int64 */
            line: number;
        };
        PinHypothesis: {
            bundle_id: string;
            /** @description A suspect of the ranking. */
            component: string;
            /** @description The bundle without fault, when it was ranked against one. */
            reference?: string | null;
        };
        /** @description A line of a file of the bundle. */
        Place: {
            /** Format: int32 */
            file: number;
            /** Format: int64 */
            line: number;
            path: string;
        };
        /** @description A published version of the policies. */
        Policies: {
            published_at?: string | null;
            published_by?: components["schemas"]["Person"] | null;
            reason: string;
            /** @description Calendars and policies, as docs/sla.md describes. */
            set: unknown;
            /**
             * Format: int32
             * @description From 1; 0 when none was published.
             */
            version: number;
        };
        PreviewFile: {
            examples: components["schemas"]["ShownLine"][];
            kinds: components["schemas"]["HiddenKind"][];
            path: string;
            /** @description No text: nothing of its content is kept. */
            withheld: boolean;
        };
        /** @description RFC 9457. `code` is one of a closed set; `detail` is a sentence for people. */
        Problem: {
            /**
             * @description invalid, unauthenticated, forbidden, not_found, conflict, stale, key_reused, too_large,
             *     busy or internal
             */
            code: string;
            detail: string;
            query?: components["schemas"]["QueryProblem"] | null;
            /** Format: int32 */
            status: number;
            title: string;
            type: string;
        };
        Progress: {
            /** @description The (redacted) file being read. */
            current?: string | null;
            /** Format: int64 */
            done_bytes: number;
            /** Format: int64 */
            files: number;
            /** Format: int64 */
            lines: number;
            phase: components["schemas"]["Phase"];
            /** Format: int64 */
            total_bytes?: number | null;
        };
        ProposeMitigation: {
            change?: string;
            risk: components["schemas"]["Risk"];
            risk_why: string;
            rollback: string;
            what: string;
        };
        PublishChecklists: {
            reason?: string;
            /** @description Checklists, as docs/intake.md describes. */
            set: unknown;
        };
        PublishPolicies: {
            reason?: string;
            /** @description Calendars and policies, as docs/sla.md describes. */
            set: unknown;
        };
        PublishRedactionRules: {
            reason: string;
            /** @description As docs/redaction.md describes. */
            text: string;
        };
        /** @description A field that a query can name. */
        QueryField: {
            example?: string | null;
            explains?: string | null;
            name: string;
            /**
             * Format: int64
             * @description Of a field that texts name: the records that do, about.
             */
            records?: number | null;
        };
        /** @description Where a query goes wrong, in UTF-16 units of its text. */
        QueryProblem: {
            /** Format: int32 */
            end: number;
            /** Format: int32 */
            start: number;
            /** @description What to write instead */
            suggestion?: string | null;
        };
        /** @description The verdict and the suspects, best first. */
        Ranking: {
            /** @description What the window was compared with. */
            baseline: string;
            /** @description In the order of time. */
            changes: components["schemas"]["Change"][];
            /**
             * Format: double
             * @description 0 to 1
             */
            confidence: number;
            /** @description The component users complain about. */
            entry?: string | null;
            examined: string[];
            /** @description Oddities that were over before the symptom began. */
            excluded: components["schemas"]["Excluded"][];
            missing: string[];
            /**
             * Format: int64
             * @description Suspects that are not written out.
             */
            others: number;
            reason: string;
            /** @description The bundle without fault it was ranked against. */
            reference?: string | null;
            suspects: components["schemas"]["Suspect"][];
            /** @description Changes that do not explain the symptom. */
            unrelated: components["schemas"]["UnrelatedChange"][];
            /** @description `fault`, `no_fault` or `inconclusive` */
            verdict: string;
            why_not_higher: string[];
            window?: components["schemas"]["Moments"] | null;
            window_why?: string | null;
        };
        /** @description What could not be read, and why. */
        ReadProblem: {
            code: string;
            /** Format: int64 */
            count: number;
            detail: string;
            file?: string | null;
            /** Format: int64 */
            line?: number | null;
            /** Format: int64 */
            offset?: number | null;
        };
        RecordCustomer: {
            /** @description Who wrote, as they call themselves. */
            contact?: string;
            text: string;
        };
        /** @description A published version of the rules. */
        RedactionRules: {
            published_at?: string | null;
            published_by?: components["schemas"]["Person"] | null;
            reason: string;
            /** @description As docs/redaction.md describes. */
            text: string;
            /**
             * Format: int32
             * @description From 1; 0 when none was published.
             */
            version: number;
        };
        RelatedCases: {
            informed: components["schemas"]["Informed"][];
            links: components["schemas"]["CaseLink"][];
            /** @description What went into this case. */
            merged: components["schemas"]["MergedCase"][];
            /** @description Where this case went. */
            merged_into?: string | null;
            /** @description The cases that suffer from this one, directly or through others; at most 500. */
            sufferers: components["schemas"]["CaseSummary"][];
        };
        /** @description Takes somebody from the desk. Open cases need `give_to`, or `queue_reason` for nobody. */
        RemovePerson: {
            give_to?: string | null;
            queue_reason?: string | null;
            reason: string;
        };
        ReopenCase: {
            reason: string;
        };
        ReportIntake: {
            report: components["schemas"]["IntakeReport"];
            /**
             * Format: int32
             * @description The revision that was edited; a newer one is not overwritten.
             */
            seen?: number | null;
            submit?: components["schemas"]["SubmitIntake"] | null;
        };
        ResolveCase: {
            resolution: string;
        };
        ReturnIntake: {
            reason: components["schemas"]["ReturnReason"];
            text?: string;
        };
        /** @description How often the intake of a team came back within 90 days. */
        ReturnRate: {
            /** Format: int32 */
            accepted: number;
            /** Format: double */
            high?: number | null;
            /** Format: double */
            low?: number | null;
            /** @description How often each reason was given. */
            reasons: {
                [key: string]: number;
            };
            /** Format: int32 */
            returned: number;
            /**
             * Format: double
             * @description None while fewer than five were decided; `low` and `high` are its 95 % interval.
             */
            share?: number | null;
            /** @description Empty for who named none. */
            team: string;
        };
        /** @enum {string} */
        ReturnReason: "missing_evidence" | "window_not_covered" | "no_reproduction" | "wrong_component" | "wrong_team" | "known_issue" | "no_clear_ask" | "no_impact" | "needs_customer" | "other";
        Reveal: {
            /** @description As it stands in a line. */
            pseudonym: string;
            /** @description Kept in the log with who and when, never with the value. */
            reason: string;
        };
        /** @description Whom a pseudonym stands for. Not to be kept. */
        Revealed: {
            value: string;
        };
        /** @enum {string} */
        Risk: "low" | "medium" | "high";
        /**
         * @description What somebody is here.
         * @enum {string}
         */
        Role: "agent" | "senior" | "manager" | "ops" | "engineer" | "security" | "stakeholder" | "customer" | "admin" | "service";
        /** @description What is wrong with the rules, and where. */
        RulesMistake: {
            /**
             * Format: int64
             * @description In characters, from 1.
             */
            column: number;
            /**
             * Format: int64
             * @description From 1; 0 when it is about the whole text.
             */
            line: number;
            message: string;
        };
        /** @description The rules of one product. */
        RulesProfile: {
            name: string;
            /** Format: int64 */
            rules: number;
        };
        /** @description The team's rules that a bundle was redacted with, besides those that are built in. */
        RulesUsed: {
            /** @description The profile of the case's product. */
            profile?: string | null;
            /** Format: int32 */
            version: number;
        };
        /** @description What loading or removing the sample desk did. */
        SampleDesk: {
            /** Format: int64 */
            cases: number;
        };
        /** @description A stretch of a clock with one reason. */
        Segment: {
            counted: boolean;
            from: string;
            /** @description `open hours`, `holiday New Year`, `status pending`, ... */
            reason: string;
            status: components["schemas"]["CaseStatus"];
            to: string;
            /**
             * Format: int64
             * @description Counted seconds at its end.
             */
            total_s: number;
        };
        SendCase: {
            number: string;
            parts?: components["schemas"]["HandoffParts"];
            step_due?: string | null;
            step_owner?: string | null;
        };
        SendHandoff: {
            cases: components["schemas"]["SendCase"][];
            note?: string;
            /** @description To a person, or with `to_team` to a team. */
            to_person?: string | null;
            to_team?: string | null;
        };
        /** @description One series without its points. */
        Series: {
            caller?: string | null;
            change?: components["schemas"]["SeriesChange"] | null;
            /** @description Empty where no label names it. */
            component: string;
            /** @description A running total, shown as its rate a second. */
            counter: boolean;
            first?: string | null;
            /** Format: double */
            high: number;
            /**
             * Format: int32
             * @description Its number in the bundle; stable.
             */
            id: number;
            /** @description `k=v,k=v` */
            labels: string;
            last?: string | null;
            /** Format: double */
            low: number;
            metric: string;
            /** Format: int64 */
            points: number;
            variant: string;
        };
        /** @description Where a series changes for good. */
        SeriesChange: {
            /** Format: double */
            after: number;
            at: string;
            /** Format: double */
            before: number;
            /**
             * Format: double
             * @description In robust deviations.
             */
            strength: number;
        };
        /** @description The points of one series, in lists of equal length. */
        SeriesPoints: {
            high: number[];
            /** Format: int32 */
            id: number;
            last: number[];
            low: number[];
            /** @description Microseconds since 1970. */
            times_us: number[];
        };
        /** @description A window of the series, those that changed most first; `total + hidden` are all. */
        SeriesWindow: {
            components: components["schemas"]["FacetValue"][];
            /** Format: int64 */
            hidden: number;
            /** @description What was left out because of a limit. */
            left_out: string[];
            /** Format: int64 */
            offset: number;
            series: components["schemas"]["Series"][];
            /** Format: int64 */
            total: number;
        };
        /** @description The browser's session, and what it may do. */
        Session: {
            /** @description To be sent as `X-CSRF-Token` with every write. */
            csrf_token: string;
            /** @description The sample desk on loopback, signed in by itself. */
            demo: boolean;
            expires_at: string;
            /** @description What the policy lets this role do, for showing and hiding; the server asks again. */
            may: string[];
            role: components["schemas"]["Role"];
            user: components["schemas"]["Person"];
            version: string;
        };
        /** @description Whose case it is: by id, by name, or as free text. */
        SetCustomer: {
            customer_id?: string | null;
            name?: string;
        };
        /** @description An empty text takes the next step back. */
        SetNextStep: {
            due_at?: string | null;
            /** @description The id of a person. */
            owner?: string | null;
            text: string;
        };
        SetSeverity: {
            reason: string;
            severity: components["schemas"]["Severity"];
        };
        SetStatus: {
            reason?: string;
            status: components["schemas"]["CaseStatus"];
            /** @description Who has the ball; needed for hold. */
            waits_on?: string;
        };
        /**
         * @description How urgent a case is.
         * @enum {string}
         */
        Severity: "P1" | "P2" | "P3" | "P4";
        /** @description Why a part goes, and what stands there then. */
        ShownHit: {
            kind: string;
            reason: string;
            replacement: string;
            rule: string;
        };
        /** @description A line before and after. */
        ShownLine: {
            /** @description What becomes of it, where that is more than each part with its replacement. */
            after?: string | null;
            /** Format: int64 */
            line: number;
            /** @description The whole line, in order. */
            parts: components["schemas"]["ShownPart"][];
        };
        ShownPart: {
            hit?: components["schemas"]["ShownHit"] | null;
            text: string;
        };
        SignatureDetail: components["schemas"]["SignatureSummary"] & {
            affects: string;
            bundle_id?: string | null;
            cause: string;
            features: components["schemas"]["SignatureFeature"][];
            fix: string;
            fixed_in: string;
            /** @description The hypothesis that was confirmed: `H2`. */
            hypothesis?: string | null;
            /** @description Newest first. */
            matches: components["schemas"]["SignatureMatch"][];
            /** @description As `docs/signatures.md` describes. */
            text: string;
            verify: string;
            /** @description Newest first. */
            versions: components["schemas"]["SignatureVersion"][];
            workaround: string;
        };
        /** @description A line of the text. */
        SignatureFeature: {
            /** @description `message Tq2v5m3k4j6h7n4pa`, `code ORA-00060` */
            feature: string;
            /** @description What the message says; empty for all others. */
            words: string;
        };
        /** @description A bundle that looks like a signature. */
        SignatureMatch: {
            affects: string;
            answer?: components["schemas"]["MatchAnswer"] | null;
            /** Format: int64 */
            answered: number;
            answered_at?: string | null;
            answered_by?: components["schemas"]["Person"] | null;
            bundle_id: string;
            bundle_name: string;
            case_number: string;
            cause: string;
            /**
             * Format: int64
             * @description Of all answers to this signature.
             */
            confirmed: number;
            /**
             * Format: double
             * @description How often a bundle without this trouble would fit as well; null for too few cases to say.
             */
            false_match?: number | null;
            fix: string;
            fixed_in: string;
            /** @description Features the bundle has not. */
            lacking: components["schemas"]["SignatureFeature"][];
            matched_at: string;
            name: string;
            /** @description The case that left the signature. */
            origin_case?: string | null;
            /**
             * Format: int64
             * @description What it is made of: other cases with a bundle, and how many of those would fit.
             */
            other_cases: number;
            /** Format: int64 */
            other_cases_fitting: number;
            /**
             * Format: int64
             * @description Other cases that are needed for an estimate.
             */
            other_cases_min: number;
            /**
             * Format: int32
             * @description From 1; 0 for one that was answered and fits no more.
             */
            rank: number;
            /** @description Markdown as written. */
            reason?: string | null;
            /**
             * Format: double
             * @description Weighed share of its features that the bundle has, from 0 to 1.
             */
            score: number;
            shared: components["schemas"]["MatchReason"][];
            signature: string;
            stage: components["schemas"]["SignatureStage"];
            subject: string;
            verify: string;
            workaround: string;
        };
        /** @description What a case could leave behind. */
        SignatureProposal: {
            bundle_id?: string | null;
            features: number;
            hypothesis?: string | null;
            /** @description Why there is nothing to propose. */
            none?: string | null;
            /** @description Empty when there is nothing to propose. */
            text: string;
        };
        SignatureReason: {
            reason?: string;
        };
        /**
         * @description Only active ones are matched.
         * @enum {string}
         */
        SignatureStage: "draft" | "active" | "retired";
        /** @description A row of the list. */
        SignatureSummary: {
            /** Format: int64 */
            answered: number;
            /**
             * Format: int64
             * @description Bundles it was ever matched with, and their cases.
             */
            bundles: number;
            /** @description The case it was drafted from. */
            case_number?: string | null;
            /** Format: int64 */
            cases: number;
            changed_at: string;
            changed_by: components["schemas"]["Person"];
            /**
             * Format: int64
             * @description Matches that people confirmed, of those they answered: its precision.
             */
            confirmed: number;
            drafted_at: string;
            drafted_by: components["schemas"]["Person"];
            /** @description The kind of trouble; empty when nobody knows. */
            kind: string;
            last_seen_at?: string | null;
            name: string;
            /** @description `SIG-1012` */
            number: string;
            stage: components["schemas"]["SignatureStage"];
            /**
             * Format: int64
             * @description For `If-Match`.
             */
            version: number;
        };
        SignatureText: {
            text: string;
        };
        SignatureVersion: {
            actor: components["schemas"]["Person"];
            at: string;
            /** @description `drafted`, `edited`, `activated` or `retired`. */
            kind: string;
            reason: string;
            /** @description Where the text was changed. */
            text?: string | null;
            /** Format: int64 */
            version: number;
        };
        /** @description The clocks of a made-up history. */
        SimulatedClocks: {
            clocks: components["schemas"]["Clock"][];
        };
        /** @description A word and how well: 1 knows it, 2 works alone, 3 teaches it. */
        Skill: {
            /** Format: int32 */
            level: number;
            name: string;
        };
        /** @description Where log lines come from: a container, a host, a file. */
        Source: {
            /** Format: int64 */
            errors: number;
            first?: string | null;
            /** Format: int32 */
            id: number;
            last?: string | null;
            name: string;
            /** Format: int64 */
            records: number;
            /** Format: int64 */
            warns: number;
        };
        /** @description A span of a waterfall. */
        Span: {
            /** @description JSON as the tracer wrote it, redacted. */
            attributes?: string | null;
            /**
             * Format: int64
             * @description What it owns of the critical path; null beside it.
             */
            critical_us?: number | null;
            /** Format: int32 */
            depth: number;
            /** Format: int64 */
            duration_us: number;
            failed: boolean;
            id: string;
            /**
             * Format: int64
             * @description How far it was moved because its clock disagreed with its parent's.
             */
            moved_us: number;
            /**
             * Format: int64
             * @description From the start of the trace.
             */
            offset_us: number;
            operation: string;
            /** @description It failed and nothing below it did. */
            origin: boolean;
            /** @description Place of the parent in the list; parents come first. */
            parent?: number | null;
            place: components["schemas"]["Place"];
            pod?: string | null;
            /**
             * Format: int64
             * @description What it spends itself.
             */
            self_us: number;
            service: string;
        };
        SplitCase: {
            /** @description `E7`; it stays where it is and is cited from the new case. */
            evidence?: string[];
            /** @description Places in the timeline: notes and what the customer said. */
            messages?: number[];
            reason: string;
            /** @description Of the new case. */
            subject: string;
        };
        SubmitIntake: {
            /**
             * @description Why it may pass with a lower score.
             * @default
             */
            override_reason: string;
            /**
             * @description Of the sender.
             * @default
             */
            team: string;
        };
        /** @description One component under suspicion. */
        Suspect: {
            against: string[];
            cites: components["schemas"]["Cite"][];
            component: string;
            /** Format: double */
            confidence: number;
            contributions: components["schemas"]["Contribution"][];
            /** @description `cpu`, `memory`, `config`, ... */
            kind: string;
            known_causes: components["schemas"]["KnownCause"][];
            missing: string[];
            /** @description A step that does no harm when the hypothesis is wrong. */
            mitigation: string;
            /** @description The cheapest look that tells it from the others. */
            next_check: string;
            onset?: components["schemas"]["Moments"] | null;
            /**
             * Format: double
             * @description The sum of the contributions.
             */
            own_score: number;
            /**
             * Format: double
             * @description 0 to 1
             */
            score: number;
            statement: string;
            /** @description `proposed`, `supported`, `refuted` or `inconclusive`: what the evidence says */
            status: string;
            supporting: string[];
        };
        /** @description Several people on one case for a bounded time. */
        Swarm: {
            /** @description When the time box that runs now ends; `None` once it is closed. */
            box_ends_at?: string | null;
            /** Format: int32 */
            box_minutes: number;
            closed?: components["schemas"]["SwarmEnd"] | null;
            /** @description When it may end. */
            exit: string;
            invited: components["schemas"]["Person"][];
            /**
             * Format: int32
             * @description Within the case, from 1.
             */
            number: number;
            opened_at: string;
            opened_by: components["schemas"]["Person"];
            /** @description In the order in which they first came. */
            people: components["schemas"]["SwarmStay"][];
            /** @description Markdown as written. */
            question: string;
            question_html: string;
            /**
             * Format: int32
             * @description 0, 1 (it was asked for its decision) or 2 (the lead was told).
             */
            rang: number;
            skills: string[];
            tried: components["schemas"]["SwarmAttempt"][];
        };
        SwarmAttempt: {
            at: string;
            by: components["schemas"]["Person"];
            html: string;
            text: string;
        };
        SwarmEnd: {
            at: string;
            by: components["schemas"]["Person"];
            decision: string;
            decision_html: string;
            outcome: components["schemas"]["SwarmOutcome"];
            owner?: components["schemas"]["Person"] | null;
        };
        /** @enum {string} */
        SwarmOutcome: "solved" | "next_step" | "escalate" | "stop";
        SwarmStay: {
            joined_at: string;
            /** @description `None` while they are there. */
            left_at?: string | null;
            person: components["schemas"]["Person"];
        };
        Team: {
            changed_at: string;
            changed_by: components["schemas"]["Person"];
            id: string;
            profile: components["schemas"]["TeamProfile"];
            /**
             * Format: int64
             * @description For `If-Match`.
             */
            version: number;
        };
        TeamName: {
            id: string;
            name: string;
        };
        /** @description What is known of a team: one document, changed as a whole. */
        TeamProfile: {
            hours?: components["schemas"]["WorkHours"] | null;
            /** @description The id of one of the members. */
            lead?: string | null;
            members?: string[];
            name: string;
            products?: string[];
            /** @description Where cases for the team arrive. */
            queue?: string;
            skills?: string[];
        };
        Template: {
            /** Format: int64 */
            count: number;
            example?: components["schemas"]["Place"] | null;
            first?: string | null;
            id: string;
            last?: string | null;
            level?: components["schemas"]["Level"] | null;
            /** Format: int64 */
            sources: number;
            /** @description Variables are `<*>`. */
            text: string;
        };
        /** @description The commonest templates; `others` templates with `others_records` records are not shown. */
        TemplateList: {
            items: components["schemas"]["Template"][];
            /** Format: int64 */
            others: number;
            /** Format: int64 */
            others_records: number;
        };
        /** @description One thing that happened in a case. */
        TimelineEntry: {
            actor: components["schemas"]["Person"];
            assignee?: components["schemas"]["Person"] | null;
            at: string;
            audience?: components["schemas"]["Audience"] | null;
            bundle?: string | null;
            cites: string[];
            /** @description When the next update is promised for, or when the clock was due to ring. */
            due_at?: string | null;
            evidence?: string | null;
            from?: components["schemas"]["Severity"] | null;
            /** @description The same, rendered and cleaned; citations are links with `data-citation`. */
            html?: string | null;
            kind: string;
            /**
             * Format: int64
             * @description Rises along the timeline of the case; stable.
             */
            sequence: number;
            status?: components["schemas"]["CaseStatus"] | null;
            /** @description Markdown as written. */
            text?: string | null;
            title?: string | null;
            to?: components["schemas"]["Severity"] | null;
        };
        /** @description One trace in the list. */
        Trace: {
            /** Format: int64 */
            duration_us: number;
            /** Format: int64 */
            failed: number;
            id: string;
            operation: string;
            service: string;
            /** Format: int64 */
            spans: number;
            start: string;
            /**
             * Format: int64
             * @description The middle of the traces that begin with the same operation and did not fail.
             */
            usual_us: number;
        };
        /** @description A window of the traces; `total + hidden + beyond` are all of the bundle. */
        TraceWindow: {
            /**
             * Format: int64
             * @description Traces beyond the limit of what is listed.
             */
            beyond: number;
            /** Format: int64 */
            hidden: number;
            /** Format: int64 */
            offset: number;
            /** @description Services by their spans. */
            services: components["schemas"]["FacetValue"][];
            /** Format: int64 */
            total: number;
            traces: components["schemas"]["Trace"][];
        };
        /** @description What rules make of the lines. */
        TriedRedaction: {
            /** @description Empty when the rules cannot be used. */
            lines: components["schemas"]["ShownLine"][];
            /** @description The rules can be published if there is none. */
            mistakes: components["schemas"]["RulesMistake"][];
            /** @description The profile that the product chose. */
            profile?: string | null;
            profiles: components["schemas"]["RulesProfile"][];
            /**
             * Format: int64
             * @description Rules for every product.
             */
            rules: number;
        };
        TryInSwarm: {
            /** @description What was tried, and what it showed; Markdown. */
            text: string;
        };
        /** @description Lines to try rules on. Nothing of it is kept. */
        TryRedaction: {
            /** @description The path of the file that the lines would stand in. */
            path?: string;
            /** @description Whose profile is used too. */
            product?: string;
            rules: string;
            text?: string;
        };
        UnmergeCase: {
            reason: string;
        };
        UnrelatedChange: {
            change: components["schemas"]["Change"];
            reason: string;
        };
        ValueContrast: {
            /**
             * Format: double
             * @description Cohen's h: 0.2 is small, 0.5 medium, 0.8 large; below zero there is less of it.
             */
            effect: number;
            /** Format: double */
            false_discovery: number;
            /** Format: int64 */
            inside: number;
            /** Format: double */
            inside_share: number;
            label: string;
            /** Format: int64 */
            outside: number;
            /** Format: double */
            outside_share: number;
            value: string;
        };
        /** @description A variable of a message whose values are distributed otherwise. */
        ValueShift: {
            /** Format: double */
            bad: number;
            cites: components["schemas"]["Cite"][];
            /** Format: double */
            good: number;
            message: string;
            value: string;
        };
        /** @description One trace. */
        Waterfall: {
            /** Format: int64 */
            duration_us: number;
            id: string;
            /**
             * Format: int64
             * @description Spans that name a parent which is not in the bundle.
             */
            orphans: number;
            /**
             * Format: int64
             * @description Spans beyond the limit.
             */
            others: number;
            spans: components["schemas"]["Span"][];
            start: string;
        };
        /** @description A calendar of the published policies, read in this zone. */
        WorkHours: {
            /** @description A name in the policies, or `24x7`. */
            calendar: string;
            /**
             * Format: int32
             * @description The version of the policies; 0 for the newest.
             */
            policies?: number;
            /** @description `Europe/London` */
            zone: string;
        };
        WriteNote: {
            audience: components["schemas"]["Audience"];
            /** @description When the customer hears from us next; with public notes only. */
            next_update_by?: string | null;
            status?: components["schemas"]["CaseStatus"] | null;
            text: string;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    list_checkpoints: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Checkpoint"][];
                };
            };
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    make_checkpoint: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Checkpoint"];
                };
            };
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    download_checkpoint: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                number: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_audit_events: {
        parameters: {
            query?: {
                /** @description Only the events of this case, as MS-1042 */
                case?: string;
                /** @description Only events of this kind, or whose kind begins so */
                kind?: string;
                /** @description Only what this login did */
                actor?: string;
                /** @description `next_cursor` of the page before */
                cursor?: number;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditPage"];
                };
            };
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    show_audit_event: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                seq: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditEvent"];
                };
            };
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    export_log: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/x-ndjson": string;
                };
            };
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    verify_log: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditReport"];
                };
            };
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    show_bundle: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Bundle"];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    show_cited: {
        parameters: {
            query: {
                file: number;
                line: number;
                /** @description Of several spans or samples of a line, the one of this component */
                component?: string;
                /** @description and of a metric or an operation that this text names */
                name?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Cited"];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    show_comparison: {
        parameters: {
            query?: {
                /** @description Another bundle of the case that shows the same system without fault */
                reference?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Comparison"];
                };
            };
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    show_contrast: {
        parameters: {
            query?: {
                /** @description The filter language: `level:error.. "pool exhausted" -source:ingress*` */
                query?: string;
                /** @description `error,warn` */
                level?: string;
                /** @description Source numbers: `1,2` */
                source?: string;
                /** @description File numbers: `3` */
                file?: string;
                /** @description Template ids */
                template?: string;
                /** @description Words in the text, in any case of letters */
                text?: string;
                /** @description From this moment on (RFC 3339) */
                from?: string;
                /** @description Up to but not including this moment */
                to?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Contrast"];
                };
            };
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    show_facets: {
        parameters: {
            query?: {
                /** @description The filter language: `level:error.. "pool exhausted" -source:ingress*` */
                query?: string;
                /** @description `error,warn` */
                level?: string;
                /** @description Source numbers: `1,2` */
                source?: string;
                /** @description File numbers: `3` */
                file?: string;
                /** @description Template ids */
                template?: string;
                /** @description Words in the text, in any case of letters */
                text?: string;
                /** @description From this moment on (RFC 3339) */
                from?: string;
                /** @description Up to but not including this moment */
                to?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Facets"];
                };
            };
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    show_field_facet: {
        parameters: {
            query?: {
                /** @description The filter language: `level:error.. "pool exhausted" -source:ingress*` */
                query?: string;
                /** @description `error,warn` */
                level?: string;
                /** @description Source numbers: `1,2` */
                source?: string;
                /** @description File numbers: `3` */
                file?: string;
                /** @description Template ids */
                template?: string;
                /** @description Words in the text, in any case of letters */
                text?: string;
                /** @description From this moment on (RFC 3339) */
                from?: string;
                /** @description Up to but not including this moment */
                to?: string;
                limit?: number;
            };
            header?: never;
            path: {
                id: string;
                field: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FieldFacet"];
                };
            };
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_query_fields: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QueryField"][];
                };
            };
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_files: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BundleFile"][];
                };
            };
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_findings: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Finding"][];
                };
            };
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    show_histogram: {
        parameters: {
            query?: {
                /** @description The filter language: `level:error.. "pool exhausted" -source:ingress*` */
                query?: string;
                /** @description `error,warn` */
                level?: string;
                /** @description Source numbers: `1,2` */
                source?: string;
                /** @description File numbers: `3` */
                file?: string;
                /** @description Template ids */
                template?: string;
                /** @description Words in the text, in any case of letters */
                text?: string;
                /** @description From this moment on (RFC 3339) */
                from?: string;
                /** @description Up to but not including this moment */
                to?: string;
                buckets?: number;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Histogram"];
                };
            };
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_lines: {
        parameters: {
            query?: {
                /** @description The filter language: `level:error.. "pool exhausted" -source:ingress*` */
                query?: string;
                /** @description `error,warn` */
                level?: string;
                /** @description Source numbers: `1,2` */
                source?: string;
                /** @description File numbers: `3` */
                file?: string;
                /** @description Template ids */
                template?: string;
                /** @description Words in the text, in any case of letters */
                text?: string;
                /** @description From this moment on (RFC 3339) */
                from?: string;
                /** @description Up to but not including this moment */
                to?: string;
                offset?: number;
                /** @description At most 500 */
                limit?: number;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LineWindow"];
                };
            };
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    next_line: {
        parameters: {
            query?: {
                /** @description The filter language: `level:error.. "pool exhausted" -source:ingress*` */
                query?: string;
                /** @description `error,warn` */
                level?: string;
                /** @description Source numbers: `1,2` */
                source?: string;
                /** @description File numbers: `3` */
                file?: string;
                /** @description Template ids */
                template?: string;
                /** @description Words in the text, in any case of letters */
                text?: string;
                /** @description From this moment on (RFC 3339) */
                from?: string;
                /** @description Up to but not including this moment */
                to?: string;
                /** @description The position to leave from; without it, the edge */
                after?: number;
                /** @description next or previous */
                direction?: string;
                /** @description Look for a level at least this urgent: error or warn */
                seek?: string;
                /** @description Look for a text */
                find?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LinePosition"];
                };
            };
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    find_line: {
        parameters: {
            query?: {
                /** @description The filter language: `level:error.. "pool exhausted" -source:ingress*` */
                query?: string;
                /** @description `error,warn` */
                level?: string;
                /** @description Source numbers: `1,2` */
                source?: string;
                /** @description File numbers: `3` */
                file?: string;
                /** @description Template ids */
                template?: string;
                /** @description Words in the text, in any case of letters */
                text?: string;
                /** @description From this moment on (RFC 3339) */
                from?: string;
                /** @description Up to but not including this moment */
                to?: string;
                /** @description The file of the line to find; named apart from the filter's `file` */
                at_file?: number;
                /** @description The line to find */
                at_line?: number;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LinePosition"];
                };
            };
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    show_line: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                row: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LineDetail"];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    show_context: {
        parameters: {
            query?: {
                /** @description Records before and after; at most 200 */
                count?: number;
            };
            header?: never;
            path: {
                id: string;
                row: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LineContext"];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_matches: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignatureMatch"][];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    match_again: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignatureMatch"][];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    answer_match: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                signature: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AnswerMatch"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignatureMatch"][];
                };
            };
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_problems: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReadProblem"][];
                };
            };
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    show_ranking: {
        parameters: {
            query?: {
                /** @description Another bundle of the case that shows the same system without fault */
                reference?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Ranking"];
                };
            };
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    show_redaction: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BundleRedaction"];
                };
            };
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    choose_reference: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChooseReference"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Bundle"];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    download_report: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    reveal_identity: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Reveal"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Revealed"];
                };
            };
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_series: {
        parameters: {
            query?: {
                /** @description Words in the metric, the labels or the component */
                text?: string;
                component?: string;
                /** @description Only those that change for good */
                changed?: boolean;
                /** @description The number of a series that comes before all others */
                first?: number;
                offset?: number;
                /** @description At most 60 */
                limit?: number;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SeriesWindow"];
                };
            };
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    show_points: {
        parameters: {
            query?: {
                /** @description Numbers of series, at most 60: `1,2` */
                ids?: string;
                /** @description From this moment on (RFC 3339) */
                from?: string;
                /** @description Up to but not including this moment */
                to?: string;
                /** @description At most 400 */
                steps?: number;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SeriesPoints"][];
                };
            };
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_sources: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Source"][];
                };
            };
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_templates: {
        parameters: {
            query?: {
                /** @description The filter language: `level:error.. "pool exhausted" -source:ingress*` */
                query?: string;
                /** @description `error,warn` */
                level?: string;
                /** @description Source numbers: `1,2` */
                source?: string;
                /** @description File numbers: `3` */
                file?: string;
                /** @description Template ids */
                template?: string;
                /** @description Words in the text, in any case of letters */
                text?: string;
                /** @description From this moment on (RFC 3339) */
                from?: string;
                /** @description Up to but not including this moment */
                to?: string;
                limit?: number;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TemplateList"];
                };
            };
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_traces: {
        parameters: {
            query?: {
                /** @description Running at this moment or later (RFC 3339) */
                from?: string;
                /** @description Begun before this moment */
                to?: string;
                /** @description With a span of this service */
                service?: string;
                /** @description Only those with a failed span */
                failed?: boolean;
                /** @description worst (the default), slowest or earliest */
                order?: string;
                offset?: number;
                /** @description At most 500 */
                limit?: number;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TraceWindow"];
                };
            };
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    show_trace: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                trace: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Waterfall"];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_cases: {
        parameters: {
            query?: {
                /** @description all, mine, unowned, waiting (for a decision about intake) or resolved */
                view?: string;
                /** @description `P1,P2` */
                severity?: string;
                /** @description Words that must all occur */
                text?: string;
                /** @description severity, updated, opened or due */
                sort?: string;
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_CaseSummary"];
                };
            };
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    open_case: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OpenCase"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CaseDetail"];
                };
            };
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    count_cases: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CaseCounts"];
                };
            };
        };
    };
    show_case: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                number: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CaseDetail"];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    assign_case: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                number: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AssignCase"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CaseDetail"];
                };
            };
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    send_bundle: {
        parameters: {
            query: {
                /** @description The file's name */
                name: string;
            };
            header?: never;
            path: {
                number: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/octet-stream": unknown;
            };
        };
        responses: {
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Bundle"];
                };
            };
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    show_clocks: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                number: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CaseClocks"];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    close_case: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                number: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CloseCase"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CaseDetail"];
                };
            };
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    set_customer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                number: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SetCustomer"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CaseDetail"];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    record_customer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                number: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RecordCustomer"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TimelineEntry"];
                };
            };
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    decide: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                number: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DecideInCase"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CaseDetail"];
                };
            };
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_evidence: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                number: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Evidence"][];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    pin_evidence: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                number: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PinEvidence"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Evidence"];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    show_evidence: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                number: string;
                evidence: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Evidence"];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    unpin_evidence: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                number: string;
                evidence: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    decide_handoff: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                number: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DecideHandoff"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CaseDetail"];
                };
            };
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_hypotheses: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                number: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Hypothesis"][];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    pin_hypothesis: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                number: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PinHypothesis"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Hypothesis"];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    show_hypothesis: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                number: string;
                hypothesis: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Hypothesis"];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    judge_hypothesis: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                number: string;
                hypothesis: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["JudgeHypothesis"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Hypothesis"];
                };
            };
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    show_intake: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                number: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Intake"];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    report_intake: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                number: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReportIntake"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Intake"];
                };
            };
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    accept_intake: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                number: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Intake"];
                };
            };
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    assess_intake: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                number: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["IntakeReport"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IntakeAssessment"];
                };
            };
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    return_intake: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                number: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReturnIntake"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Intake"];
                };
            };
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    show_related: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                number: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RelatedCases"];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    link_case: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                number: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LinkCase"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RelatedCases"];
                };
            };
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    merge_case: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                number: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MergeCase"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CaseDetail"];
                };
            };
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_mitigations: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                number: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Mitigation"][];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    propose_mitigation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                number: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ProposeMitigation"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Mitigation"][];
                };
            };
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    move_mitigation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                number: string;
                mitigation: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MoveMitigation"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Mitigation"][];
                };
            };
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    show_next_step: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                number: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NextStep"] | null;
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    set_next_step: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                number: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SetNextStep"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NextStep"] | null;
                };
            };
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    decline_signature: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                number: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SignatureReason"];
            };
        };
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    write_note: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                number: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WriteNote"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TimelineEntry"];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    preview_bundle: {
        parameters: {
            query: {
                /** @description The file's name */
                name: string;
            };
            header?: never;
            path: {
                number: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/octet-stream": unknown;
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BundlePreview"];
                };
            };
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    attach_preview: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                number: string;
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Bundle"];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    forget_preview: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                number: string;
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    re_evaluate_clocks: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                number: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CaseClocks"];
                };
            };
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    reopen_case: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                number: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReopenCase"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CaseDetail"];
                };
            };
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    resolve_case: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                number: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ResolveCase"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CaseDetail"];
                };
            };
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    set_severity: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                number: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SetSeverity"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CaseDetail"];
                };
            };
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    propose_signature: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                number: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignatureProposal"];
                };
            };
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_case_signatures: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                number: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignatureSummary"][];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    draft_signature: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                number: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DraftSignature"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignatureDetail"];
                };
            };
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    split_case: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                number: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SplitCase"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CaseDetail"];
                };
            };
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    set_status: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                number: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SetStatus"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CaseDetail"];
                };
            };
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_swarms: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                number: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Swarm"][];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    open_swarm: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                number: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OpenSwarm"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Swarm"][];
                };
            };
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    close_swarm: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                number: string;
                swarm: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CloseSwarm"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Swarm"][];
                };
            };
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    join_swarm: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                number: string;
                swarm: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Swarm"][];
                };
            };
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    leave_swarm: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                number: string;
                swarm: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Swarm"][];
                };
            };
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    try_in_swarm: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                number: string;
                swarm: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TryInSwarm"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Swarm"][];
                };
            };
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    show_timeline: {
        parameters: {
            query?: {
                /** @description `next_cursor` of the page before */
                cursor?: number;
                limit?: number;
            };
            header?: never;
            path: {
                number: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_TimelineEntry"];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    unlink_case: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                number: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LinkCase"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RelatedCases"];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    unmerge_case: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                number: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UnmergeCase"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CaseDetail"];
                };
            };
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_customers: {
        parameters: {
            query?: {
                /** @description A part of the name */
                text?: string;
                /** @description `next_cursor` of the page before */
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_Customer"];
                };
            };
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    add_customer: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CustomerProfile"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Customer"];
                };
            };
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    show_customer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Customer"];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    change_customer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CustomerProfile"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Customer"];
                };
            };
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_customer_cases: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CaseSummary"][];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    follow_events: {
        parameters: {
            query?: never;
            header?: {
                "Last-Event-ID"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_handoffs: {
        parameters: {
            query?: {
                /** @description inbox (what waits for me), sent, or late (what nobody took in time) */
                of?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Handoff"][];
                };
            };
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    send_handoff: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SendHandoff"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Handoff"];
                };
            };
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    draft_handoff: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HandoffCase"][];
                };
            };
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    show_handoff: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Handoff"];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    export_handoff_page: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    export_handoff: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/markdown": string;
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    show_home: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Home"];
                };
            };
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    show_checklists: {
        parameters: {
            query?: {
                /** @description The newest one without it */
                version?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Checklists"];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    publish_checklists: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PublishChecklists"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Checklists"];
                };
            };
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    take_mail: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MailIntake"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Intake"];
                };
            };
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_return_rates: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReturnRate"][];
                };
            };
        };
    };
    list_people: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Person"][];
                };
            };
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_people_at_work: {
        parameters: {
            query?: {
                /** @description A product or an area; everybody is told how well they know it */
                area?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PersonAtWork"][];
                };
            };
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    show_person: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PersonAtWork"];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    change_person: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PersonProfile"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PersonAtWork"];
                };
            };
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    remove_person: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RemovePerson"];
            };
        };
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    show_redaction_rules: {
        parameters: {
            query?: {
                /** @description The newest one without it */
                version?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RedactionRules"];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    publish_redaction_rules: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PublishRedactionRules"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RedactionRules"];
                };
            };
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_redaction_rules: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RedactionRules"][];
                };
            };
        };
    };
    try_redaction: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TryRedaction"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TriedRedaction"];
                };
            };
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    load_sample: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SampleDesk"];
                };
            };
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    show_session: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    sign_in: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Credentials"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    sign_out: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    end_shift: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    start_shift: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_signatures: {
        parameters: {
            query?: {
                /** @description Only those in this stage */
                stage?: components["schemas"]["SignatureStage"];
                /** @description A part of the name */
                text?: string;
                /** @description `next_cursor` of the page before */
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_SignatureSummary"];
                };
            };
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    import_signature: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SignatureText"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignatureDetail"];
                };
            };
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    show_signature: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                signature: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignatureDetail"];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    edit_signature: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                signature: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SignatureText"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignatureDetail"];
                };
            };
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    activate_signature: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                signature: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SignatureReason"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignatureDetail"];
                };
            };
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    retire_signature: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                signature: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SignatureReason"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignatureDetail"];
                };
            };
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    show_policies: {
        parameters: {
            query?: {
                /** @description The newest one without it */
                version?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Policies"];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    publish_policies: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PublishPolicies"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Policies"];
                };
            };
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    simulate_clocks: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": unknown;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SimulatedClocks"];
                };
            };
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_teams: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Team"][];
                };
            };
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    add_team: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TeamProfile"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Team"];
                };
            };
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    change_team: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TeamProfile"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Team"];
                };
            };
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
