//! The browser tests open every address both ways; this keeps their list whole.

use std::{collections::BTreeSet, fs, path::Path};

/// Screens that stand on something made before: the journeys open them on their way.
const ON_THE_WAY: &[&str] = &[
    "/office/cases/{case}/sheet",
    "/office/cases/{case}",
    "/office/matters/{matter}",
    "/office/registrations/{registration}",
    "/office/registrations/{registration}/record",
    "/office/registrations/{registration}/slip",
    "/office/visits/{visit}",
    "/office/visits/{visit}/edit",
    "/office/visits/{visit}/registrations",
    "/office/visits/{visit}/walk-in",
    "/office/enrol/{link}",
    "/notices/{visit}",
    "/notices/{visit}/poster",
    "/matters/{matter}",
    "/mine/cases/{case}",
    "/register/{step}",
];

#[test]
fn the_browser_tests_know_every_route() {
    let list = Path::new(env!("CARGO_MANIFEST_DIR")).join("../end2end/routes.ts");
    let list = fs::read_to_string(list).unwrap();
    let listed = patterns_in(&list);
    let routed: BTreeSet<String> = server::http::screens()
        .iter()
        .filter(|path| !path.starts_with("/{county}/en"))
        .map(|path| path.trim_start_matches("/{county}").to_owned())
        .collect();
    let unknown: Vec<_> = routed
        .iter()
        .filter(|pattern| !ON_THE_WAY.contains(&pattern.as_str()))
        .filter(|pattern| !listed.iter().any(|route| matches(pattern, route)))
        .collect();
    assert_eq!(
        unknown,
        Vec::<&String>::new(),
        "missing in end2end/routes.ts"
    );
    let gone: Vec<_> = listed
        .iter()
        .filter(|route| !routed.iter().any(|pattern| matches(pattern, route)))
        .collect();
    assert_eq!(gone, Vec::<&String>::new(), "no such route any more");
}

#[test]
fn every_route_is_there_in_both_languages() {
    let (english, chinese): (Vec<_>, Vec<_>) = server::http::screens()
        .into_iter()
        .partition(|path| path == "/{county}/en" || path.starts_with("/{county}/en/"));
    let english: Vec<_> = english
        .iter()
        .map(|path| path.replacen("/en", "", 1))
        .collect();
    assert_eq!(english, chinese);
}

/// The strings of the `routes` array.
fn patterns_in(list: &str) -> BTreeSet<String> {
    let start = list.find("export const routes").expect("the list is there");
    let array = list[start..].split_once('[').expect("it is an array").1;
    let array = array.split_once(']').expect("which ends").0;
    array
        .split(['\'', '"'])
        .skip(1)
        .step_by(2)
        .map(str::to_owned)
        .collect()
}

/// `/notices/{id}` is known when some `/notices/anything` is listed.
fn matches(pattern: &str, route: &str) -> bool {
    let (pattern, route): (Vec<_>, Vec<_>) =
        (pattern.split('/').collect(), route.split('/').collect());
    pattern.len() == route.len()
        && pattern
            .iter()
            .zip(&route)
            .all(|(part, of)| part == of || part.starts_with('{'))
}
