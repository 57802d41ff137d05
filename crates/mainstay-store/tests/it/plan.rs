//! The indexes that the queue was given are the ones it uses: the engines are asked, on thousands of
//! cases. A page that is read off an index in its order costs the same with a million.

use mainstay_core::status::Category;
use mainstay_store::{CaseSummary, Owner, Queue, QueueSort};

use crate::fixture::{Desk, Engine};
use crate::store_suite;

store_suite! { plan:
    pages_are_read_off_an_index,
    words_of_few_and_of_many_are_found_in_the_order_of_the_queue,
}

const FILL_SQLITE: &str = "with recursive n (i) as (select 1 union all select i + 1 from n \
        where i < 6000) \
    insert into case_row (id, number, subject, severity, status, customer, product, version, \
        description, sample, opened_at_us, opened_by, updated_at_us, assignee, notes, entries, \
        case_version, done) \
    select '00000000-0000-0000-0000-' || printf('%012d', i), i, 'subject', 1 + i / 7 % 4, iif(i % 3 = 0, 'open', 'solved'), '', '', \
        '', '', false, i, '', i, iif(i % 10 = 0, null, '00000000-0000-0000-0000-' || printf('%012d', i % 40)), 0, 0, 1, i % 3 <> 0 from n; \
    insert into case_word (number, words) select number, 'word' || number from case_row; analyze";
const FILL_POSTGRES: &str = "insert into case_row (id, number, subject, severity, status, \
        customer, product, version, description, sample, opened_at_us, opened_by, updated_at_us, \
        assignee, notes, entries, case_version, done) \
    select '00000000-0000-0000-0000-' || lpad(i::text, 12, '0'), i, 'subject', 1 + i / 7 % 4, \
        case when i % 3 = 0 then 'open' else 'solved' end, '', '', '', '', false, i, '', i, \
        case when i % 10 = 0 then null else '00000000-0000-0000-0000-' || lpad((i % 40)::text, 12, '0') end, 0, 0, 1, i % 3 <> 0 \
    from generate_series(1, 6000) as i; \
    insert into case_word (number, words) select number, 'word' || number from case_row; analyze";

async fn fill(desk: &Desk) {
    let fill = if desk.engine == Engine::Sqlite { FILL_SQLITE } else { FILL_POSTGRES };
    desk.sabotage(fill).await.expect("read tables may be changed");
}

/// Another statement each, and the same answer.
async fn words_of_few_and_of_many_are_found_in_the_order_of_the_queue(desk: Desk) {
    fill(&desk).await;
    for sort in [QueueSort::Severity, QueueSort::Updated, QueueSort::Opened, QueueSort::Due] {
        for owner in [Owner::Anybody, Owner::Nobody] {
            let search = |text: &str| Queue {
                category: Category::Open,
                owner,
                severities: vec![],
                text: text.to_owned(),
                sort,
                cursor: String::new(),
                limit: 300,
            };
            let all = desk.store.queue(&search("")).await.expect("a page");
            let many = desk.store.queue(&search("word")).await.expect("a page");
            assert_eq!(many.cases, all.cases, "by {sort:?}");
            assert_eq!(many.next_cursor, all.next_cursor, "by {sort:?}");
            assert!(many.total <= all.total && many.total >= many.cases.len() as u64);
            let few = desk.store.queue(&search("word12")).await.expect("a page");
            assert_eq!(few.total, few.cases.len() as u64, "by {sort:?}");
            let begins = |case: &&CaseSummary| case.number.0.to_string().starts_with("12");
            let expect: Vec<&CaseSummary> = all.cases.iter().filter(begins).collect();
            let shown: Vec<&CaseSummary> = few.cases.iter().collect();
            assert!(shown.len() >= expect.len() && !shown.is_empty());
            let kept: Vec<&CaseSummary> =
                shown.into_iter().filter(|case| all.cases.contains(case)).collect();
            assert_eq!(kept, expect, "by {sort:?}");
        }
    }
}

async fn pages_are_read_off_an_index(desk: Desk) {
    fill(&desk).await;
    let plans = desk.store.explain_queue().await.expect("explained");
    assert!(plans.len() >= 18, "every statement of a page is explained");
    for (name, plan) in &plans {
        let scans = ["SCAN c ", "SCAN c\n", "Seq Scan on case_row", "Seq Scan on case_word"];
        let reads_everything = scans.iter().any(|scan| format!("{plan}\n").contains(scan));
        assert!(!reads_everything, "{name} reads every case:\n{plan}");
        let index = match name.as_str() {
            "all cases of any by severity" => &["case_row_in_severity"][..],
            "all cases of any by updated" => &["case_row_in_updated"],
            "all cases of any by opened" => &["case_row_in_opened"],
            "all cases of any by due" => &["case_row_in_due"],
            // with a tenth of the cases unowned, either is a good choice
            "all cases of nobody by severity" => &["case_row_of_owner", "case_row_in_severity"],
            "all cases of user by severity" => &["case_row_of_owner"],
            _ => continue,
        };
        let used = index.iter().any(|index| plan.contains(index));
        assert!(used, "{name} uses none of {index:?}:\n{plan}");
        let sorts = plan.contains("TEMP B-TREE") || plan.contains("Sort");
        assert!(!sorts, "{name} sorts what the index has in order:\n{plan}");
    }
    let found: Vec<&(String, String)> =
        plans.iter().filter(|(name, _)| !name.starts_with("all cases")).collect();
    for (name, plan) in found {
        let indexes = match name.split_once(' ') {
            // a few of one person, or that wait, are found by either
            Some(("few", of)) if of.starts_with("of user") || of.starts_with("of receiver") => {
                ["case_row_", "sqlite_autoindex_case_row_2"]
            }
            Some(("few", _)) => ["case_row_number_key", "sqlite_autoindex_case_row_2"],
            _ => ["case_word_pkey", "case_text VIRTUAL TABLE"],
        };
        let looked_up = indexes.iter().any(|index| plan.contains(index));
        assert!(looked_up, "{name} does not look up what is found:\n{plan}");
    }
}
