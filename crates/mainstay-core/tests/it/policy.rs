//! Who may do what, printed: a change of the golden file is a change of policy.

use mainstay_core::policy::{allowed, authorise};
use mainstay_core::{Action, Actor, Code, Role};

use crate::fixture::user_id;

#[test]
fn the_matrix_is_the_policy() {
    let mut text = format!("{:34}", "");
    for role in Role::ALL {
        text.push_str(&format!(" {role}"));
    }
    for action in Action::ALL {
        text.push_str(&format!("\n{:34}", action.as_str()));
        for role in Role::ALL {
            let mark = if allowed(role, action) { "yes" } else { "-" };
            text.push_str(&format!(" {mark:width$}", width = role.as_str().len()));
        }
    }
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    insta::assert_snapshot!("matrix", lines.join("\n"));
}

#[test]
fn a_refusal_names_the_role_and_the_action() {
    let actor = Actor { user: user_id(1), role: Role::Stakeholder };
    assert_eq!(authorise(&actor, Action::ReadCase), Ok(()));
    let refusal = authorise(&actor, Action::ResolveCase).expect_err("refused");
    assert_eq!(refusal.code, Code::Forbidden);
    assert_eq!(refusal.detail, "the role stakeholder may not resolve a case");
}

#[test]
fn roles_print_as_they_parse() {
    for role in Role::ALL {
        assert_eq!(role.to_string().parse(), Ok(role));
    }
    assert!("root".parse::<Role>().is_err());
}
